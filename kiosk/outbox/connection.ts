import { type Result, err, ok } from '../../domain/result.ts';
import type { Clock } from '../ports.ts';
import { NotDurableError } from './database.ts';
import type { EntryStore } from './entry-store.ts';
import type { StorageFailure } from './outbox.ts';
import { watch } from './watchdog.ts';

/** How long one operation may take, reopening included, before storage counts as out of order: it is said within five seconds of the touch. */
export const STORAGE_LIMIT_MS = 4_500;

/** The way to the database: every use of it ends, in time, with a value or a failure. */
export interface Connection {
  run<Value>(task: (db: EntryStore) => Promise<Value>): Promise<Result<Value, StorageFailure>>;
  close(): void;
}

/**
 * Keeps a connection, and opens it anew after a failure: immediate retries do not help with a lost one, reopening does. A task is run
 * once more on the new connection, so it must come to the same when it is done twice; what fails then is the caller's to tell.
 */
export function createConnection(open: () => EntryStore, clock: Clock): Connection {
  let db = open();
  let isSuspect = false;

  function reopen(): void {
    db.close();
    db = open();
    isSuspect = false;
  }

  async function attempt<Value>(
    task: (db: EntryStore) => Promise<Value>,
    isTimeUp: () => boolean,
  ): Promise<Value> {
    if (isSuspect) reopen();
    const used = db;
    try {
      return await task(used);
    } catch (cause) {
      // Nothing may be written any more once the caller has been told that it failed.
      if (cause instanceof NotDurableError || isTimeUp()) throw cause;
      if (db === used) reopen();
      return task(db);
    }
  }

  return {
    async run(task) {
      let isTimeUp = false;
      const watched = await watch(
        clock,
        STORAGE_LIMIT_MS,
        attempt(task, () => isTimeUp),
      );
      if (watched.kind === 'done') return ok(watched.value);
      isTimeUp = true;
      isSuspect = true;
      return err(watched.kind === 'hung' ? { kind: 'hung' } : failureOf(watched.cause));
    },
    close: () => db.close(),
  };
}

function failureOf(cause: unknown): StorageFailure {
  if (cause instanceof NotDurableError) return { kind: 'notDurable' };
  const name = nameOf(cause);
  return name === 'QuotaExceededError' ? { kind: 'full' } : { kind: 'broken', name };
}

/** Dexie wraps what the engine threw; the innermost name tells most. */
function nameOf(cause: unknown): string {
  const { name, inner }: { readonly name?: unknown; readonly inner?: unknown } = Object(cause);
  return inner === undefined || inner === null ? String(name) : nameOf(inner);
}
