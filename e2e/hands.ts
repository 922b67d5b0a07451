import type { CDPSession, Page } from 'playwright-core';

/** A point of the screen, in CSS pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** What fingers and a keyboard can do to a page, as the browser gets it from the system. */
export interface Hands {
  tap(spot: Spot): Promise<void>;
  doubleTap(spot: Spot): Promise<void>;
  /** A finger that stays where it is. */
  hold(spot: Spot, forMs: number): Promise<void>;
  /** A finger drawn from one place to another. */
  swipe(from: Spot, to: Spot): Promise<void>;
  /** Two fingers that part (a factor above 1) or come together. */
  pinch(around: Spot, factor: number): Promise<void>;
  /** The wheel of a mouse, or two fingers on its pad, with Ctrl held. */
  zoomByWheel(spot: Spot, by: number): Promise<void>;
  /** A file from elsewhere, let go over the page. */
  dropFile(spot: Spot): Promise<void>;
  /** Keys held down together, in Playwright's names: `Control+Shift+KeyT`. */
  press(chord: string): Promise<void>;
  /** A key that Playwright has no name for, as the standard names it: `BrowserBack`. */
  pressNamed(key: string): Promise<void>;
}

const SWIPE_STEPS = 6;

export async function handsOn(page: Page): Promise<Hands> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: readonly Spot[]) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: touchPoints.map((point) => ({ ...point })),
    });
  const hands: Hands = {
    tap: async (spot) => {
      await touch('touchStart', [spot]);
      await touch('touchEnd', []);
    },
    doubleTap: async (spot) => {
      await hands.tap(spot);
      await hands.tap(spot);
    },
    hold: async (spot, forMs) => {
      await touch('touchStart', [spot]);
      await new Promise((resolve) => setTimeout(resolve, forMs));
      await touch('touchEnd', []);
    },
    swipe: async (from, to) => {
      await touch('touchStart', [from]);
      for (let step = 1; step <= SWIPE_STEPS; step += 1)
        await touch('touchMove', [between(from, to, step / SWIPE_STEPS)]);
      await touch('touchEnd', []);
    },
    pinch: (around, factor) => pinch(session, around, factor),
    zoomByWheel: async (spot, by) => {
      await session.send('Input.dispatchMouseEvent', {
        type: 'mouseWheel',
        ...spot,
        deltaX: 0,
        deltaY: by,
        modifiers: 2,
      });
    },
    dropFile: (spot) => dropFile(session, spot),
    press: (chord) => page.keyboard.press(chord),
    pressNamed: async (key) => {
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code: key });
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key });
    },
  };
  return hands;
}

/** Two fingers side by side, drawn apart or together as they are by a hand: the browser itself makes a gesture of them. */
async function pinch(session: CDPSession, { x, y }: Spot, factor: number): Promise<void> {
  const [near, far] = [60, 60 * Math.max(factor, 1 / factor)];
  const [from, to] = factor > 1 ? [near, far] : [far, near];
  for (let step = 0; step <= SWIPE_STEPS; step += 1) {
    const apart = from + ((to - from) * step) / SWIPE_STEPS;
    await session.send('Input.dispatchTouchEvent', {
      type: step === 0 ? 'touchStart' : 'touchMove',
      touchPoints: [
        { x: x - apart, y, id: 0 },
        { x: x + apart, y, id: 1 },
      ],
    });
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

async function dropFile(session: CDPSession, spot: Spot): Promise<void> {
  const data = { items: [], files: ['/etc/hostname'], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...spot, data });
}

function between(from: Spot, to: Spot, share: number): Spot {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
