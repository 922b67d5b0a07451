import { FIRST_SCREENS } from './first-screens.ts';

const EMPTY_ROOT = '<div id="app"></div>';

/**
 * Keeps the tablet's page with its first screen in it, for the service worker to serve at the next start, or keeps none. It is filed under
 * the script that drew it, so that no other version serves it.
 *
 * @param markup what the kiosk drew into the page's root; empty where it shows something else than a question
 * @throws where the page as it was built cannot be had just now
 */
export async function keepFirstScreen(page: Document, caches: CacheStorage, markup: string): Promise<void> {
  await caches.delete(FIRST_SCREENS);
  const script = page.querySelector('script')?.src;
  if (markup === '' || script === undefined) return;
  const built = await fetch('/kiosk/index.html');
  const html = await built.text();
  // Another version may have come meanwhile.
  if (!html.includes(new URL(script).pathname)) return;
  const filled = html.replace(EMPTY_ROOT, () => EMPTY_ROOT.replace('><', () => `>${markup}<`));
  const cache = await caches.open(FIRST_SCREENS);
  await cache.put(script, new Response(filled, { headers: built.headers }));
}
