import { type ParvisServer, createEnrolment } from '../server/parvis-server.ts';
import type { Devtools } from './devtools.ts';
import { openPage } from './page.ts';
import { RATING_FACE } from './visitor.ts';

/** A reception of the town's own data, with a whole questionnaire. */
const POINT = 'accueil-hotel-de-ville';

/**
 * Makes the browser's profile an enrolled tablet, as staff do: opens the link, sees the first question, and waits until
 * the service worker holds the page.
 *
 * @returns the address of the kiosk
 */
export async function enrolKiosk(browser: Devtools, parvis: ParvisServer): Promise<string> {
  const { url } = await createEnrolment(parvis, POINT);
  const page = await openPage(browser);
  await page.goTo(url);
  await page.until(`document.querySelector('${RATING_FACE}')`, 'the first question');
  await page.until(
    'navigator.serviceWorker.getRegistration().then((found) => found?.active?.state === "activated")',
    'an active service worker',
  );
  await page.close();
  return new URL('/kiosk/', url).href;
}
