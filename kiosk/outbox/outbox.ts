import type { BootId, EnrolmentId, ResponseId, StoreId } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import type { AskedCounts } from '../../domain/rotation.ts';
import type { Assignment } from '../../protocol/assignment.ts';

/** How much is kept after the server has acknowledged it and before a backup holds it; beyond, the oldest go first. */
export const MAX_RETAINED_ENTRIES = 5_000;
export const MAX_RETAINED_DAYS = 60;
/** What an entry comes to at most, with 500 characters sealed in it: so that the count bounds the room too. */
export const MAX_ENTRY_BYTES = 6_000;

/**
 * - `open`: the visit it belongs to still goes on; never sent.
 * - `pending`: waits to be sent.
 * - `retained`: acknowledged, kept until a backup of the server holds it.
 */
export type EntryState = 'open' | 'pending' | 'retained';

/**
 * One answer as it lies on the tablet. The shape is frozen: no later version changes waiting rows, it may only add stores
 * beside them. `body` is the JSON text of the wire's `response`; nobody here looks into it.
 */
export interface OutboxEntry {
  readonly responseId: ResponseId;
  /** Counts the answers of this enrolment from 1; given when the entry is recorded, never reused. */
  readonly sequence: number;
  /** UTC instant on the tablet's clock. */
  readonly createdAt: string;
  readonly payloadVersion: number;
  readonly body: string;
  readonly state: EntryState;
}

/** The tablet's place with the server. */
export interface Enrolment {
  readonly enrolmentId: EnrolmentId;
  /** Bearer of push and assignment; it may append and read its own assignment, nothing else. */
  readonly token: string;
}

/** Which life of the server's database was last spoken to, and how far it said it had everything. */
export interface KnownStore {
  readonly storeId: StoreId;
  readonly highWaterMark: number;
}

export interface HeldAssignment {
  readonly tag: string;
  readonly assignment: Assignment;
}

/** How often each item was asked on one local day. */
export interface AskedToday {
  /** YYYY-MM-DD in the site's time zone. */
  readonly day: string;
  readonly counts: AskedCounts;
}

/** Everything the tablet knows when it wakes up. */
export interface OutboxMemory {
  readonly enrolment: Enrolment | null;
  readonly assignment: HeldAssignment | null;
  readonly store: KnownStore | null;
  readonly asked: AskedToday | null;
}

export interface OutboxStatus {
  readonly waiting: number;
  readonly oldestAt: string | null;
  readonly retained: number;
}

/** Why storage could not do what was asked. Nothing can be said to be kept after any of these. */
export type StorageFailure =
  /** No answer within the watchdog's time; on a full disk a transaction may hang for ever. */
  | { readonly kind: 'hung' }
  | { readonly kind: 'full' }
  /** The engine does not flush before it reports success. */
  | { readonly kind: 'notDurable' }
  /** The name of the engine's own error, without its text. */
  | { readonly kind: 'broken'; readonly name: string };

type Stored<Value = void> = Promise<Result<Value, StorageFailure>>;

/**
 * The durable queue of answers and the tablet's few settings. Every promise resolves after the transaction has been committed with `strict`
 * durability, or with the failure; none rejects and none stays open longer than the watchdog's time.
 */
export interface Outbox {
  /** What is known of enrolment, assignment and counts; opens the database. */
  recall(): Stored<OutboxMemory>;
  /**
   * Keeps a new answer as `open`, gives it its sequence and remembers what was asked today, in one transaction. Done twice
   * with the same id, it amends.
   */
  enqueue(entry: NewEntry, asked: AskedToday): Stored<OutboxEntry>;
  /**
   * Writes the answer again, still `open`. The visitor's latest word wins whatever has become of the entry: were it settled, sent or released
   * meanwhile (another page took its visit for dead), it is opened again under the same id. It is counted once even so: a server that has
   * the first half already quarantines the fuller one, whole, for staff to see.
   */
  amend(entry: OutboxEntry, body: string): Stored<OutboxEntry>;
  /** Writes the answer for the last time and lets it be sent. */
  settle(entry: OutboxEntry, body: string): Stored<OutboxEntry>;
  /** Lets the open entries be sent whose visit cannot go on: their page is gone, or their visit was broken off. */
  settleAbandoned(isAlive: (owner: OpenEntryOwner) => boolean): Stored<number>;
  /** The oldest waiting entries by sequence, leaving out the ones set aside. */
  peek(limit: number, setAside: ReadonlySet<ResponseId>): Stored<readonly OutboxEntry[]>;
  /**
   * Lets go of the entries a verdict has named: they are retained. An entry that is no longer, byte for byte, what was sent
   * stays as it is.
   */
  acknowledge(sent: readonly OutboxEntry[]): Stored;
  /**
   * Deletes what is retained up to this sequence, and what the bounds on retained entries no longer cover.
   *
   * @param atMs the server's clock: the tablet's own may jump by years, and would then take yesterday's answers for old ones
   */
  releaseSafe(safeThrough: number, atMs: number): Stored;
  /** Makes every retained entry wait again: the server may have lost it. Returns how many. */
  reoffer(): Stored<number>;
  status(): Stored<OutboxStatus>;
  /** All that is held, whatever its state, in no order. */
  everything(): Stored<readonly OutboxEntry[]>;
  keepStore(store: KnownStore): Stored;
  keepAssignment(held: HeldAssignment): Stored;
  /**
   * Starts an enrolment. What is still on the tablet is offered to it again under new sequences, counted from 1: with the
   * old ones the server would wait for numbers that never come.
   */
  enrol(enrolment: Enrolment, store: KnownStore): Stored;
  /** Writes, reads back and deletes: says whether anything can be kept now. */
  probe(): Stored;
}

export interface NewEntry {
  readonly responseId: ResponseId;
  readonly createdAt: string;
  readonly body: string;
  readonly bootId: BootId;
  /** A visit of one single question is over with its first touch. */
  readonly state: Extract<EntryState, 'open' | 'pending'>;
}

export interface OpenEntryOwner {
  /** null where nobody remembers. */
  readonly bootId: BootId | null;
  readonly createdAt: string;
}
