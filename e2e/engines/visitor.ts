import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DOUBLE_TAP_MS } from '../../kiosk/visit/double-tap.ts';
import type { Screen } from '../kiosk-page.ts';
import { until } from '../until.ts';
import type { Tab } from './device.ts';

const SEE_WITHIN_MS = 20_000;
const BUILT = fileURLToPath(new URL('../../dist/web/kiosk/assets/', import.meta.url));

/** Somebody in front of the kiosk, in whatever engine it runs: what they see, what they touch. */
export interface Visitor {
  readonly tab: Tab;
  see(screen: Screen, withinMs?: number): Promise<void>;
  /** Waits for the first of several screens; tells which. */
  seeOneOf(screens: readonly Screen[], withinMs?: number): Promise<Screen>;
  /** Chooses a language by the panel of languages. */
  chooseLanguage(language: string): Promise<void>;
  /** How the first screen lies. */
  layout(): Promise<Layout>;
  /** The addresses of everything that the kiosk's page loads from the device or may. */
  builtParts(): Promise<readonly string[]>;
  /** Waits until something is there to be touched, and touches its middle. */
  touch(selector: string): Promise<void>;
  /** Touches the button that carries these words. */
  touchButton(words: string): Promise<void>;
  /** Touches a face and waits for what follows; tells which item was answered. */
  touchFace(code: string): Promise<string>;
  /** Touches a face, answers what is asked, leaves a text or none, and sees the thanks; tells what was given, by item. */
  makeVisit(visit: { readonly code: string; readonly text?: string }): Promise<Record<string, string>>;
  /** Touches a face and answers what is asked, up to the suggestion and its keys; tells what was given, by item. */
  goToSuggestion(code: string): Promise<Record<string, string>>;
  /** Touches the keys of the screen that show these characters. */
  typeOnScreen(text: string): Promise<void>;
  /** From the thanks back to the first screen. */
  leave(): Promise<void>;
  /** Waits until the service worker can serve the kiosk without network. */
  beReadyOffline(): Promise<void>;
}

/** What a screen says of its language, and where its faces are. */
export interface Layout {
  readonly language: string;
  readonly direction: string;
  readonly heading: string;
  /** The left edges of the faces, the best first. */
  readonly faces: readonly number[];
}

export function visitorOf(tab: Tab): Visitor {
  /** The screen and the item shown. */
  const shown = () =>
    tab.run(() => {
      const screen = document.querySelector('[data-screen]');
      const item = screen?.querySelector('[data-item]');
      return [screen?.getAttribute('data-screen') ?? '', item?.getAttribute('data-item') ?? ''] as const;
    });

  const visitor: Visitor = {
    tab,
    see: (screen, withinMs = SEE_WITHIN_MS) =>
      until(`the screen ${screen}`, async () => (await shown())[0] === screen, withinMs),
    async seeOneOf(screens, withinMs = SEE_WITHIN_MS) {
      let seen: Screen | undefined;
      await until(
        `one of the screens ${screens.join()}`,
        async () => {
          const [now] = await shown();
          seen = screens.find((screen) => screen === now);
          return seen !== undefined;
        },
        withinMs,
      );
      if (seen === undefined) throw new Error('Nothing was seen.');
      return seen;
    },
    async chooseLanguage(language) {
      await visitor.touch('.language-bar > button');
      await visitor.touch(`dialog button[lang="${language}"]`);
    },
    layout: () =>
      tab.run(() => {
        const { direction } = getComputedStyle(document.querySelector('[data-screen]') ?? document.body);
        const levels = [...document.querySelectorAll('[data-item] label:not(.level-aside)')];
        return {
          language: document.querySelector('[data-screen]')?.closest('[lang]')?.getAttribute('lang') ?? '',
          direction,
          heading: document.querySelector('h1')?.textContent ?? '',
          faces: levels.map((level) => Math.round(level.getBoundingClientRect().left)),
        };
      }),
    builtParts: async () => {
      const files = await readdir(BUILT);
      return files.filter((file) => !file.startsWith('kiosk-')).map((file) => `/kiosk/assets/${file}`);
    },
    touch: (selector) => touchWhere(tab, selector, null),
    touchButton: (words) => touchWhere(tab, 'button', words),
    async touchFace(code) {
      const before = await shown();
      // Nobody reads a question in so little time: a second touch of one place is half of a double tap.
      if (before[0] === 'question') await pause(DOUBLE_TAP_MS);
      await visitor.touch(`[data-item] label:has(input[value="${code}"])`);
      await until(`an answer to the touch on ${code}`, async () => {
        const now = await shown();
        return now[0] !== '' && now.join() !== before.join();
      });
      return before[1];
    },
    async makeVisit({ code, text }) {
      const given = await visitor.goToSuggestion(code);
      if (text === undefined) {
        await visitor.touchButton('Terminer sans suggestion');
      } else {
        await visitor.touch('textarea');
        await tab.type(text);
        await visitor.touchButton('Envoyer');
      }
      await visitor.see('thanks');
      return given;
    },
    async goToSuggestion(code) {
      await visitor.see('attract');
      const given: Record<string, string> = { [await visitor.touchFace(code)]: code };
      while ((await shown())[0] === 'question') given[await visitor.touchFace(code)] = code;
      await visitor.see('suggestion');
      // The field moves up when the keys come, which is sooner than any eye and later than a machine's finger.
      await until('the keys', () => tab.run(() => document.querySelector('.hg-button') !== null));
      return given;
    },
    async typeOnScreen(text) {
      for (const character of text) {
        if (character === ' ') await visitor.touch('[data-key="{space}"]');
        else await touchWhere(tab, '.hg-button', character);
      }
    },
    async leave() {
      await visitor.touchButton('Revenir au début');
      await visitor.see('attract');
    },
    beReadyOffline: () =>
      until('a service worker that serves the page', () =>
        tab.run(async () => {
          const { active } = await navigator.serviceWorker.ready;
          return active?.state === 'activated' && navigator.serviceWorker.controller !== null;
        }),
      ),
  };
  return visitor;
}

async function touchWhere(tab: Tab, selector: string, words: string | null): Promise<void> {
  const what = `${selector} ${words ?? ''}`.trim();
  await until(what, async () => (await tab.run(middleOf, selector, words)) !== null);
  const middle = await tab.run(middleOf, selector, words);
  if (middle === null) throw new Error(`${what} went away before it could be touched.`);
  await tab.touchAt(middle.x, middle.y);
}

/* Runs in the page. */
function middleOf(selector: string, words: string | null): { readonly x: number; readonly y: number } | null {
  const found = [...document.querySelectorAll(selector)].find(
    (element) => words === null || element.textContent.trim() === words,
  );
  if (found === undefined) return null;
  found.scrollIntoView({ block: 'nearest' });
  const { left, top, width, height } = found.getBoundingClientRect();
  return width === 0 ? null : { x: left + width / 2, y: top + height / 2 };
}
