import Database from 'better-sqlite3';
import { PlainFault } from '../plain-fault.ts';

/** A hold on a database; the system lets it go with the process that has it, however that ends. */
export interface DatabaseHold {
  release(): void;
}

/**
 * Says for as long as it is held that the database is in use. Any number of processes may say so at once. The lock is that of an empty SQLite file
 * beside the database: it holds where the database itself is too damaged to be locked.
 */
export function holdDatabase(path: string): DatabaseHold {
  return hold(path, 5_000, ['begin', 'select * from sqlite_schema']);
}

/**
 * Has the database to itself.
 *
 * @throws PlainFault when somebody uses it
 */
export function claimDatabase(path: string): DatabaseHold {
  try {
    return hold(path, 0, ['begin exclusive']);
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY')
      throw new PlainFault(`${path} is in use: stop the server and its commands first.`);
    throw error;
  }
}

function hold(path: string, timeout: number, statements: readonly string[]): DatabaseHold {
  const lock = new Database(`${path}.lock`, { timeout });
  try {
    for (const statement of statements) {
      const prepared = lock.prepare(statement);
      if (prepared.reader) prepared.all();
      else prepared.run();
    }
  } catch (error) {
    lock.close();
    throw error;
  }
  return { release: () => void lock.close() };
}
