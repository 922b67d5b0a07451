import { Dexie, type Table } from 'dexie';
import type { ResponseId } from '../../domain/ids.ts';
import type { EntryStore, Setting, Settings } from './entry-store.ts';
import type { EntryState, OutboxEntry } from './outbox.ts';

/** The number is part of the name: a database that can no longer be opened is replaced by one of another name. */
export const DATABASE_NAME = 'parvis-outbox-1';

/** Where IndexedDB comes from; tests bring their own. */
export interface IndexedDbSource {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
}

export class NotDurableError extends Error {
  override readonly name = 'NotDurableError';
}

/** The only Dexie database of the kiosk. Its schema is frozen: new needs get a new store, waiting rows are never rewritten by an upgrade. */
export class OutboxDatabase extends Dexie implements EntryStore {
  declare readonly entries: Table<OutboxEntry, ResponseId>;
  declare readonly settings: Table<Setting, keyof Settings>;

  constructor(source: IndexedDbSource, name = DATABASE_NAME) {
    // The default of browsers and of Dexie reports success before the disk has the data, and loses up to thirty seconds in a power cut.
    super(name, { ...source, chromeTransactionDurability: 'strict' });
    this.version(1).stores({ entries: 'responseId, [state+sequence]', settings: 'key' });
  }

  /** Runs a task in one transaction; resolves after the commit. Nothing else than this database may be awaited inside. */
  write<Value>(task: () => PromiseLike<Value>): Promise<Value> {
    return inNativePromise(
      this.transaction('rw', this.entries, this.settings, (transaction) => {
        assertStrict(transaction.idbtrans);
        return task();
      }),
    );
  }

  /**
   * Runs a task in one strict transaction of the engine's own, for what a finger waits for: everything is asked for at once, in one
   * round trip instead of one for each promise. Resolves after the commit; `commit` asks for it as soon as nothing more will be asked for.
   *
   * @param ask may put later requests into the handlers of earlier ones only
   */
  async atOnce(
    stores: readonly ('entries' | 'settings')[],
    ask: (transaction: IDBTransaction, commit: () => void) => void,
  ): Promise<void> {
    if (!this.isOpen()) await this.open();
    const transaction = this.backendDB().transaction(stores, 'readwrite', { durability: 'strict' });
    assertStrict(transaction);
    return new Promise((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () =>
        reject(transaction.error ?? new DOMException('', 'AbortError')),
      );
      ask(transaction, () => {
        // Without it, as on older tablets, a transaction commits by itself a moment later.
        if ('commit' in transaction) transaction.commit();
      });
    });
  }

  read<Value>(task: () => PromiseLike<Value>): Promise<Value> {
    return inNativePromise(this.transaction('r', this.entries, this.settings, task));
  }

  async setting<Key extends keyof Settings>(key: Key): Promise<Settings[Key] | null> {
    const setting = await this.settings.get(key);
    return (setting?.value as Settings[Key] | undefined) ?? null;
  }

  /** The entries in one state, oldest sequence first. */
  inState(state: EntryState, throughSequence = Number.MAX_SAFE_INTEGER) {
    return this.entries.where('[state+sequence]').between([state, 0], [state, throughSequence], true, true);
  }
}

/** Says so where the engine tells that it will not flush; engines that do not tell are taken at their word. */
function assertStrict(transaction: IDBTransaction): void {
  const { durability }: Partial<IDBTransaction> = transaction;
  if (durability !== undefined && durability !== 'strict')
    throw new NotDurableError(`A transaction is ${durability}, not strict.`);
}

/** Leaves Dexie's promises, whose zones follow a transaction, inside the outbox. */
function inNativePromise<Value>(task: PromiseLike<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    task.then(resolve, reject);
  });
}
