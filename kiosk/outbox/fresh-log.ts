const NAME = 'parvis-fresh-log';

/**
 * Has the browser go on in a new log of its database; removing a database, an empty one, makes Chromium do so.
 *
 * LevelDB goes on in the log that a power cut has ended. Where the cut has left zeros at its end, as ext4 does, whatever is added after them is
 * passed over at the next start, or takes the whole database with it (google/leveldb 1287 and 203).
 */
export function beginFreshLog(): void {
  const opened = indexedDB.open(NAME);
  opened.addEventListener('success', () => {
    opened.result.close();
    indexedDB.deleteDatabase(NAME);
  });
}
