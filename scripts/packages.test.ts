import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { refuseBorrowed, satisfies } from './packages.mjs';

const RANGE = '^20.19.0 || >=22.14.0';

it.each([
  ['20.18.3', false],
  ['20.19.0', true],
  ['20.20.2', true],
  ['21.7.0', false],
  ['22.13.1', false],
  ['22.14.0', true],
  ['24.0.0', true],
])('judges Node %s against the range of package.json: %s', (version, expected) => {
  expect(satisfies(version, RANGE)).toBe(expected);
});

it('refuses to guess at a range it cannot read', () => {
  expect(() => satisfies('20.0.0', '20.x')).toThrow('20.x');
});

it('installs nothing through a link to the packages of another checkout', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-borrowed-'));
  try {
    const [own, borrowed] = [join(folder, 'own'), join(folder, 'borrowed')];
    mkdirSync(own);
    symlinkSync(own, borrowed);
    expect(() => refuseBorrowed(borrowed)).toThrow('link to the packages of another checkout');
    expect(() => refuseBorrowed(own)).not.toThrow();
    expect(() => refuseBorrowed(join(folder, 'absent'))).not.toThrow();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
