import type { Page } from 'playwright-core';

/** How IndexedDB can fail under a kiosk. */
export type StorageFault = 'throws' | 'hangs';

/*
 * Runs in the page. A write that hangs keeps its transaction open, as Chromium does on a full disk: neither complete nor abort ever comes.
 */
function breakWrites(fault: StorageFault): void {
  const kept = window as unknown as { mendWrites?: () => void };
  const { put, add } = IDBObjectStore.prototype;
  const { commit } = IDBTransaction.prototype;
  let isBroken = true;
  const broken = function (this: IDBObjectStore): IDBRequest {
    if (fault === 'throws')
      throw new DOMException('Encountered disk full while committing', 'QuotaExceededError');
    const keepOpen = () => {
      const request = this.get('kept open');
      request.addEventListener('success', () => {
        if (isBroken) keepOpen();
        else this.transaction.abort();
      });
    };
    keepOpen();
    return {} as IDBRequest;
  };
  IDBObjectStore.prototype.put = broken as typeof put;
  IDBObjectStore.prototype.add = broken as typeof add;
  IDBTransaction.prototype.commit = () => undefined;
  kept.mendWrites = () => {
    isBroken = false;
    IDBObjectStore.prototype.put = put;
    IDBObjectStore.prototype.add = add;
    IDBTransaction.prototype.commit = commit;
  };
}

/** Makes every write of the page fail from now on. */
export async function breakStorage(page: Page, fault: StorageFault): Promise<void> {
  await page.evaluate(breakWrites, fault);
}

/** Makes writes work again. */
export async function mendStorage(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as { mendWrites?: () => void }).mendWrites?.());
}
