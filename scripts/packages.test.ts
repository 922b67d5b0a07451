import { expect, it } from 'vitest';
import { satisfies } from './packages.mjs';

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
