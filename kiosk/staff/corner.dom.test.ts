import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../manual-clock.ts';
import { watchCorner } from './corner.ts';

let clock: ManualClock;
let calls: number;
let stop: () => void;
beforeEach(() => {
  clock = createManualClock();
  calls = 0;
  stop = watchCorner(document, clock, () => {
    calls += 1;
  });
});
afterEach(() => {
  stop();
  document.documentElement.dir = 'ltr';
});

function finger(kind: string, clientX: number, clientY: number, isPrimary = true): void {
  document.body.dispatchEvent(
    new PointerEvent(kind, { clientX, clientY, isPrimary, pointerId: 1, bubbles: true }),
  );
}

describe('the corner', () => {
  it('is held for three seconds, not less', async () => {
    finger('pointerdown', 20, 20);
    await clock.advance(2_900);
    expect(calls).toBe(0);
    await clock.advance(200);
    expect(calls).toBe(1);
  });

  it('takes a trembling hand', async () => {
    finger('pointerdown', 20, 20);
    finger('pointermove', 32, 28);
    await clock.advance(3_100);
    expect(calls).toBe(1);
  });

  it.each<[string, () => void]>([
    ['lifts', () => finger('pointerup', 20, 20)],
    ['is taken by the system', () => finger('pointercancel', 20, 20)],
    ['wanders off', () => finger('pointermove', 120, 20)],
    ['is joined by another', () => finger('pointerdown', 40, 40, false)],
  ])('is left alone by a finger that %s', async (_, event) => {
    finger('pointerdown', 20, 20);
    await clock.advance(1_500);
    event();
    await clock.advance(10_000);
    expect(calls).toBe(0);
  });

  it.each([
    [140, 20],
    [20, 140],
    [600, 400],
  ])('is not at %d, %d', async (x, y) => {
    finger('pointerdown', x, y);
    await clock.advance(10_000);
    expect(calls).toBe(0);
  });

  it('is not opened by taps, however many: a screen reader gives nothing else', async () => {
    for (let tap = 0; tap < 50; tap += 1) {
      finger('pointerdown', 20, 20);
      await clock.advance(80);
      finger('pointerup', 20, 20);
      document.body.click();
      await clock.advance(80);
    }
    expect(calls).toBe(0);
  });

  it('has a chord for a keyboard', () => {
    const chord = { code: 'KeyM', ctrlKey: true, altKey: true, shiftKey: true };
    for (const lacking of ['ctrlKey', 'altKey', 'shiftKey'])
      document.dispatchEvent(new KeyboardEvent('keydown', { ...chord, [lacking]: false }));
    expect(calls).toBe(0);
    document.dispatchEvent(new KeyboardEvent('keydown', chord));
    expect(calls).toBe(1);
  });
});
