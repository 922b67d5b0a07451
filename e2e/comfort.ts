import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { ComfortMode } from '../domain/comfort.ts';
import type { KioskPage } from './kiosk-page.ts';

/** What a device's speech was asked to say, and how. */
export interface Spoken {
  readonly text: string;
  readonly lang: string;
  readonly volume: number;
  readonly isLocal: boolean;
}

/** Where the pretend speech of a device notes what it is asked. */
interface SpokenWindow {
  spoken?: Spoken[];
}

/** Gives the pages of a context a device's speech, which Chromium has none of here: it says nothing, and notes what it would have said. */
export async function giveVoices(
  context: BrowserContext,
  own: readonly string[] = ['fr-FR', 'en-GB', 'pt-PT', 'es-ES', 'ar-SA', 'tr-TR', 'uk-UA', 'de-DE'],
  remote: readonly string[] = [],
): Promise<void> {
  await context.addInitScript(
    ([ownLangs, remoteLangs]) => {
      const voices = [...ownLangs, ...remoteLangs].map((lang) => ({
        lang,
        name: lang,
        localService: ownLangs.includes(lang),
      }));
      const told = window as SpokenWindow;
      told.spoken = [];
      const speech = Object.assign(new EventTarget(), {
        getVoices: () => voices,
        speak: ({ text, lang, volume, voice }: SpeechSynthesisUtterance) =>
          void told.spoken?.push({ text, lang, volume, isLocal: voice?.localService === true }),
        cancel: () => {
          told.spoken = [];
        },
      });
      class Utterance {
        text: string;
        constructor(text: string) {
          this.text = text;
        }
      }
      Object.defineProperty(window, 'speechSynthesis', { configurable: true, value: speech });
      Object.defineProperty(window, 'SpeechSynthesisUtterance', { configurable: true, value: Utterance });
    },
    [own, remote] as const,
  );
}

/** What is being said, or was said last. */
export function spokenOn(page: Page): Promise<readonly Spoken[]> {
  return page.evaluate(() => (window as SpokenWindow).spoken ?? []);
}

/** Touches a comfort on the bar, and waits for its looks. */
export async function switchOn(page: Page, mode: ComfortMode): Promise<void> {
  const button = page.locator(`.comfort-bar [data-mode="${mode}"]`);
  await touchOn(page, button);
  await page.locator(`html[data-comfort~="${mode}"]`).waitFor({ state: 'attached' });
  await page.waitForFunction(() =>
    [...document.styleSheets].some(({ href }) => /\/modes-\w+\.css$/.test(href ?? '')),
  );
  if (mode === 'spoken') await page.locator('.listen-panel button').first().waitFor();
}

/** Touches a comfort that is on, and waits until its looks are gone. */
export async function switchOff(page: Page, mode: ComfortMode): Promise<void> {
  await touchOn(page, page.locator(`.comfort-bar [data-mode="${mode}"]`));
  await page.locator(`html:not([data-comfort~="${mode}"])`).waitFor({ state: 'attached' });
}

/** A touch that means it: where somebody listens, the first only says what is touched. */
export async function touchOn(page: Page, target: Locator): Promise<void> {
  const isHeardFirst = await page.evaluate(() => document.querySelector('.listen-panel') !== null);
  if (isHeardFirst) await target.tap();
  await target.tap();
}

const READING_MS = 350;

/** Shows every screen of a visit once, from the first. The context's clock must be Playwright's. */
export async function tourVisit(
  kiosk: KioskPage,
  look: (screen: string, page: Page) => Promise<void>,
): Promise<void> {
  const { page } = kiosk;
  await look('attract', page);
  await touchOn(page, kiosk.face('very-satisfied'));
  await kiosk.see('question');
  await look('question', page);
  for (let left = 5; left > 0 && (await page.locator('[data-screen="question"]').count()) > 0; left -= 1) {
    const itemId = await kiosk.itemId();
    // A second touch of one place in no time is half of a double tap, and answers nothing.
    await new Promise((resolve) => setTimeout(resolve, READING_MS));
    await touchOn(page, kiosk.face('fairly-dissatisfied'));
    await page.locator(`fieldset[data-item="${itemId}"]`).waitFor({ state: 'detached' });
  }
  await kiosk.see('suggestion');
  // The keys come with the looks of this screen; « Bas » keeps them until the field is touched.
  await page.locator('.keys button').first().waitFor({ state: 'attached' });
  await look('suggestion', page);
  await page.context().clock.fastForward(62_000);
  await page.getByRole('alertdialog').waitFor();
  await look('are you still there', page);
  await page.getByRole('alertdialog').getByRole('button').last().tap();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await touchOn(page, page.locator('footer .button').last());
  await kiosk.see('thanks');
  await look('thanks', page);
}
