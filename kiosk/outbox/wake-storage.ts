// Imported before all else: the browser opens its store of databases, which takes a while and another process, as the rest of the script begins.
void indexedDB.databases?.().catch(() => undefined);
