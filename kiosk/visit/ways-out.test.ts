import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const KIOSK = fileURLToPath(new URL('../', import.meta.url));
/** What leads out of a page, or lets something in, however it is written. */
const WAYS_OUT: readonly RegExp[] = [
  /<(a|area|iframe|frame|object|embed|form action)[\s>]/,
  /createElement\(\s*'(a|area|iframe|object|embed)'/,
  /\b(href|target|download|contentEditable|draggable)=/,
  /\btype="(file|url|email|tel|search|date|color)"/,
  /(tel|mailto|file|javascript|intent|data):[^\s/]*['"`]/,
  /\b(window|globalThis)\.open\(|[^.\w]open\(\s*['"`]/,
  /\b(print|alert|confirm|prompt|showOpenFilePicker|showSaveFilePicker|requestPictureInPicture)\(/,
  /navigator\.(share|clipboard|contacts|registerProtocolHandler)/,
  /location\.(assign|replace)\(|location(\.href)? = |history\.(pushState|back|forward|go)\(/,
  /execCommand|innerHTML = |insertAdjacentHTML|document\.write/,
  /sessionStorage/,
];
/** Behind a PIN: a rescue file is downloaded there. */
const STAFF = /^staff\//;

const sources = readdirSync(KIOSK, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(tsx?|html)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ name: relative(KIOSK, path), lines: readFileSync(path, 'utf8').split('\n') }))
  .filter(({ name }) => !STAFF.test(name));

function waysOutOf(lines: readonly string[]): readonly string[] {
  return lines.filter(
    (line) => !/^\s*(\/?\*|\/\/|<link )/.test(line) && WAYS_OUT.some((way) => way.test(line)),
  );
}

it('T20 has no link, no file input, no share, no print and no other page in what a visitor sees', () => {
  expect(sources.length).toBeGreaterThan(40);
  const found = sources.flatMap(({ name, lines }) =>
    waysOutOf(lines).map((line) => `${name}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

it('would see one', () => {
  const planted = [
    '<a href="/accessibilite">',
    '<input type="file" />',
    "window.open('https://example.org')",
    "location.href = '/admin/';",
    'void navigator.share({ text });',
    'print();',
    "const link = 'mailto:accueil@libourne.example';",
    '<p draggable="true">',
    'root.innerHTML = text;',
  ];
  expect(waysOutOf(planted)).toEqual(planted);
});
