import type { Result } from '../../domain/result.ts';

/**
 * One answer on the tablet. This shape is frozen: no upgrade ever touches a waiting row, so `body` is opaque and whatever is new goes
 * into a new store. Who moves a row:
 * - `open`: the visit under way; made by `record`, changed by `amend`;
 * - `pending`: may be sent; by `settle`, or by `settleAbandoned` when the page that held the visit is gone;
 * - `retained`: acknowledged, kept until a backup of the server holds it; by `acknowledge`, back to pending by `offerAgain`;
 * - gone: by `release` only.
 */
export interface OutboxRow {
  readonly responseId: string;
  readonly sequence: number;
  /** UTC instant on the tablet's clock. */
  readonly createdAt: string;
  readonly payloadVersion: number;
  /** JSON text of the wire's `response`, any words in it sealed. */
  readonly body: string;
  readonly state: 'open' | 'pending' | 'retained';
}

/** Why storage could not do what it was asked; `name` is the browser's own word for it, never a visitor's. */
export type StorageFailure =
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'refused'; readonly name: string }
  /** The engine would not promise to flush: an answer could be lost with the power. */
  | { readonly kind: 'notDurable' };

export type Stored<Value> = Promise<Result<Value, StorageFailure>>;

export interface OutboxCounts {
  readonly pending: number;
  readonly retained: number;
  /** When the oldest waiting answer was given. */
  readonly oldestPendingAt: string | null;
}

/** How long acknowledged answers are kept at most, should the server never make a backup; then the oldest go first. */
export const RETAINED_LIMIT = 5_000;
export const RETAINED_DAYS = 60;

/**
 * The tablet's durable memory: the answers, and the few things it must know to start cold. Every call resolves only once its transaction
 * has been committed with strict durability, or tells why it was not; none ever hangs.
 */
export interface Outbox {
  /** Makes the visit's row, giving it the next sequence, together with a setting that must move with it. */
  record(
    row: Pick<OutboxRow, 'responseId' | 'createdAt' | 'payloadVersion' | 'body'>,
    setting: Setting | null,
  ): Stored<void>;
  /** Replaces the body of a visit under way. False when it is no longer open: it stays as it was settled. */
  amend(responseId: string, body: string): Stored<boolean>;
  /** The same, for the last time: the row may be sent from now on. */
  settle(responseId: string, body: string): Stored<boolean>;
  /** Lets go of the visits that no living page is holding. */
  settleAbandoned(isAbandoned: (row: OutboxRow) => boolean): Stored<number>;
  /** The oldest waiting rows, by sequence, leaving out those named. */
  peek(limit: number, except: ReadonlySet<string>): Stored<readonly OutboxRow[]>;
  /** Marks these rows as kept by the server. */
  acknowledge(responseIds: readonly string[]): Stored<void>;
  /** Deletes retained rows that a backup holds, and those past the limits. */
  release(safeThrough: number, nowMs: number): Stored<void>;
  /** Makes every retained row wait again: the server may have lost it. */
  offerAgain(): Stored<number>;
  counts(): Stored<OutboxCounts>;
  readSettings(): Stored<ReadonlyMap<string, unknown>>;
  writeSettings(settings: readonly Setting[]): Stored<void>;
  /** Writes, reads back and deletes: whether storage works at all. */
  probe(): Stored<void>;
}

export interface Setting {
  readonly key: string;
  readonly value: unknown;
}
