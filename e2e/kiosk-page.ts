import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { DOUBLE_TAP_MS } from '../kiosk/visit/double-tap.ts';
import type { TestServer } from './server-process.ts';
import { until } from './until.ts';

/** What `data-screen` says. */
export type Screen = 'attract' | 'question' | 'suggestion' | 'thanks' | 'enrol' | 'awaiting' | 'out-of-order';

/** The kiosk as somebody in front of it: what it shows, what can be touched. */
export interface KioskPage {
  readonly page: Page;
  /** Opens, or opens again, the kiosk's address. */
  open(): Promise<void>;
  /** Waits for a screen. */
  see(screen: Screen, withinMs?: number): Promise<void>;
  /** The item that is asked now. */
  itemId(): Promise<string>;
  /** The face of the item that is asked now. */
  face(code: string): Locator;
  /** Touches a face and waits for what follows; tells which item was answered. */
  touchFace(code: string): Promise<string>;
  /** Answers whatever is asked until the suggestion; tells what was given, by item. */
  answerQuestions(code: string): Promise<Record<string, string>>;
  /** Touches a button by its words. */
  touch(name: string | RegExp): Promise<void>;
  /** Opens the choice of languages and touches one by its own name. */
  chooseLanguage(ownName: string): Promise<void>;
  type(text: string): Promise<void>;
  /** Touches a face, answers what is asked, leaves a text or none, and sees the thanks. */
  makeVisit(visit: {
    readonly code: string;
    readonly text?: string;
    /** Takes the time to read, so that the answers are not set aside as those of somebody who did not. */
    readonly reads?: boolean;
  }): Promise<Record<string, string>>;
  /** Waits until the service worker can serve the kiosk without network. */
  beReadyOffline(): Promise<void>;
}

const SEE_WITHIN_MS = 15_000;
/** Once is enough: speed is judged by the mean over the visit. */
const READING_MS = 4_000;

export function kioskOn(page: Page, origin: string): KioskPage {
  let answeredAt = Number.NEGATIVE_INFINITY;
  const fieldset = page.locator('[data-screen="attract"], [data-screen="question"]').locator('[data-item]');

  async function signature(): Promise<string> {
    const screen = page.locator('[data-screen]');
    if ((await screen.count()) !== 1) return '';
    const item = screen.locator('[data-item]');
    const itemId = (await item.count()) === 1 ? await item.getAttribute('data-item') : '';
    return `${await screen.getAttribute('data-screen')} ${itemId}`;
  }

  const kiosk: KioskPage = {
    page,
    open: async () => {
      await page.goto(`${origin}/kiosk/`);
    },
    see: (screen, timeout = SEE_WITHIN_MS) => page.locator(`[data-screen="${screen}"]`).waitFor({ timeout }),
    itemId: async () => (await fieldset.getAttribute('data-item', { timeout: SEE_WITHIN_MS })) ?? '',
    face: (code) => fieldset.locator(`label:has(input[value="${code}"])`),
    touchFace: async (code) => {
      const itemId = await kiosk.itemId();
      const before = await signature();
      // Nobody reads a question in so little time: a touch where the last one was, on whatever lies there by now, is half of a double tap.
      await pause(Math.max(0, answeredAt + DOUBLE_TAP_MS - performance.now()));
      await kiosk.face(code).tap();
      await until(`an answer to the touch on ${code}`, async () => ![before, ''].includes(await signature()));
      answeredAt = performance.now();
      return itemId;
    },
    answerQuestions: async (code) => {
      const given: Record<string, string> = {};
      while ((await signature()).startsWith('question')) given[await kiosk.touchFace(code)] = code;
      return given;
    },
    touch: (name) => page.getByRole('button', { name, exact: typeof name === 'string' }).tap(),
    chooseLanguage: async (ownName) => {
      await page.locator('.language-bar > button').tap();
      const choice = page.getByRole('dialog').getByRole('button', { name: ownName, exact: true });
      const language = (await choice.getAttribute('lang')) ?? '';
      await choice.tap();
      await page.locator(`html[lang="${language}"]`).waitFor({ timeout: SEE_WITHIN_MS });
    },
    type: async (text) => {
      await page.getByRole('textbox').fill(text);
    },
    makeVisit: async ({ code, text, reads = false }) => {
      await kiosk.see('attract');
      const first = await kiosk.touchFace(code);
      if (reads) await pause(READING_MS);
      const others = await kiosk.answerQuestions(code);
      await kiosk.see('suggestion');
      if (text === undefined) {
        await kiosk.touch('Terminer sans suggestion');
      } else {
        await kiosk.type(text);
        await kiosk.touch('Envoyer');
        // A text that looks personal is asked about first; this visitor sends it all the same.
        await page.locator('[data-screen="thanks"], dialog.guard').waitFor({ timeout: SEE_WITHIN_MS });
        if ((await page.locator('dialog.guard').count()) > 0) await kiosk.touch('Envoyer quand même');
      }
      await kiosk.see('thanks');
      return { [first]: code, ...others };
    },
    beReadyOffline: async () => {
      await page.evaluate(async () => {
        const { active } = await navigator.serviceWorker.ready;
        while (active?.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 20));
      });
    },
  };
  return kiosk;
}

/** A new tablet at a point, enrolled by link, showing its first screen. */
export async function openEnrolledKiosk(
  context: BrowserContext,
  server: TestServer,
  pointId?: string,
): Promise<KioskPage> {
  const [page, { url }] = await Promise.all([context.newPage(), server.createEnrolment(pointId)]);
  await page.goto(url);
  const kiosk = kioskOn(page, server.origin);
  await kiosk.see('attract');
  return kiosk;
}

/** Another page on a tablet that is enrolled already. */
export async function openKiosk(context: BrowserContext, origin: string): Promise<KioskPage> {
  const kiosk = kioskOn(await context.newPage(), origin);
  await kiosk.open();
  return kiosk;
}
