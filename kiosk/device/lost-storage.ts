import type { KioskView } from '../kiosk.ts';
import type { Clock } from '../ports.ts';

/** Time for storage to be opened anew a few times, which is enough in most engines. */
const REOPENED_IN_VAIN_MS = 12_000;
/** A page that came back to a storage still broken does not go again at once. */
const LIVED_MS = 30_000;
/** What the disk, the engine's manners or the server's key are to blame for is the same in the next page. */
const SAME_IN_THE_NEXT_PAGE: readonly string[] = ['storage-full', 'storage-notDurable', 'storage-notSealed'];

/**
 * Says, each time it is asked, whether storage is lost to this page and may be there for the next one. WebKit of before 2026 never gives a
 * page its databases back once the process that keeps them has died ("Connection to Indexed Database server lost"): only a page loaded anew
 * has them. Never in a visit: a kiosk whose storage fails has broken it off and says that it is out of order.
 */
export function watchForLostStorage(clock: Clock, view: () => KioskView): () => boolean {
  let brokenAt: number | null = null;
  return () => {
    const seen = view();
    if (seen.kind !== 'outOfOrder' || SAME_IN_THE_NEXT_PAGE.includes(seen.reason)) {
      brokenAt = null;
      return false;
    }
    brokenAt ??= clock.elapsed();
    return clock.elapsed() - brokenAt >= REOPENED_IN_VAIN_MS && clock.elapsed() >= LIVED_MS;
  };
}
