import { FIRST_SCREENS } from '../first-screen/first-screens.ts';

/**
 * The tablet's page with the first screen that it drew the last time (`first-screen/first-screen.part.ts`): what there is to touch is then
 * in the page from the start, and shown before the script has run.
 *
 * @param script the address of the script of this version
 * @returns nothing where none is kept, or whatever else stands in the way: the page is then served as it was built
 */
export async function keptFirstScreen(caches: CacheStorage, script: string): Promise<Response | undefined> {
  try {
    return await caches.match(script, { cacheName: FIRST_SCREENS });
  } catch {
    return undefined;
  }
}
