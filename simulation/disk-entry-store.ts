import type { ResponseId } from '../domain/ids.ts';
import type {
  GuardedStore,
  Selection,
  Setting,
  Settings,
  TouchRequest,
  TouchTransaction,
} from '../kiosk/outbox/entry-store.ts';
import type { EntryState, OutboxEntry } from '../kiosk/outbox/outbox.ts';
import { type Disk, DiskError, type Image } from './disk.ts';

/** What a transaction that writes has in hand. */
interface Work extends Image {
  readonly entries: Map<ResponseId, OutboxEntry>;
  readonly settings: Map<string, Setting>;
}

/** One page's connection to its tablet's disk. */
export interface DiskConnection extends GuardedStore {
  /** The engine's process has died: nothing works any more until the database is opened anew. */
  lose(): void;
}

/**
 * The database of the outbox over a {@link Disk}. It keeps the contract that IndexedDB keeps: one transaction at a time, all or nothing, resolved after
 * the commit. `outbox-contract.ts` is run over both.
 *
 * @param isGone the page is gone: nothing it began ever comes to an end for it
 */
export function openDiskEntryStore(disk: Disk, isGone: () => boolean = () => false): DiskConnection {
  let isClosed = false;
  let isLost = false;
  /** What the transaction under way sees; one that only reads has no copy of its own. */
  let seen: Image | null = null;
  let work: Work | null = null;

  function inHand(): Image {
    if (seen === null) throw new DiskError('TransactionInactiveError');
    return seen;
  }

  function toChange(): Work {
    if (work === null) throw new DiskError(seen === null ? 'TransactionInactiveError' : 'ReadOnlyError');
    return work;
  }

  async function begin(): Promise<void> {
    if (isLost || disk.isDestroyed) throw new DiskError('UnknownError');
    if (isClosed) throw new DiskError('InvalidStateError');
    await disk.lock();
    // A page that is gone goes on with nothing.
    if (isGone()) {
      disk.unlock();
      await new Promise<never>(() => undefined);
    }
    seen = disk.image;
  }

  function end(): void {
    seen = null;
    work = null;
  }

  async function write<Value>(task: () => PromiseLike<Value>): Promise<Value> {
    await begin();
    let value: Value;
    const done = { entries: new Map(disk.image.entries), settings: new Map(disk.image.settings) };
    seen = done;
    work = done;
    try {
      value = await task();
    } catch (cause) {
      end();
      disk.unlock();
      throw cause;
    }
    end();
    await disk.commit(done, isGone);
    return value;
  }

  async function read<Value>(task: () => PromiseLike<Value>): Promise<Value> {
    await begin();
    try {
      return await task();
    } finally {
      end();
      disk.unlock();
    }
  }

  async function atOnce(
    _stores: readonly string[],
    ask: (transaction: TouchTransaction, commit: () => void) => void,
  ): Promise<void> {
    await write(async () => serve(toChange(), ask));
  }

  return {
    entries: {
      toArray: async () => [...inHand().entries.values()],
      get: async (id) => inHand().entries.get(id),
      toCollection: () => ({ primaryKeys: async () => [...inHand().entries.keys()] }),
      bulkGet: async (ids) => ids.map((id) => inHand().entries.get(id)),
      bulkPut: async (rows) => {
        for (const row of rows) toChange().entries.set(row.responseId, row);
      },
      bulkDelete: async (ids) => {
        for (const id of ids) toChange().entries.delete(id);
      },
    },
    settings: {
      put: async (setting) => toChange().settings.set(setting.key, setting),
      bulkPut: async (settings) => {
        for (const setting of settings) toChange().settings.set(setting.key, setting);
      },
      delete: async (key) => toChange().settings.delete(key),
    },
    write,
    read,
    atOnce,
    async setting<Key extends keyof Settings>(key: Key): Promise<Settings[Key] | null> {
      return (inHand().settings.get(key)?.value as Settings[Key] | undefined) ?? null;
    },
    inState: (state, throughSequence = Number.MAX_SAFE_INTEGER) =>
      select(
        { seen: () => inHand().entries, toChange: () => toChange().entries },
        entriesIn(state, throughSequence),
      ),
    async delete() {
      if (disk.isDestroyed) throw new DiskError('UnknownError');
      disk.wipe();
    },
    close() {
      isClosed = true;
    },
    lose() {
      isLost = true;
    },
  };
}

type Chosen = (entries: ReadonlyMap<ResponseId, OutboxEntry>) => readonly OutboxEntry[];

function entriesIn(state: EntryState, throughSequence: number): Chosen {
  return (entries) =>
    [...entries.values()]
      .filter((entry) => entry.state === state && entry.sequence <= throughSequence)
      .toSorted((a, b) => a.sequence - b.sequence || (a.responseId < b.responseId ? -1 : 1));
}

interface Rows {
  readonly seen: () => ReadonlyMap<ResponseId, OutboxEntry>;
  readonly toChange: () => Map<ResponseId, OutboxEntry>;
}

function select(rows: Rows, chosen: Chosen): Selection {
  const now = () => chosen(rows.seen());
  return {
    filter: (isMeant) => select(rows, (all) => chosen(all).filter(isMeant)),
    limit: (count) => select(rows, (all) => chosen(all).slice(0, count)),
    count: async () => now().length,
    first: async () => now()[0],
    toArray: async () => [...now()],
    primaryKeys: async () => now().map((entry) => entry.responseId),
    async modify(change) {
      const changed = now();
      for (const entry of changed) rows.toChange().set(entry.responseId, { ...entry, ...change });
      return changed.length;
    },
    async delete() {
      const deleted = now();
      for (const entry of deleted) rows.toChange().delete(entry.responseId);
      return deleted.length;
    },
  };
}

/** Serves requests in their order; what a handler asks for comes after what was asked before. */
function serve(work: Work, ask: (transaction: TouchTransaction, commit: () => void) => void): void {
  const queue: (() => void)[] = [];
  ask(
    {
      objectStore: (name) => ({
        get(key) {
          const listeners: (() => void)[] = [];
          const request: TouchRequest & { result: unknown } = {
            result: undefined,
            addEventListener: (_type, listener) => void listeners.push(listener),
          };
          queue.push(() => {
            request.result =
              name === 'entries' ? work.entries.get(key as ResponseId) : work.settings.get(key);
            for (const listener of listeners) listener();
          });
          return request;
        },
        put(row) {
          queue.push(() => {
            if ('responseId' in row) work.entries.set(row.responseId, row);
            else work.settings.set(row.key, row);
          });
        },
      }),
    },
    () => undefined,
  );
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) next();
}
