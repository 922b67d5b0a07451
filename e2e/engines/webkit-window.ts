import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../until.ts';
import { callAsText, foundIn, type Tab } from './device.ts';

const TELLS_WITHIN_MS = 30_000;

/** What the window itself can do with its page, without the driver. */
export type Window = Pick<Tab, 'goTo' | 'run' | 'touchAt'>;

/**
 * Asks the window of `webkit-tablet.js` by files. The driver takes the death of any process of the engine for that of its page, that of the service
 * worker too, which goes with the one that stores; but the page lives on, and what it shows then is what matters.
 *
 * @param mailbox the folder that the window looks into
 */
export function windowAt(mailbox: string): Window {
  let asked = 0;

  const run: Tab['run'] = async (script, ...words) => {
    asked += 1;
    const [ask, told] = [join(mailbox, `ask-${asked}`), join(mailbox, `told-${asked}`)];
    await writeFile(`${ask}.part`, `return await ${callAsText(script, words)};`);
    await rename(`${ask}.part`, ask);
    let answer: { json?: string; fault?: string } = {};
    const isTold = async () => {
      try {
        answer = JSON.parse(await readFile(told, 'utf8')) as typeof answer;
        return true;
      } catch {
        // Not yet.
        return false;
      }
    };
    await until('an answer of the window', isTold, TELLS_WITHIN_MS);
    await rm(told);
    if (answer.fault !== undefined) throw new Error(answer.fault);
    return foundIn(answer.json);
  };

  return {
    run,
    async goTo(url) {
      await run((address) => {
        (window as { isLeft?: boolean }).isLeft = true;
        location.assign(address);
      }, url);
      await until('the next page', async () => {
        try {
          return await run(
            () => (window as { isLeft?: boolean }).isLeft !== true && document.readyState === 'complete',
          );
        } catch {
          // The page that was asked has gone.
          return false;
        }
      });
    },
    // It has no finger: a click is what comes of one.
    touchAt: (x, y) =>
      run(
        (left, top) => {
          document
            .elementFromPoint(left, top)
            ?.dispatchEvent(
              new MouseEvent('click', { bubbles: true, cancelable: true, clientX: left, clientY: top }),
            );
        },
        x,
        y,
      ),
  };
}
