import { errors } from 'playwright-core';
import { CLOSING_MS } from '../kiosk/visit/idle-clock.ts';
import type { KioskPage } from './kiosk-page.ts';

const LEFT_WITHIN_MS = 5_000;

/** Runs in the page: a visit as fast as its screens follow, until it is thanked; one of five with a text, one of seven in English. */
async function makeVisit(visit: number): Promise<void> {
  const screen = () => document.querySelector('[data-screen]')?.getAttribute('data-screen') ?? '';
  const sign = () => `${screen()} ${document.querySelector('[data-item]')?.getAttribute('data-item') ?? ''}`;
  // With a place, as a finger has one: the first screen of a page holds a touch until it can be answered, and gives it to what is there.
  const press = (selector: string): void => {
    const pressed = [...document.querySelectorAll<HTMLElement>(selector)].at(-1);
    if (pressed === undefined) return;
    const { left, top, width, height } = (pressed.closest('label') ?? pressed).getBoundingClientRect();
    const at = { clientX: left + width / 2, clientY: top + height / 2 };
    const touched = document.elementFromPoint(at.clientX, at.clientY) ?? pressed;
    touched.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...at }));
  };
  const seen = async (holds: () => boolean): Promise<void> => {
    const { port1, port2 } = new MessageChannel();
    for (let wait = 0; !holds(); wait += 1) {
      if (wait > 1_000_000) throw new Error(`Nothing followed ${sign()}.`);
      // The page's timers belong to the test: a message comes round without one.
      await new Promise((resolve) => {
        port1.addEventListener('message', resolve, { once: true });
        port1.start();
        port2.postMessage(null);
      });
    }
    port1.close();
  };
  const onward = (act: () => void): Promise<void> => {
    const before = sign();
    act();
    return seen(() => sign() !== before);
  };
  if (visit % 7 === 0) {
    press('.language-bar > button');
    await seen(() => document.querySelector('dialog') !== null);
    press('dialog button[lang="en"]');
    await seen(() => document.documentElement.lang === 'en' && document.querySelector('dialog') === null);
  }
  while (['attract', 'question'].includes(screen()))
    await onward(() => press('input[value="fairly-satisfied"]'));
  const field = document.querySelector('textarea');
  if (visit % 5 === 0 && field !== null) {
    field.value = `Visite ${visit} : ${'merci '.repeat(20)}`;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  await onward(() => press('.button-main'));
}

/**
 * Whole visits, one after the other, each thanked and left: as fast as the page can. The clock of its context must be the test's
 * (`context.clock.install()`): nobody waits for a closing screen.
 */
export async function visitAtFullSpeed(
  kiosk: KioskPage,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<void> {
  const { page } = kiosk;
  const back = page.getByRole('button', { name: /^(Revenir au début|Back to the start)$/ });
  for (let visit = first; visit < first + count; visit += 1) {
    await page.evaluate(makeVisit, visit);
    await page.context().clock.fastForward(CLOSING_MS);
    try {
      await back.tap({ timeout: LEFT_WITHIN_MS });
    } catch (error) {
      // On a machine that is slow the screen goes back by itself, under the finger.
      if (!(error instanceof errors.TimeoutError)) throw error;
    }
    await kiosk.see('attract');
  }
}
