import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localMidnightMs } from '../../domain/local-time.ts';
import type { CoverageView } from '../../protocol/coverage.ts';
import type { Overview, ServiceDetail } from '../../protocol/scores.ts';
import { aPush } from '../ingest/a-push.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson } from '../test-person.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { isSameQuarter, noteAlive } from './note-alive.ts';

const VILLE = 'ville-de-libourne';
const PARIS = 'Europe/Paris';
const MINUTE_MS = 60_000;

let server: TestApp;
let tablet: TestTablet;
beforeEach(async () => {
  // The hall is open from 8:30 to 17:30, Monday to Friday.
  server = await openTestApp({}, '2026-11-16T07:00:00.000Z');
  tablet = await enrolTablet(server);
});
afterEach(async () => server.close());

const at = (day: string, hour: number, minute = 0) =>
  localMidnightMs(day, PARIS) + (hour * 60 + minute) * MINUTE_MS;
/** A heartbeat in every quarter of an hour. */
async function beat(day: string, fromHour: number, toHour: number): Promise<void> {
  for (let now = at(day, fromHour); now < at(day, toHour); now += 15 * MINUTE_MS) {
    server.clock.nowMs = now;
    expect((await tablet.push(aPush([], { sentAt: new Date(now).toISOString() }))).status).toBe(201);
  }
}
async function coverage(period = '2026-W47'): Promise<CoverageView | null> {
  const person = await asPerson(server, [VILLE]);
  const overview = (await person.get(`/api/v1/scores/overview?period=${period}`)).json<Overview>();
  const detail = (
    await person.get(`/api/v1/scores/services/${VILLE}/accueil-general?period=${period}`)
  ).json<ServiceDetail>();
  const shown = overview.services.find(({ serviceId }) => serviceId === 'accueil-general')?.coverage ?? null;
  expect(detail.coverage).toEqual(shown);
  return shown;
}
const rows = async () => server.deps.store.db.selectFrom('alive_quarters').selectAll().execute();

describe('coverage', () => {
  it('is the hours the tablet was heard of out of those the reception was open, with the gaps named', async () => {
    await beat('2026-11-16', 8, 18);
    await beat('2026-11-17', 8, 9);
    await beat('2026-11-17', 12, 18);
    server.clock.nowMs = at('2026-11-17', 20);
    expect(await coverage()).toEqual({
      openMinutes: 1_080,
      aliveMinutes: 540 + 30 + 330,
      measuredFrom: null,
      gaps: [
        {
          pointName: 'Accueil de l’Hôtel de Ville',
          date: '2026-11-17',
          from: '09:00',
          to: '12:00',
          minutes: 180,
          isWholeDay: false,
        },
      ],
      otherGaps: 0,
    });
  });

  it('asks nothing of the hours to come', async () => {
    await beat('2026-11-16', 8, 11);
    server.clock.nowMs = at('2026-11-16', 11);
    expect(await coverage()).toMatchObject({ openMinutes: 150, aliveMinutes: 150, gaps: [] });
  });

  it('says from which day on it is known, and nothing of the weeks before', async () => {
    await beat('2026-11-18', 8, 18);
    server.clock.nowMs = at('2026-11-18', 20);
    expect(await coverage()).toMatchObject({ openMinutes: 540, measuredFrom: '2026-11-18' });
    expect(await coverage('2026-W46')).toBeNull();
    expect(await coverage('2026-11')).toMatchObject({ openMinutes: 540, measuredFrom: '2026-11-18' });
  });

  it('counts no public holiday against a tablet', async () => {
    server.clock.nowMs = at('2026-11-09', 8);
    tablet = await enrolTablet(server);
    await beat('2026-11-09', 8, 18);
    await beat('2026-11-10', 8, 18);
    await beat('2026-11-12', 8, 18);
    await beat('2026-11-13', 8, 18);
    expect(await coverage('2026-W46')).toMatchObject({
      openMinutes: 4 * 540,
      aliveMinutes: 4 * 540,
      gaps: [],
    });
  });

  it('ends with the tablet', async () => {
    await beat('2026-11-16', 8, 18);
    const person = await asPerson(server, [VILLE]);
    const url = `/api/v1/fleet/enrolments/${VILLE}/${tablet.enrolmentId}/revocation`;
    expect((await person.send('POST', url, {})).statusCode).toBeLessThan(300);
    server.clock.nowMs = at('2026-11-20', 20);
    expect(await coverage()).toMatchObject({ openMinutes: 540, aliveMinutes: 540 });
  });

  it('takes one row a day and point, written once a quarter of an hour', async () => {
    await beat('2026-11-16', 9, 11);
    const [row, ...others] = await rows();
    expect(others).toEqual([]);
    // 9:00 to 11:00 are the quarters 36 to 43.
    expect(row).toMatchObject({ point_id: 'accueil-hotel-de-ville', local_date: '2026-11-16', afternoon: 0 });
    expect(row?.morning).toBe(2 ** 44 - 2 ** 36);
    // Within a quarter nothing is written: what was taken away stays away until the next one.
    await server.deps.store.db.deleteFrom('alive_quarters').execute();
    const sameQuarter = at('2026-11-16', 10, 58);
    server.clock.nowMs = sameQuarter;
    await tablet.push(aPush([]));
    expect(await rows()).toEqual([]);
    server.clock.nowMs = at('2026-11-16', 11, 1);
    await tablet.push(aPush([]));
    expect(await rows()).toHaveLength(1);
  });

  it('adds to a day what another process has noted of it', async () => {
    const sign = { organisationId: VILLE, pointId: 'accueil-hotel-de-ville', timeZone: PARIS };
    const { db } = server.deps.store;
    await noteAlive(db, [
      { ...sign, atMs: at('2026-11-16', 9) },
      { ...sign, atMs: at('2026-11-16', 9, 20) },
    ]);
    await noteAlive(db, [{ ...sign, atMs: at('2026-11-16', 14) }]);
    await noteAlive(db, [{ ...sign, atMs: at('2026-11-16', 9) }]);
    expect(await rows()).toMatchObject([{ morning: 2 ** 36 + 2 ** 37, afternoon: 2 ** 8 }]);
  });
});

it('a quarter of an hour is one on every wall of today', () => {
  for (const zone of ['Europe/Paris', 'Asia/Kathmandu', 'Indian/Reunion', 'Pacific/Marquesas']) {
    const midnight = localMidnightMs('2026-11-16', zone);
    expect(isSameQuarter(midnight, midnight + 14 * MINUTE_MS)).toBe(true);
    expect(isSameQuarter(midnight, midnight + 15 * MINUTE_MS)).toBe(false);
    expect(isSameQuarter(midnight - 1, midnight)).toBe(false);
  }
});
