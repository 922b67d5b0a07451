// The yardstick of the ingest bench: the same framework and the same body, parsed; the entries as they came, in one
// table; every request that waits committed together, on the disk before any is answered. None of Parvis's rules.
//
//   node --import tsx bench/ingest/bare-server.ts PORT DATABASE
import Database from 'better-sqlite3';
import Fastify from 'fastify';

interface Push {
  readonly batchId: string;
  readonly entries: readonly {
    readonly responseId: string;
    readonly sequence: number;
    readonly response: unknown;
  }[];
}

const ENTRIES_PER_COMMIT = 2_000;

const [port, path] = process.argv.slice(2);
const database = new Database(path);
for (const pragma of ['journal_mode = wal', 'synchronous = full', 'cache_size = -65536'])
  database.pragma(pragma);
database.exec(
  'create table entries (response_id text not null primary key, sequence integer not null, response text not null) strict, without rowid',
);
const insert = database.prepare('insert into entries (response_id, sequence, response) values (?, ?, ?)');

let waiting: { readonly push: Push; readonly committed: () => void }[] = [];

const commitGroup = database.transaction((pushes: readonly Push[]) => {
  for (const { entries } of pushes)
    for (const { responseId, sequence, response } of entries)
      insert.run(responseId, sequence, JSON.stringify(response));
});

function commitWaiting(): void {
  let entries = 0;
  const cut = waiting.findIndex(({ push }) => (entries += push.entries.length) > ENTRIES_PER_COMMIT);
  const group = cut > 0 ? waiting.slice(0, cut) : waiting;
  waiting = waiting.slice(group.length);
  commitGroup(group.map(({ push }) => push));
  for (const { committed } of group) committed();
  if (waiting.length > 0) setImmediate(commitWaiting);
}

const app = Fastify();
app.get('/health/ready', () => ({ status: 'ready' }));
app.post<{ Body: Push }>('/api/v1/push', async ({ body: push }, reply) => {
  await new Promise<void>((committed) => {
    waiting.push({ push, committed });
    if (waiting.length === 1) setImmediate(commitWaiting);
  });
  return reply.code(201).send({
    batchId: push.batchId,
    verdicts: push.entries.map(({ responseId }) => ({ responseId, verdict: 'accepted' })),
  });
});
process.once('SIGTERM', () => void app.close().then(() => database.close()));
await app.listen({ port: Number(port), host: '127.0.0.1' });
