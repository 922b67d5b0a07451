import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../../domain/small-base.ts';
import { smallestSetFound } from '../../domain/test-attacker.ts';
import { type Figure, type HalfDays, halfDaysSchema, type ServiceDetail } from '../../protocol/scores.ts';
import { recount } from '../ingest/recount.ts';
import { readMigrations } from '../store/migrations.ts';
import { TEST_ENGINE } from '../store/test-store.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';
import { openReception, type TestReception } from '../test-reception.ts';
import { sql } from 'kysely';

const VILLE = 'ville-de-libourne';
const PAGE = `/api/v1/scores/services/${VILLE}/accueil-general`;

let server: TestApp;
let person: TestPerson;
let hall: TestReception;
beforeAll(async () => {
  server = await openTestApp();
  person = await asPerson(server);
  hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
});
afterAll(async () => server.close());
beforeEach(async () => {
  const { db } = server.deps.store;
  for (const table of ['tallies', 'late_tallies', 'half_day_tallies', 'responses'] as const)
    await db.deleteFrom(table as 'responses').execute();
});

const read = async (period: string): Promise<HalfDays> =>
  v.parse(halfDaysSchema, (await person.get(`${PAGE}/half-days?period=${period}`)).json());
const told = ({ cells }: HalfDays) =>
  cells
    .filter(({ figure }) => figure.base > 0)
    .map(({ weekday, halfDay, figure }) => [
      weekday,
      halfDay,
      figure.base,
      figure.measures?.shareSatisfied ?? figure.disclosure,
    ]);

describe('the half-days of a week', () => {
  it('are those on the wall of the site, of the period or of the 13 weeks that end with a week', async () => {
    await hall.receive(
      // 11 h 30 and 12 h 30 at Libourne, in winter and in summer: 10 h 30 UTC is the morning in the one and the afternoon in the other.
      { day: '2026-11-18', hour: 11.5, levels: { 'very-satisfied': 30 } },
      { day: '2026-11-11', hour: 12.5, levels: { 'very-satisfied': 10, 'very-dissatisfied': 5 } },
      { day: '2026-09-02', hour: 12.5, levels: { 'very-satisfied': 15 } },
      { day: '2026-07-01', hour: 12.5, levels: { 'very-satisfied': 12 } },
    );
    expect(told(await read('2026-W47'))).toEqual([
      [3, 'am', 30, 1],
      [3, 'pm', 30, 25 / 30],
    ]);
    expect(await read('2026-W47')).toMatchObject({ firstDay: '2026-08-24', lastDay: '2026-11-22' });
    expect(told(await read('2026-11'))).toEqual([
      [3, 'am', 30, 1],
      [3, 'pm', 15, 10 / 15],
    ]);
    expect(told(await read('2026-Q3'))).toEqual([[3, 'pm', 27, 1]]);
    expect((await person.get(`${PAGE}/half-days?period=toujours`)).statusCode).toBe(422);
    const unknown = `/api/v1/scores/services/${VILLE}/nulle-part/half-days?period=2026`;
    expect((await person.get(unknown)).statusCode).toBe(404);
  });

  it('leave out what is set aside, and are recounted to the last one', async () => {
    await hall.receive(
      { day: '2026-11-18', levels: { 'very-satisfied': 12 } },
      { day: '2026-11-18', levels: { 'very-dissatisfied': 7 }, flags: ['burst'] },
    );
    expect(told(await read('2026-W47'))).toEqual([[3, 'am', 12, 1]]);
    const { store } = server.deps;
    expect((await recount(store, false)).differences).toEqual([]);
    await store.db.updateTable('half_day_tallies').set({ count: 11 }).execute();
    expect((await recount(store, true)).differences).toMatchObject([
      { table: 'half_day_tallies', stored: 11, recounted: 12 },
    ]);
    expect(told(await read('2026-W47'))).toEqual([[3, 'am', 12, 1]]);
  });

  it('are counted of what was stored before they were', async () => {
    await hall.receive(
      { day: '2026-11-17', levels: { 'very-satisfied': 12, 'not-applicable': 2 } },
      { day: '2026-11-18', hour: 15, levels: { 'very-dissatisfied': 7 }, flags: ['burst', 'personal-data'] },
      { day: '2026-11-18', hour: 15, levels: { 'fairly-satisfied': 6 }, flags: ['personal-data'] },
      { day: '2026-11-18', hour: 15, levels: { 'fairly-satisfied': 6 }, flags: ['test-mode'] },
    );
    const { store } = server.deps;
    await store.db.deleteFrom('half_day_tallies').execute();
    const step = readMigrations(TEST_ENGINE).find(({ name }) => name === 'count-half-days');
    const fill = step?.sql.slice(step.sql.indexOf('insert into half_day_tallies')) ?? '';
    await sql.raw(fill.replace(/;\s*$/, '')).execute(store.db);
    expect((await recount(store, false)).differences).toEqual([]);
    expect(told(await read('2026-W47'))).toEqual([
      [2, 'am', 12, 1],
      [3, 'pm', 6, 'counts-only'],
    ]);
  });
});

it('lets nobody work out fewer than five answers from the half-days and the figure of the period', async () => {
  const { db } = server.deps.store;
  const days = ['2026-11-16', '2026-11-17', '2026-11-18'];
  const isTold = ({ counts, measures }: Figure) => counts !== null || measures !== null;
  const base = fc.oneof({ weight: 3, arbitrary: fc.nat(6) }, fc.integer({ min: 7, max: 40 }));
  let held = 0;
  await fc.assert(
    fc.asyncProperty(fc.tuple(base, base, base, base, base, base), async (bases) => {
      for (const table of ['tallies', 'half_day_tallies'] as const)
        await db.deleteFrom(table as 'tallies').execute();
      const counted = {
        organisation_id: VILLE,
        service_id: 'accueil-general',
        item_id: 'GLOB',
        scale_id: 'four-level-agreement',
        code: 'very-satisfied',
      };
      const cells = bases.map((count, index) => ({
        ...counted,
        local_date: days[Math.floor(index / 2)] ?? '',
        half_day: index % 2 === 0 ? ('am' as const) : ('pm' as const),
        count,
      }));
      const some = cells.filter(({ count }) => count > 0);
      if (some.length > 0) await db.insertInto('half_day_tallies').values(some).execute();
      const total = bases.reduce((sum, count) => sum + count, 0);
      const whole = { ...counted, channel: 'tablet', integrity: 'clear' as const, count: total };
      if (total > 0)
        await db
          .insertInto('tallies')
          .values({ ...whole, grain: 'day' as const, starts_on: '2026-11-16' })
          .execute();
      const shown = await read('2026-11');
      const detail = (await person.get(`${PAGE}?period=2026-11`)).json<ServiceDetail>();
      const known = cells.flatMap(({ local_date, half_day }, index) => {
        const weekday = days.indexOf(local_date) + 1;
        const cell = shown.cells.find((one) => one.weekday === weekday && one.halfDay === half_day);
        return cell !== undefined && isTold(cell.figure)
          ? [cells.map((_, other) => (other === index ? 1 : 0))]
          : [];
      });
      const global = detail.items.find(({ isGlobal }) => isGlobal);
      expect(shown.figure).toEqual(global?.figure);
      if (isTold(shown.figure)) known.push(cells.map(() => 1));
      held += shown.cells.filter(({ figure }) => figure.base >= 5 && !isTold(figure)).length;
      expect(smallestSetFound(bases, known)).toBeGreaterThanOrEqual(DEFAULT_THRESHOLDS.hiddenBelow);
    }),
    { numRuns: 40 },
  );
  expect(held).toBeGreaterThan(3);
}, 60_000);
