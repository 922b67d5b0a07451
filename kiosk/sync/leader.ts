const LOCK = 'parvis-sync';

/**
 * Runs `lead` in one tab at a time. Leadership is the lock being held: it lasts until the page goes, and then the next tab has it. Where
 * the browser has no locks every tab leads; the server counts nothing twice, so that is a matter of politeness.
 */
export function whileLeading(lead: () => void): void {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (locks === undefined) {
    lead();
    return;
  }
  void locks.request(LOCK, () => {
    lead();
    return new Promise<never>(() => undefined);
  });
}
