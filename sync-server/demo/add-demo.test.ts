import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weekOf } from '../../domain/weeks.ts';
import { anEntry, aPush } from '../ingest/a-push.ts';
import { recount } from '../ingest/recount.ts';
import { wholeScope } from '../people/scope.ts';
import { addImprovement } from '../publication/add-improvement.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet } from '../test-tablet.ts';
import { addDemo, type DemoSummary } from './add-demo.ts';
import { removeDemo } from './remove-demo.ts';

const MONDAY_MORNING = '2026-11-23T09:00:00.000Z';

/** What is the same from one run to the next: everything but the random identities. */
async function outline(test: TestApp) {
  return test.deps.store.db
    .selectFrom('responses')
    .select(['service_id', 'sequence', 'local_date', 'half_day', 'received_on', 'answers', 'language'])
    .orderBy('service_id')
    .orderBy('sequence')
    .execute();
}

describe('the demonstration year', () => {
  let test: TestApp;
  let summary: DemoSummary | null;

  beforeAll(async () => {
    test = await openTestApp({}, MONDAY_MORNING);
    summary = await addDemo(test.deps);
  }, 60_000);
  afterAll(() => test.close());

  it('goes through the push path: every answer is stored, none is flagged or quarantined', async () => {
    const { db } = test.deps.store;
    const rows = await db.selectFrom('responses').select(['flags', 'is_counted']).execute();
    expect(rows).toHaveLength(summary?.responses ?? -1);
    expect(rows.every((row) => row.is_counted === 1)).toBe(true);
    // A child drummed twice in the year; nothing else is flagged.
    expect(rows.filter((row) => row.flags.includes('speeding'))).toHaveLength(19);
    expect(rows.filter((row) => row.flags !== '[]')).toHaveLength(19);
    expect(await db.selectFrom('quarantine').selectAll().execute()).toEqual([]);
    expect((await db.selectFrom('verbatims').select('text').execute()).length).toBeGreaterThan(300);
    expect(await recount(test.deps.store, false)).toMatchObject({ differences: [] });
  });

  it('keeps to the opening hours and never answers from the future', async () => {
    const days = new Set((await outline(test)).map((row) => row.local_date));
    expect(days.has('2026-07-14')).toBe(false);
    expect(days.has('2025-12-25')).toBe(false);
    expect([...days].some((day) => new Date(day).getUTCDay() === 0)).toBe(false);
    expect([...days].every((day) => day <= '2026-11-23')).toBe(true);
  });

  it('lets one service slip in spring and recover, and keeps a small site at about three answers a week', async () => {
    const rows = await outline(test);
    const share = (from: number, to: number): number => {
      const inSpan = rows.filter(({ service_id, local_date }) => {
        const [year, number] = weekOf(local_date).split('-W').map(Number);
        return service_id === 'etat-civil' && year === 2026 && (number ?? 0) >= from && (number ?? 0) <= to;
      });
      return (
        inSpan.filter((row) => /^\[\{[^}]*"(very|fairly)-satisfied"/.test(row.answers)).length / inSpan.length
      );
    };
    expect(share(2, 11)).toBeGreaterThan(0.88);
    expect(share(12, 23)).toBeLessThan(0.8);
    expect(share(24, 46)).toBeGreaterThan(0.88);
    const small = rows.filter((row) => row.service_id === 'ccas-accueil-social').length / 53;
    expect(small).toBeGreaterThan(2);
    expect(small).toBeLessThan(4.5);
  });

  it('revises one closed week, for a tablet that had been without network', async () => {
    const late = await test.deps.store.db
      .selectFrom('late_tallies')
      .select(['week_starts_on', 'received_on', 'count'])
      .where('item_id', '=', '')
      .where('integrity', 'in', ['clear', 'flagged'])
      .execute();
    expect(late).toEqual([{ week_starts_on: '2026-11-02', received_on: '2026-11-15', count: 4 }]);
  });

  it('publishes on the main hall’s tablet what its last quarter really was, and two lines of what was done', async () => {
    const { db } = test.deps.store;
    const results = await db.selectFrom('published_results').selectAll().execute();
    expect(results).toMatchObject([{ service_id: 'accueil-general', published_on: '2026-11-23' }]);
    const rows = (await outline(test)).filter(
      ({ service_id, local_date }) =>
        service_id === 'accueil-general' && local_date >= '2026-07-01' && local_date <= '2026-09-30',
    );
    expect(results[0]?.base).toBeGreaterThanOrEqual(30);
    expect(results[0]?.base).toBeLessThanOrEqual(rows.length);
    expect(await db.selectFrom('improvements').select('service_id').execute()).toEqual([
      { service_id: 'accueil-general' },
      { service_id: 'accueil-general' },
    ]);
  });

  it('is added once, and tells the same year from the same seed', async () => {
    expect(await addDemo(test.deps)).toBeNull();
    const again = await openTestApp({}, MONDAY_MORNING);
    try {
      await addDemo(again.deps);
      expect(await outline(again)).toEqual(await outline(test));
    } finally {
      await again.close();
    }
  }, 60_000);

  it('is taken out again without a trace, and leaves what somebody else wrote', async () => {
    await addImprovement(
      test.deps,
      wholeScope(['ville-de-libourne']),
      { organisationId: 'ville-de-libourne', serviceId: 'etat-civil' },
      { said: 'Un banc', done: 'Un banc est là.' },
      'Claire Martin',
    );
    const { db } = test.deps.store;
    const key = await db
      .selectFrom('enrolments')
      .select(['organisation_id', 'enrolment_id'])
      .executeTakeFirstOrThrow();
    const signs = { former_boot_id: null, boot_returns: 0, taken_sequences: 1, last_sign_at: null };
    const run = {
      first_sequence: 1,
      last_sequence: 2,
      through_sequence: 2,
      noticed_at: '',
      cause: 'thinned',
    };
    await db
      .insertInto('known_losses')
      .values({ ...key, ...run })
      .execute();
    await db
      .insertInto('shared_enrolments')
      .values({ ...key, ...signs })
      .onConflict((on) => on.doNothing())
      .execute();
    const removed = await removeDemo(test.deps.store);
    expect(removed).toEqual({ responses: summary?.responses });
    for (const table of [
      'responses',
      'verbatims',
      'enrolments',
      'quarantine',
      'early_arrivals',
      'known_losses',
      'shared_enrolments',
      'published_results',
      'alive_quarters',
      'visitor_counts',
      'calendar_marks',
    ] as const)
      expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
    expect(await db.selectFrom('improvements').select('said').execute()).toEqual([{ said: 'Un banc' }]);
    expect(await db.selectFrom('organisations').select('is_demonstration').execute()).toEqual([
      { is_demonstration: 0 },
      { is_demonstration: 0 },
    ]);
    expect(await removeDemo(test.deps.store)).toBeNull();
    expect((await recount(test.deps.store, true)).responses).toBe(0);
    for (const table of ['tallies', 'late_tallies', 'half_day_tallies'] as const)
      expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
  });
});

describe('a store with real answers', () => {
  it('refuses the demonstration and says what to do', async () => {
    const test = await openTestApp({}, MONDAY_MORNING);
    try {
      const tablet = await enrolTablet(test);
      expect((await tablet.push(aPush([anEntry(1)]))).reply.verdicts).toMatchObject([
        { verdict: 'accepted' },
      ]);
      await expect(addDemo(test.deps)).rejects.toThrow('DATA_DIR=data-demo npm start -- --demo');
      expect(await removeDemo(test.deps.store)).toBeNull();
    } finally {
      await test.close();
    }
  });
});
