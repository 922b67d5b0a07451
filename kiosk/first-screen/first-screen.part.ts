import { FIRST_SCREENS } from './first-screens.ts';

/**
 * Keeps the first screen for the service worker to serve at the next start, or keeps none. It is filed under the script that drew it, so
 * that no other version's page is served with it.
 *
 * @param markup what the kiosk drew into the page's root; empty where it shows something else than a question
 */
export async function keepFirstScreen(page: Document, caches: CacheStorage, markup: string): Promise<void> {
  await caches.delete(FIRST_SCREENS);
  const script = page.querySelector('script')?.src;
  if (markup === '' || script === undefined) return;
  const cache = await caches.open(FIRST_SCREENS);
  await cache.put(script, new Response(markup, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
}
