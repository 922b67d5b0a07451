import type { Kysely, Transaction } from 'kysely';
import type { StoreId } from '../../domain/ids.ts';
import type { Tables } from './tables.ts';

/**
 * An open database, whatever its engine. Each capability writes its own queries over `db`, on its own tables.
 *
 * A transaction of `db` is alone: no other transaction, of this process or of another, writes while it runs. What it has read is therefore
 * still so when it writes.
 */
export interface Store {
  readonly db: Kysely<Tables>;
  /** This life of the database; a restored one has another. */
  readonly storeId: StoreId;
  /** The database's file; null where the engine keeps it in its own way, and its own tools copy it. */
  readonly file: string | null;
  /** Salt for hashing typed enrolment codes, made with the store. */
  readonly codeSalt: Uint8Array;
  /**
   * A transaction for what arrives all the time: beside others of its kind, of other processes, and apart from every transaction of `db`.
   * Its work must lock what it changes before it reads it, and always in one order.
   */
  gather<Outcome>(work: (trx: Transaction<Tables>) => Promise<Outcome>): Promise<Outcome>;
  /** Reads everything as of one moment, while writers go on; writes nothing. */
  snapshot<Outcome>(work: (db: Kysely<Tables>) => Promise<Outcome>): Promise<Outcome>;
  /** Runs timed work unless another process, or this one, is at the same job. False when it was left to the other. */
  runAlone(job: string, work: () => Promise<void>): Promise<boolean>;
  /** Throws when the database cannot be written to. */
  checkHealth(): Promise<void>;
  close(): Promise<void>;
}

/** What of one organisation may be seen. */
export interface Reach {
  readonly organisationId: string;
  /** Null: every service, those to come included. */
  readonly serviceIds: readonly string[] | null;
  /** Without it, telephone numbers and addresses in what visitors wrote are masked. */
  readonly seesContactDetails: boolean;
}

/**
 * Whose rows a request may see or change: every query of the reading side takes one. It holds what the permission of the route lets
 * the person do, so that a role is never asked for anywhere else. An organisation is in it once at most.
 */
export interface Scope {
  readonly reaches: readonly Reach[];
}
