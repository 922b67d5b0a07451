import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const PAGE = readFileSync(new URL('docs/sync-protocol.md', ROOT), 'utf8');

/** The rows of the table of invariants: number, and each test as file and part of its name. */
function invariants(): { number: string; tests: { file: string; title: string }[] }[] {
  return [...PAGE.matchAll(/^\| (I\d+) \|(.*)$/gm)].map(([, number = '', row = '']) => ({
    number,
    tests: [...row.matchAll(/`([^`]+\.ts)` “([^”]+)”/g)].map(([, file = '', title = '']) => ({
      file,
      title,
    })),
  }));
}

describe('the invariants of docs/sync-protocol.md', () => {
  it('are numbered without a gap', () => {
    const numbers = invariants().map(({ number }) => number);
    expect(numbers.length).toBeGreaterThan(8);
    expect(numbers).toEqual(numbers.map((_, index) => `I${index + 1}`));
  });

  it.each(invariants())('name tests that exist: $number', ({ tests }) => {
    expect(tests).not.toEqual([]);
    for (const { file, title } of tests) {
      const source = readFileSync(new URL(file, ROOT), 'utf8');
      // The name stands in the file as it is, or as the template it is made from.
      expect(source, `${file} has no test “${title}”`).toContain(title);
    }
  });
});
