import { readFileSync } from 'node:fs';
import type { Page } from './page.ts';

const SCRIPT = readFileSync(new URL('in-page.js', import.meta.url), 'utf8');
const WITHIN_MS = 30_000;

/**
 * Has both measured pages watched in the same way: runs a call of `in-page.js` in each document that the page goes to.
 *
 * @returns waits for the next thing that is reported; to be called before what leads to it
 */
export async function watchPage<Report>(page: Page, call: string): Promise<() => Promise<Report>> {
  let receive: ((report: Report) => void) | undefined;
  page.on('Runtime.bindingCalled', ({ name, payload }: { name: string; payload: string }) => {
    if (name === 'benchReport') receive?.(JSON.parse(payload) as Report);
  });
  await page.send('Runtime.addBinding', { name: 'benchReport' });
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: `{${SCRIPT}\n${call};}` });
  return () =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const seen = page.evaluate<string>('location.href + " " + document.body?.innerText');
        seen.then((text) => reject(new Error(`Nothing was reported; the page says: ${text}`)), reject);
      }, WITHIN_MS);
      receive = (report) => {
        clearTimeout(timer);
        receive = undefined;
        resolve(report);
      };
    });
}
