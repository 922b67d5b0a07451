import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Entry, EntryVerdict } from '../../protocol/push.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { anEntry, aPush, aRating } from './a-push.ts';
import { recount } from './recount.ts';

/** Invariants 1, 2 and 6: nothing sent is lost, nothing is counted twice, and every figure can be recounted. */
const TABLETS = 3;
const CODES = ['very-satisfied', 'fairly-satisfied', 'very-dissatisfied', 'not-applicable'];

let server: TestApp;
const tablets: { readonly tablet: TestTablet; sequence: number }[] = [];
beforeAll(async () => {
  server = await openTestApp();
  for (let index = 0; index < TABLETS; index += 1)
    tablets.push({ tablet: await enrolTablet(server), sequence: 0 });
});
afterAll(async () => server.close());

/** Which tablet pushes, and which of its entries, by place in its queue; the same ones may come again and again. */
const pushArbitrary = fc.record({
  tablet: fc.nat(TABLETS - 1),
  places: fc.array(fc.nat(9), { maxLength: 12 }),
});
const visitArbitrary = fc.record({
  code: fc.constantFrom(...CODES),
  daysAgo: fc.nat(30),
  isTest: fc.boolean(),
  disposition: fc.constantFrom('complete' as const, 'partial' as const),
});

it('counts each response once, whatever the order, the duplication and the interleaving', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(visitArbitrary, { minLength: 10, maxLength: 10 }), {
        minLength: TABLETS,
        maxLength: TABLETS,
      }),
      fc.array(fc.array(pushArbitrary, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
      async (visits, rounds) => {
        const queues = visits.map((ofTablet, index) => ofTablet.map((visit) => entryOf(index, visit)));
        const accepted = new Map<string, number>();
        const push = async (index: number, entries: readonly Entry[]) => {
          const { status, reply } = await tabletAt(index).tablet.push(aPush(entries));
          expect(status).toBe(201);
          noteVerdicts(accepted, entries, reply.verdicts);
        };
        // Those of one round are under way together.
        for (const round of rounds)
          await Promise.all(
            round.map(({ tablet, places }) =>
              push(
                tablet,
                places.flatMap((place) => queues[tablet]?.[place] ?? []),
              ),
            ),
          );
        await Promise.all(queues.map((queue, index) => push(index, queue)));

        for (const entry of queues.flat()) expect(accepted.get(entry.responseId)).toBe(1);
        await everythingIsCounted();
      },
    ),
    { numRuns: 40 },
  );
  const marks = await server.deps.store.db.selectFrom('enrolments').select(['high_water_mark']).execute();
  expect(new Set(marks.map((row) => row.high_water_mark))).toEqual(
    new Set(tablets.map(({ sequence }) => sequence)),
  );
  expect(await server.deps.store.db.selectFrom('early_arrivals').selectAll().execute()).toEqual([]);
});

function tabletAt(index: number): (typeof tablets)[number] {
  const found = tablets[index];
  if (found === undefined) throw new RangeError(`There is no tablet ${index}.`);
  return found;
}

function entryOf(
  tablet: number,
  visit: { code: string; daysAgo: number; isTest: boolean; disposition: 'complete' | 'partial' },
): Entry {
  const queue = tabletAt(tablet);
  queue.sequence += 1;
  return anEntry(queue.sequence, {
    answeredAt: new Date(server.clock.now() - visit.daysAgo * 86_400_000 - 60_000).toISOString(),
    disposition: visit.disposition,
    answers: [aRating('GLOB', visit.code), aRating('ATTE', visit.code)],
    paradata: { durationSeconds: 5, flags: visit.isTest ? ['test-mode'] : [] },
  });
}

function noteVerdicts(
  accepted: Map<string, number>,
  entries: readonly Entry[],
  verdicts: readonly EntryVerdict[],
): void {
  expect(verdicts.map(({ responseId }) => responseId)).toEqual(entries.map(({ responseId }) => responseId));
  for (const { responseId, verdict } of verdicts) {
    expect(['accepted', 'duplicate']).toContain(verdict);
    if (verdict === 'accepted') accepted.set(responseId ?? '', (accepted.get(responseId ?? '') ?? 0) + 1);
  }
}

async function everythingIsCounted(): Promise<void> {
  const { store } = server.deps;
  const total = tablets.reduce((sum, { sequence }) => sum + sequence, 0);
  const { responses, differences } = await recount(store, false);
  expect({ responses, differences }).toEqual({ responses: total, differences: [] });
  const counted = await store.db
    .selectFrom('responses')
    .select((of) => of.fn.sum<number>('is_counted').as('sum'))
    .executeTakeFirstOrThrow();
  const tallied = await store.db
    .selectFrom('tallies')
    .select((of) => of.fn.sum<number>('count').as('sum'))
    .where('item_id', '=', '')
    .where('grain', '=', 'week')
    .executeTakeFirstOrThrow();
  expect(tallied.sum).toBe(counted.sum);
}
