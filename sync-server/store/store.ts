import type { Kysely } from 'kysely';
import type { StoreId } from '../../domain/ids.ts';
import type { Tables } from './tables.ts';

/** An open database, whatever its engine. Each capability writes its own queries over `db`, on its own tables. */
export interface Store {
  readonly db: Kysely<Tables>;
  /** This life of the database; a restored one has another. */
  readonly storeId: StoreId;
  /** The database's file; null where the engine keeps it in its own way, and its own tools copy it. */
  readonly file: string | null;
  /** Salt for hashing typed enrolment codes, made with the store. */
  readonly codeSalt: Uint8Array;
  /** Throws when the database cannot be written to. */
  checkHealth(): Promise<void>;
  close(): Promise<void>;
}

/** Whose figures a request may see: every query of the reading side takes one. Roles will narrow it. */
export interface Scope {
  readonly organisationIds: readonly string[];
}
