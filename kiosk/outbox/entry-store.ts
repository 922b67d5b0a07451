import type { BootId, EnrolmentId, ResponseId } from '../../domain/ids.ts';
import type { AskedToday, Enrolment, EntryState, HeldAssignment, KnownStore, OutboxEntry } from './outbox.ts';

/** What is remembered beside the entries, by key. */
export interface Settings {
  readonly enrolment: Enrolment;
  readonly store: KnownStore;
  readonly assignment: HeldAssignment;
  readonly counters: Counters;
  readonly aged: Aged;
  readonly probe: number;
}

/** Up to which sequence everything had been given at an instant of the server's clock, by which the age of what is retained is told. */
export interface Aged {
  readonly through: number;
  readonly sinceMs: number;
}

/** Changes with each new answer, so that one write keeps it all. */
export interface Counters {
  readonly enrolmentId: EnrolmentId | null;
  readonly lastSequence: number;
  readonly asked: AskedToday | null;
  /** Whose open entry is whose. A page has at most one visit. */
  readonly openBy: Readonly<Record<BootId, ResponseId>>;
}

export const NO_COUNTERS: Counters = { enrolmentId: null, lastSequence: 0, asked: null, openBy: {} };

export type Setting = {
  [Key in keyof Settings]: { readonly key: Key; readonly value: Settings[Key] };
}[keyof Settings];

/**
 * What the outbox asks of the database under it, and all it asks: rows, a few settings, transactions that resolve after the commit. IndexedDB
 * is the one that ships (`database.ts`); the outbox's rules run over any other that keeps the same contract.
 */
export interface EntryStore {
  readonly entries: EntryRows;
  readonly settings: SettingRows;
  /** Runs a task in one strict transaction; resolves after the commit. Nothing else than this store may be awaited inside. */
  write<Value>(task: () => PromiseLike<Value>): Promise<Value>;
  read<Value>(task: () => PromiseLike<Value>): Promise<Value>;
  /**
   * Runs a task in one strict transaction in which everything is asked for at once. Resolves after the commit; `commit` asks for it as soon
   * as nothing more will be asked for.
   *
   * @param ask may put later requests into the handlers of earlier ones only
   */
  atOnce(
    stores: readonly ('entries' | 'settings')[],
    ask: (transaction: TouchTransaction, commit: () => void) => void,
  ): Promise<void>;
  /** null where it was never kept. */
  setting<Key extends keyof Settings>(key: Key): Promise<Settings[Key] | null>;
  /** The entries in one state, oldest sequence first. */
  inState(state: EntryState, throughSequence?: number): Selection;
  close(): void;
}

/** What those who look after a database that may be damaged ask of it besides. */
export interface GuardedStore extends EntryStore {
  readonly entries: GuardedRows;
  /** Removes the whole database. */
  delete(): PromiseLike<unknown>;
}

interface GuardedRows extends EntryRows {
  get(id: ResponseId): PromiseLike<OutboxEntry | undefined>;
  toCollection(): Pick<Selection, 'primaryKeys'>;
}

interface EntryRows {
  toArray(): PromiseLike<OutboxEntry[]>;
  bulkGet(ids: ResponseId[]): PromiseLike<(OutboxEntry | undefined)[]>;
  bulkPut(entries: readonly OutboxEntry[]): PromiseLike<unknown>;
  bulkDelete(ids: ResponseId[]): PromiseLike<unknown>;
}

interface SettingRows {
  put(setting: Setting): PromiseLike<unknown>;
  bulkPut(settings: readonly Setting[]): PromiseLike<unknown>;
  delete(key: keyof Settings): PromiseLike<unknown>;
}

/** Some of the entries. */
export interface Selection {
  filter(isMeant: (entry: OutboxEntry) => boolean): Selection;
  limit(count: number): Selection;
  count(): PromiseLike<number>;
  first(): PromiseLike<OutboxEntry | undefined>;
  toArray(): PromiseLike<OutboxEntry[]>;
  primaryKeys(): PromiseLike<ResponseId[]>;
  modify(change: Pick<OutboxEntry, 'state'>): PromiseLike<number>;
  delete(): PromiseLike<number>;
}

/** A transaction of the engine's own, as far as a touch needs it. */
export interface TouchTransaction {
  objectStore(name: 'entries' | 'settings'): TouchStore;
}

interface TouchStore {
  get(key: string): TouchRequest;
  put(row: OutboxEntry | Setting): unknown;
}

export interface TouchRequest<Row = unknown> {
  readonly result: Row;
  addEventListener(type: 'success', listener: () => void): void;
}
