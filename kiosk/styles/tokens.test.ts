import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** What a visitor may see: the town's colours, and those of « Contraste ». Text, and what is drawn, at so much to 1. */
const THEMES = [
  { name: 'tokens.css', sheet: sheetAt('tokens.css'), text: 4.5, shape: 3 },
  { name: 'contrast.css', sheet: sheetAt('../comfort/contrast.css'), text: 7, shape: 3 },
] as const;
/** On the black page the discs stay light, and the mouths dark: the colour that text on the accent has. */
const DRAWN_ON_DISCS = { 'tokens.css': '--ink', 'contrast.css': '--accent-ink' } as const;
const FACES = ['--level-1', '--level-2', '--level-3', '--level-4', '--level-5'] as const;

describe.each(THEMES)('the colours of $name (T02)', ({ name, sheet, text, shape }) => {
  it.each<readonly [string, string, number]>([
    ['--ink', '--paper', text],
    ['--ink', '--card', text],
    ['--ink', '--sunken', text],
    ['--ink', '--accent-wash', text],
    ['--ink-soft', '--paper', text],
    ['--ink-soft', '--card', text],
    ['--accent', '--paper', text],
    ['--accent-ink', '--accent', text],
    ['--alarm', '--paper', text],
    ['--line', '--paper', shape],
    ['--line', '--card', shape],
    ['--accent', '--card', shape],
    ['--focus', '--paper', shape],
    ['--focus', '--card', shape],
    ['--focus', '--line', 1.5],
    ...FACES.map((disc): [string, string, number] => [DRAWN_ON_DISCS[name], disc, text]),
  ])('tell %s from %s at %d to 1', (front, back, ratio) => {
    const contrasted = contrast(colourOf(sheet, front), colourOf(sheet, back));
    expect(contrasted).toBeGreaterThanOrEqual(ratio);
  });
});

it('declares no face beside another of its family: what is not loaded of a family costs time at each size of text', () => {
  const families = [...sheetAt('tokens.css').matchAll(/@font-face \{\s+font-family: ([^;]+);/g)].map(
    ([, family]) => family,
  );
  expect(families.length).toBeGreaterThan(1);
  expect(families).toEqual([...new Set(families)]);
});

function sheetAt(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

/** A colour of a sheet as red, green and blue from 0 to 255. */
function colourOf(sheet: string, token: string): readonly number[] {
  const hex = new RegExp(`${token}: #([0-9a-f]{6});`).exec(sheet)?.[1];
  if (hex === undefined) throw new Error(`The sheet gives no colour to ${token}`);
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
