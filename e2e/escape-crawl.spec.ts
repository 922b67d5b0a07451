import type { BrowserContext, Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakStorage } from './broken-storage.ts';
import { LANDSCAPE, launchBrowser, TABLET } from './chromium.ts';
import { type Confinement, watchConfinement } from './confinement.ts';
import { type Hands, handsOn, type Spot } from './hands.ts';
import { type KioskPage, kioskOn, openEnrolledKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';

const SEED = 20_261_126;
const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';
const RANDOM_GESTURES = IS_NIGHT ? 40 : 10;
const LONG_TOUCH_MS = 600;
const LEAST = 500;

const LETTERS = [...'acdefghijklnopqrstuvwxz0123456789'];
const CHORDS: readonly string[] = [
  ...Array.from({ length: 12 }, (_, index) => `F${index + 1}`),
  ...LETTERS.map((letter) => `Control+${letter}`),
  ...['+', '-', '=', '0', 'Tab', 'Enter', 'F4', 'F5', 'PageDown', 'ArrowLeft', 'Delete'].map(
    (key) => `Control+${key}`,
  ),
  ...['i', 'j', 'c', 'n', 't', 'p', 'r', 'Delete', 'Tab'].map((key) => `Control+Shift+${key}`),
  ...['ArrowLeft', 'ArrowRight', 'Home', 'F4', 'd', 'e', 'f', 'Enter', 'Escape', 'Tab'].map(
    (key) => `Alt+${key}`,
  ),
  ...['q', 'w', 'h', 'l', 't', 'n', 'p', 's', 'c', '+', '-', 'ArrowLeft', 'Tab'].map((key) => `Meta+${key}`),
  'q',
  'm',
  '1',
  "'",
  '/',
  'Backspace',
  'Delete',
  'Insert',
  'ContextMenu',
  'PrintScreen',
  'CapsLock',
  'Shift+F10',
];
/** Keys that a keyboard for a living room has. */
const NAMED_KEYS = [
  'MediaPlayPause',
  'MediaTrackNext',
  'MediaTrackPrevious',
  'AudioVolumeUp',
  'AudioVolumeMute',
  'BrowserBack',
  'BrowserForward',
  'BrowserHome',
  'BrowserRefresh',
  'BrowserSearch',
  'LaunchMail',
  'LaunchApplication2',
  'Print',
];
const WALKS = [...Array.from({ length: 12 }, () => 'Tab'), ...Array.from({ length: 6 }, () => 'Shift+Tab')];
const AWAY = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'Escape', 'Escape'];

interface Gesture {
  readonly name: string;
  make(hands: Hands): Promise<void>;
}

const { width, height } = LANDSCAPE;
const GRID: readonly Spot[] = [0.04, 0.35, 0.65, 0.96].flatMap((x) =>
  [0.05, 0.4, 0.7, 0.95].map((y) => ({ x: Math.round(width * x), y: Math.round(height * y) })),
);
const EDGES: readonly (readonly [Spot, Spot])[] = [
  [
    { x: 1, y: 300 },
    { x: 800, y: 300 },
  ],
  [
    { x: width - 1, y: 300 },
    { x: 400, y: 300 },
  ],
  [
    { x: 500, y: 1 },
    { x: 500, y: 700 },
  ],
  [
    { x: 500, y: height - 1 },
    { x: 500, y: 100 },
  ],
];

/** Every gesture and every chord there is a name for. What does not answer a question comes first: it costs no way back to the screen. */
function systematicGestures(): readonly Gesture[] {
  const at = ({ x, y }: Spot) => `at ${x},${y}`;
  const middle = { x: width / 2, y: height / 2 };
  return [
    ...[...CHORDS, ...WALKS, ...AWAY].map((chord) => ({
      name: chord,
      make: (hands: Hands) => hands.press(chord),
    })),
    ...NAMED_KEYS.map((key) => ({ name: key, make: (hands: Hands) => hands.pressNamed(key) })),
    ...EDGES.flatMap(([from, to]) => [
      { name: `swipe from ${at(from)}`, make: (hands: Hands) => hands.swipe(from, to) },
      { name: `swipe back to ${at(from)}`, make: (hands: Hands) => hands.swipe(to, from) },
    ]),
    ...[0.4, 2.5].map((factor) => ({
      name: `pinch by ${factor}`,
      make: (hands: Hands) => hands.pinch(middle, factor),
    })),
    ...[-300, 300].map((by) => ({
      name: `wheel by ${by}`,
      make: (hands: Hands) => hands.zoomByWheel(middle, by),
    })),
    { name: 'a file let go', make: (hands) => hands.dropFile(middle) },
    ...[GRID[1], GRID[6]].flatMap((spot) =>
      spot === undefined
        ? []
        : [{ name: `hold ${at(spot)}`, make: (hands: Hands) => hands.hold(spot, LONG_TOUCH_MS) }],
    ),
    ...[GRID[0], GRID[5], GRID[10]].flatMap((spot) =>
      spot === undefined
        ? []
        : [{ name: `double tap ${at(spot)}`, make: (hands: Hands) => hands.doubleTap(spot) }],
    ),
    ...GRID.map((spot) => ({ name: `tap ${at(spot)}`, make: (hands: Hands) => hands.tap(spot) })),
  ];
}

/** Mulberry32: the same gestures each time, so that a fault can be met again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function randomGestures(random: () => number): readonly Gesture[] {
  const pick = <Item>(items: readonly Item[]): Item => {
    const found = items[Math.floor(random() * items.length)];
    if (found === undefined) throw new Error('There is nothing to pick from.');
    return found;
  };
  const spot = () => ({ x: Math.floor(random() * width), y: Math.floor(random() * height) });
  const held = ['Control', 'Alt', 'Meta', 'Control+Shift', 'Control+Alt', 'Meta+Shift'];
  return Array.from({ length: RANDOM_GESTURES }, (): Gesture => {
    const [from, to, factor] = [spot(), spot(), 0.3 + 3 * random()];
    const chord = `${pick(held)}+${pick([...LETTERS, ...AWAY, 'Tab', 'F6', 'F11'])}`;
    return pick<Gesture>([
      { name: chord, make: (hands) => hands.press(chord) },
      { name: `swipe ${JSON.stringify([from, to])}`, make: (hands) => hands.swipe(from, to) },
      { name: `pinch ${JSON.stringify(from)} by ${factor}`, make: (hands) => hands.pinch(from, factor) },
      { name: `double tap ${JSON.stringify(from)}`, make: (hands) => hands.doubleTap(from) },
      { name: `tap ${JSON.stringify(from)}`, make: (hands) => hands.tap(from) },
    ]);
  });
}

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** How somebody comes to each screen, from a page just opened. */
const WAYS_TO: Readonly<Record<string, (kiosk: KioskPage, tablet: BrowserContext) => Promise<void>>> = {
  attract: (kiosk) => kiosk.see('attract'),
  question: async (kiosk) => {
    await kiosk.touchFace('fairly-satisfied');
    await kiosk.see('question');
  },
  suggestion: async (kiosk) => {
    await kiosk.touchFace('fairly-satisfied');
    await kiosk.answerQuestions('fairly-satisfied');
    await kiosk.see('suggestion');
  },
  'are you still there': async (kiosk, tablet) => {
    await kiosk.touchFace('fairly-satisfied');
    await tablet.clock.fastForward(62_000);
    await kiosk.page.getByRole('alertdialog').waitFor();
  },
  thanks: async (kiosk) => {
    await kiosk.touchFace('fairly-satisfied');
    await kiosk.touch('Terminer');
    await kiosk.see('thanks');
  },
  'out-of-order': async (kiosk) => {
    await breakStorage(kiosk.page, 'throws');
    await kiosk.face('very-satisfied').tap();
    await kiosk.see('out-of-order');
  },
  enrol: (kiosk) => kiosk.see('enrol'),
  awaiting: (kiosk) => kiosk.see('awaiting'),
};

/** A tablet on which one of the screens can be seen, with a page that has not been opened yet. */
async function aTabletFor(screen: string): Promise<{ tablet: BrowserContext; page: Page }> {
  const tablet = await browser.newContext({ ...TABLET, isMobile: true });
  await tablet.clock.install();
  if (screen === 'awaiting') {
    await tablet.route('**/api/v1/assignment', (route) => route.abort());
    const { url } = await server.createEnrolment();
    const entering = await tablet.newPage();
    await entering.goto(url);
    await kioskOn(entering, server.origin).see('awaiting');
    await entering.close();
  } else if (screen !== 'enrol') await (await openEnrolledKiosk(tablet, server)).page.close();
  return { tablet, page: await tablet.newPage() };
}

function isOn(screen: string, page: Page): Promise<boolean> {
  return page.evaluate((name) => {
    const isWarned = document.querySelector('dialog:modal') !== null;
    if (name === 'are you still there') return isWarned;
    return !isWarned && document.querySelector(`[data-screen="${name}"]`) !== null;
  }, screen);
}

describe('T20 the escape crawl', () => {
  const random = seeded(SEED);
  let made = 0;

  it.each(Object.keys(WAYS_TO))('no gesture and no chord leads out of the screen « %s »', async (screen) => {
    const { tablet, page } = await aTabletFor(screen);
    const confinement: Confinement = await watchConfinement(page);
    const hands = await handsOn(page);
    const kiosk = kioskOn(page, server.origin);
    const bring = async () => {
      await kiosk.open();
      await page.locator('[data-screen]').waitFor();
      await confinement.begin();
      await WAYS_TO[screen]?.(kiosk, tablet);
    };
    await bring();
    const faults: string[] = [];
    const before = made;
    // By night all of them on every screen; by day each on every second screen.
    const turn = Object.keys(WAYS_TO).indexOf(screen) % 2;
    const systematic = systematicGestures().filter((_, index) => IS_NIGHT || index % 2 === turn);
    for (const { name, make } of [...systematic, ...randomGestures(random)]) {
      await make(hands);
      made += 1;
      const seen = await confinement.faults();
      faults.push(...seen.map((fault) => `${name}: ${fault}`));
      if (seen.length > 0 || !(await isOn(screen, page))) await bring();
    }
    process.stdout.write(`T20 ${screen}: ${made - before} gestures and chords\n`);
    expect(faults).toEqual([]);
    await tablet.close();
  });

  it('has made five hundred of them at least', ({ task }) => {
    process.stdout.write(
      `T20 in all: ${made} gestures and chords on ${Object.keys(WAYS_TO).length} screens\n`,
    );
    expect(made).toBeGreaterThanOrEqual(LEAST);
    task.meta.figures = { gestures: made };
  });
});
