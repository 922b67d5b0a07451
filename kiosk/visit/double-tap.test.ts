import { beforeEach, describe, expect, it } from 'vitest';
import type { KioskView } from '../kiosk.ts';
import { createManualClock, type ManualClock } from '../manual-clock.ts';
import { createDoubleTapGuard, type DoubleTapGuard } from './double-tap.ts';

/** Two screens that nothing is known of but that they differ. */
const FIRST: KioskView = { kind: 'awaitingAssignment' } as KioskView;
const NEXT: KioskView = { kind: 'starting' };
const HERE = { x: 200, y: 300 };
const NEAR = { x: 212, y: 288 };
const ELSEWHERE = { x: 420, y: 300 };

let clock: ManualClock;
let guard: DoubleTapGuard;
beforeEach(() => {
  clock = createManualClock();
  guard = createDoubleTapGuard(clock);
});

describe('the second tap', () => {
  it('answers nothing in the same place, where the first has changed the screen', async () => {
    guard.press(HERE, FIRST);
    expect(guard.isSecond()).toBe(false);
    await clock.advance(180);
    guard.press(NEAR, NEXT);
    expect(guard.isSecond()).toBe(true);
  });

  it('does not make the third an answer either', async () => {
    guard.press(HERE, FIRST);
    await clock.advance(180);
    guard.press(HERE, NEXT);
    await clock.advance(180);
    guard.press(HERE, NEXT);
    expect(guard.isSecond()).toBe(true);
  });

  it.each([
    ['after a moment, the time it takes to look', 300, HERE, NEXT],
    ['on another face, however quick', 5, ELSEWHERE, NEXT],
    ['on the same screen, as a letter typed twice is', 90, HERE, FIRST],
    ['by a key', 5, null, NEXT],
  ])('is heard %s', async (_when, afterMs, touch, screen) => {
    guard.press(HERE, FIRST);
    await clock.advance(afterMs);
    guard.press(touch, screen);
    expect(guard.isSecond()).toBe(false);
  });

  it('is heard no more as a second one when a finger has rested on it, or when a click comes without a finger', async () => {
    guard.press(HERE, FIRST);
    guard.press(HERE, NEXT);
    await clock.advance(1_000);
    expect(guard.isSecond()).toBe(false);
  });
});
