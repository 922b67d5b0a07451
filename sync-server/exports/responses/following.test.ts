import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Following } from './following.ts';

type Row = readonly [responseId: string, word: string];

const idOf = (number: number): string => `id-${String(number).padStart(4, '0')}`;

/** A table in the order of its identities, and how often it was asked. */
function tableOf(numbers: readonly number[]) {
  const rows = numbers.map((number): Row => [idOf(number), `of ${number}`]);
  const asked: string[] = [];
  const after = async (responseId: string, most: number): Promise<readonly Row[]> => {
    asked.push(responseId);
    return rows.filter(([id]) => id > responseId).slice(0, most);
  };
  return { rows, asked, after };
}

it('gives each stretch what belongs to it, wherever the pages end', async () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(
      numbers,
      fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 1, max: 7 }),
      async (held, cuts, most) => {
        const table = tableOf(held.toSorted((a, b) => a - b));
        const following = new Following<Row>(table.after, most);
        const ends = cuts.toSorted((a, b) => a - b);
        for (let index = 0; index + 1 < ends.length; index += 2) {
          const [first, last] = [idOf(ends[index] ?? 0), idOf(ends[index + 1] ?? 0)];
          expect(await following.between(first, last)).toEqual(
            table.rows.filter(([id]) => first <= id && id <= last),
          );
        }
      },
    ),
  );
});

it('asks for pages, not for stretches, and from the first stretch on', async () => {
  const table = tableOf(Array.from({ length: 100 }, (_, number) => number));
  const following = new Following<Row>(table.after, 30);
  for (let first = 50; first < 100; first += 2) await following.between(idOf(first), idOf(first + 1));
  expect(table.asked).toEqual(['id-005', 'id-0079']);
});

it('asks no more where there is nothing more', async () => {
  const table = tableOf([3]);
  const following = new Following<Row>(table.after, 30);
  for (let first = 1; first < 50; first += 1) await following.between(idOf(first), idOf(first));
  expect(table.asked).toEqual(['id-000']);
});
