import { FIRST_SCREENS } from '../first-screen/first-screens.ts';

const EMPTY_ROOT = '<div id="app"></div>';
const SCRIPT = /<script defer src="([^"]+)"/;

/**
 * The tablet's page with the first screen that it drew the last time (`first-screen/first-screen.part.ts`): what there is to touch is then
 * in the page from the start, and shown before the script has run. Whatever stands in the way, the page is served as it was built.
 */
export async function withFirstScreen(page: Response, caches: CacheStorage): Promise<Response> {
  try {
    const html = await page.clone().text();
    const script = SCRIPT.exec(html)?.[1];
    const kept = script && (await caches.match(script, { cacheName: FIRST_SCREENS }));
    if (!kept) return page;
    const markup = await kept.text();
    const filled = html.replace(EMPTY_ROOT, () => EMPTY_ROOT.replace('><', () => `>${markup}<`));
    return new Response(filled, { headers: page.headers });
  } catch {
    return page;
  }
}
