import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const WEB = fileURLToPath(new URL('../dist/web/', import.meta.url));

/**
 * What Safari 15.4 does not know, and Chrome 99 and Firefox 98 do not either: a town keeps its tablets for ten years, and an iPad of 2014 stops there.
 * A script that cannot be read is a white page, whatever is detected in it.
 */
const TOO_NEW: Readonly<Record<string, RegExp>> = {
  'a regular expression that looks behind': /\(\?<[=!]/,
  'a static block': /\bstatic\s*\{/,
  'a copying method of arrays': /\.(toSorted|toReversed|toSpliced|with)\(/,
  'Object.groupBy, Map.groupBy': /\.groupBy\(/,
  'Promise.withResolvers, Promise.try': /\bPromise\.(withResolvers|try)\b/,
  'AbortSignal.timeout, AbortSignal.any': /\bAbortSignal\.(timeout|any)\b/,
  'a method of new sets': /\.(isSubsetOf|isSupersetOf|symmetricDifference)\(/,
  'a flag v of a regular expression': /\/[dgimsuy]*v[dgimsuy]*\.(test|exec)\(/,
  'Array.fromAsync': /\bArray\.fromAsync\b/,
  'a well-formed text': /\.(isWellFormed|toWellFormed)\(/,
};

/**
 * The keyboard and the guard look behind, which Safari knows from 16.4 on. An older one cannot read that part and does without it: the text
 * is typed on the device's own keyboard.
 */
const MAY_BE_MISSING = /^suggestion-/;

function offencesIn(script: string): readonly string[] {
  return Object.entries(TOO_NEW).flatMap(([name, pattern]) => (pattern.test(script) ? [name] : []));
}

it('ships to the tablet no script that an iPad of 2014 cannot run', async () => {
  const assets = (await readdir(`${WEB}kiosk/assets`)).filter((file) => file.endsWith('.js'));
  expect(assets.some((file) => file.startsWith('kiosk-'))).toBe(true);
  const needed = assets.filter((file) => !MAY_BE_MISSING.test(file));
  expect(needed).not.toEqual(assets);
  const scripts = [...needed.map((file) => `kiosk/assets/${file}`), 'kiosk-sw.js'];
  const offences = await Promise.all(
    scripts.map(async (file) =>
      offencesIn(await readFile(`${WEB}${file}`, 'utf8')).map((name) => `${file}: ${name}`),
    ),
  );
  expect(offences.flat()).toEqual([]);
});

it('would see one', () => {
  expect(offencesIn('x.replace(/(?<=a)b/u,"")')).toEqual(['a regular expression that looks behind']);
  expect(offencesIn('class A{static{A.b=1}}')).toEqual(['a static block']);
  expect(offencesIn('[1].toReversed().map(f)')).toEqual(['a copying method of arrays']);
});
