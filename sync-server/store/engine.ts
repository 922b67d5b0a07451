import { type Kysely, PostgresAdapter } from 'kysely';
import type { Tables } from './tables.ts';

/** What a store can be kept in. Each has a folder of migrations of its name. */
export type Engine = 'sqlite' | 'postgres';

/** Which engine a query will run on, for the few texts in which the dialects differ. */
export function engineOf(db: Kysely<Tables>): Engine {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}
