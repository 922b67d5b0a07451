import { CLOSING_MS } from '../../kiosk/visit/idle-clock.ts';
import type { Devtools } from './devtools.ts';
import { type Page, openPage } from './page.ts';
import { watchPage } from './reports.ts';

/** A lifted finger that led somewhere: `screen/item` before and after, and how long until that was painted. */
export interface Paint {
  readonly paintMs: number;
  readonly from: string;
  readonly to: string;
}

/** A finger does not come down the moment a screen is there; a varying pause keeps it out of step with the display. */
const PAUSE_MS = { least: 2, most: 18 };
const TOUCHES_PER_VISIT = 12;
const SUGGESTION = 'Plus de chaises dans le hall, merci.';

/** Somebody in front of one of the two measured pages. */
export class Visitor {
  readonly page: Page;
  readonly #nextPaint: () => Promise<Paint>;

  private constructor(page: Page, nextPaint: () => Promise<Paint>) {
    this.page = page;
    this.#nextPaint = nextPaint;
  }

  /** Opens a tab, prepares it while it is empty, goes to the page and waits for the first face. */
  static async arrive(
    browser: Devtools,
    url: string,
    faceSelector: string,
    prepare?: (page: Page) => Promise<void>,
  ): Promise<Visitor> {
    const page = await openPage(browser);
    await page.send('Emulation.setFocusEmulationEnabled', { enabled: true });
    const nextPaint = await watchPage<Paint>(page, 'reportNextPaints()');
    await prepare?.(page);
    await page.goTo(url);
    await page.until(`document.querySelector(${JSON.stringify(faceSelector)})`, `${faceSelector} of ${url}`);
    return new Visitor(page, nextPaint);
  }

  /** Touches the nth of what a selector finds, and waits until what comes next is painted. */
  async touch(selector: string, nth = 0): Promise<Paint> {
    const { least, most } = PAUSE_MS;
    await new Promise((resolve) => setTimeout(resolve, least + Math.random() * (most - least)));
    const painted = this.#nextPaint();
    await this.press(selector, nth);
    return painted;
  }

  /** Touches without waiting for anything. */
  async press(selector: string, nth = 0): Promise<void> {
    await this.page.touch(
      await this.page.evaluate(`(() => {
        const found = document.querySelectorAll(${JSON.stringify(selector)});
        const { x, y, width, height } = found[${nth} % found.length].getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      })()`),
    );
  }
}

/** What one visit to the kiosk was made of. */
export interface Visit {
  /** One for each question answered. */
  readonly questions: readonly number[];
  /** From the end of the visit to the thanks. */
  readonly thanksMs: number;
}

/** A whole visit, from the first face back to the first screen; every tenth visitor leaves a suggestion. */
export async function visitKiosk(visitor: Visitor, number: number): Promise<Visit> {
  const { page } = visitor;
  const questions: number[] = [];
  let thanksMs = Number.NaN;
  for (let touch = 0; touch < TOUCHES_PER_VISIT; touch += 1) {
    const screen = await page.evaluate<string>(SCREEN);
    switch (screen) {
      case 'attract':
      case 'question':
        questions.push((await visitor.touch(RATING_FACE, number + touch)).paintMs);
        break;
      case 'choice':
        await visitor.press('.choice label', number);
        questions.push((await visitor.touch('.button-main')).paintMs);
        break;
      case 'suggestion': {
        const isTyped = number % 10 === 0;
        if (isTyped) {
          await page.evaluate('document.querySelector("textarea").focus()');
          await page.send('Input.insertText', { text: SUGGESTION });
        }
        thanksMs = (await visitor.touch(isTyped ? '.button-main' : '.at-end')).paintMs;
        break;
      }
      case 'thanks':
        await page.evaluate(`skipTime(${CLOSING_MS})`);
        await visitor.touch('[data-screen=thanks] main button');
        return { questions, thanksMs };
      default:
        throw new Error(`The kiosk shows ${screen}.`);
    }
  }
  throw new Error(`A visit took more than ${TOUCHES_PER_VISIT} touches.`);
}

/** A whole visit on SurveyJS, and the next visitor; the times of its questions. */
export async function visitSurveyJs(
  visitor: Visitor,
  number: number,
  questions: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < questions; turn += 1)
    times.push((await visitor.touch(SURVEYJS_FACE, number + turn)).paintMs);
  // Not waited for itself: Chromium 150 loses hold of the promise. The first question's being there tells.
  await visitor.page.evaluate('void nextVisit()');
  await visitor.page.until(`document.body.dataset.item === 'Accueil'`, 'the first question of SurveyJS');
  return times;
}

export const RATING_FACE = '.rating label';
export const SURVEYJS_FACE = '.sd-rating__item-smiley';
const SCREEN = `document.querySelector('.choice') ? 'choice' : document.querySelector('[data-screen]')?.dataset.screen`;
