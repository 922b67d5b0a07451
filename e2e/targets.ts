import type { Page } from 'playwright-core';

/** A ten-inch tablet on its long side, an older one, and a ten-inch tablet on its short side. */
export const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
  { width: 800, height: 1280 },
];

/**
 * What does not hang on how a screen is laid out (hands, time, voice) is tried on one size in each run of the tests, and on all by night and
 * by `npm run test:accessibility`.
 */
export const SIZES_OF_THIS_RUN =
  process.env['PARVIS_NIGHTLY'] === '1' || process.env['PARVIS_EVERY_SIZE'] === '1'
    ? SIZES
    : SIZES.slice(0, 1);

/** Something on the kiosk that can be touched, measured in CSS pixels. */
export interface Target {
  readonly name: string;
  /** A face answers a question, a key types; anything else is a button or a field. */
  readonly kind: 'face' | 'key' | 'other';
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Everything that is shown and can be touched; under a dialog, what is in the dialog. */
export function measureTargets(page: Page): Promise<readonly Target[]> {
  return page.evaluate(() => {
    const scope = document.querySelector('dialog[open]') ?? document;
    const elements = [...scope.querySelectorAll<HTMLElement>('button, a[href], textarea, input, label')];
    const touched = elements.filter((element) => {
      // What is kept for later, like the keys of « Bas » until the field is touched, is no target yet.
      if (!element.checkVisibility({ visibilityProperty: true })) return false;
      // A radio button is touched by its label, and a label without one by what it names.
      if (element instanceof HTMLLabelElement) return element.querySelector('input') !== null;
      return element.closest('label') === null;
    });
    return touched.map((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const words = element.textContent.trim() || element.getAttribute('name') || element.tagName;
      return {
        name: words,
        kind: element.matches('[data-scale] label')
          ? 'face'
          : element.matches('.keys button')
            ? 'key'
            : 'other',
        left,
        top,
        width,
        height,
      };
    });
  });
}

/** The pairs of targets that are closer to each other than they should be. The keys of a keyboard stand close by nature. */
export function gapsBelow(
  targets: readonly Target[],
  least: number,
): readonly { readonly first: string; readonly second: string; readonly gap: number }[] {
  return targets.flatMap((first, index) =>
    targets
      .slice(index + 1)
      .filter((second) => first.kind !== 'key' || second.kind !== 'key')
      .map((second) => ({ first: first.name, second: second.name, gap: gapBetween(first, second) }))
      // Positions of fractions of a pixel are rounded on their way to the screen.
      .filter(({ gap }) => gap < least - 0.5),
  );
}

function gapBetween(a: Target, b: Target): number {
  const across = Math.max(a.left - (b.left + b.width), b.left - (a.left + a.width), 0);
  const down = Math.max(a.top - (b.top + b.height), b.top - (a.top + a.height), 0);
  return Math.round(Math.hypot(across, down) * 10) / 10;
}
