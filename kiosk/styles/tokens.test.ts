import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SHEET = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const TEXT = 4.5;
const SHAPE = 3;
const FACES = ['--level-1', '--level-2', '--level-3', '--level-4', '--level-5'] as const;

describe('the colours', () => {
  it.each<readonly [string, string, number]>([
    ['--ink', '--paper', TEXT],
    ['--ink', '--card', TEXT],
    ['--ink', '--sunken', TEXT],
    ['--ink', '--accent-wash', TEXT],
    ['--ink-soft', '--paper', TEXT],
    ['--ink-soft', '--card', TEXT],
    ['--accent', '--paper', TEXT],
    ['--accent-ink', '--accent', TEXT],
    ['--alarm', '--paper', TEXT],
    ['--line', '--paper', SHAPE],
    ['--line', '--card', SHAPE],
    ['--accent', '--card', SHAPE],
    ['--focus', '--paper', SHAPE],
    ['--focus', '--card', SHAPE],
    ['--focus', '--line', 1.5],
    ...FACES.map((disc): [string, string, number] => ['--ink', disc, TEXT]),
  ])('tell %s from %s at %d to 1', (front, back, ratio) => {
    expect(contrast(colourOf(front), colourOf(back))).toBeGreaterThanOrEqual(ratio);
  });
});

/** A colour of the sheet as red, green and blue from 0 to 255. */
function colourOf(token: string): readonly number[] {
  const hex = new RegExp(`${token}: #([0-9a-f]{6});`).exec(SHEET)?.[1];
  if (hex === undefined) throw new Error(`tokens.css gives no colour to ${token}`);
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** Contrast ratio of WCAG 2.2, 1 to 21. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance of WCAG 2.2, from sRGB. */
function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
