import type { Tab } from './device.ts';

/** A transaction as the engine describes it; `durability` is null where it does not tell. */
export interface SeenTransaction {
  readonly database: string;
  readonly mode: string;
  readonly durability: string | null;
}

/** Notes every transaction that the page opens from now on; gives the way to read the notes. */
export async function noteTransactions(tab: Tab): Promise<() => Promise<readonly SeenTransaction[]>> {
  await tab.run(() => {
    const seen: SeenTransaction[] = [];
    (window as unknown as { seenTransactions: SeenTransaction[] }).seenTransactions = seen;
    const open = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...words) {
      const transaction = open.apply(this, words);
      const { mode, durability }: { mode: string; durability?: string } = transaction;
      seen.push({ database: this.name, mode, durability: durability ?? null });
      return transaction;
    };
  });
  return () => tab.run(() => (window as unknown as { seenTransactions: SeenTransaction[] }).seenTransactions);
}

/** Keeps a text, as it is, in a database of the kiosk's origin; comes back once it is stored. Tells the transaction's durability. */
export function storePlainly(tab: Tab, text: string): Promise<string | null> {
  return tab.run(
    (kept) =>
      new Promise<string | null>((resolve, reject) => {
        const opening = indexedDB.open('control', 1);
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('things'));
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction('things', 'readwrite');
          transaction.objectStore('things').put({ kept }, 1);
          const { durability }: Partial<IDBTransaction> = transaction;
          transaction.addEventListener('complete', () => {
            opening.result.close();
            resolve(durability ?? null);
          });
        });
      }),
    text,
  );
}
