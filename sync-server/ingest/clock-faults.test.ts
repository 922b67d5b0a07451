import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BootId } from '../../domain/ids.ts';
import { localMoment } from '../../domain/local-time.ts';
import type { Entry } from '../../protocol/push.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { anEntry, aPush, aReport } from './a-push.ts';
import { CLOCK_UNCERTAIN_FLAG } from './clock-correction.ts';
import { recount } from './recount.ts';

/** Invariant 1 under wrong clocks: whatever a tablet believes the time to be, its answers arrive, are placed, or are flagged. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONE = 'Europe/Paris';
/** How far a tablet's clock is from the true time. */
const WRONG_BY: Readonly<Record<string, number>> = {
  'ten years slow': -10 * 365 * DAY,
  'at its first day, 1970': -Date.UTC(2026, 10, 23, 11),
  'a year slow': -365 * DAY,
  'a day slow': -DAY,
  'two hours slow': -2 * HOUR,
  'an hour slow, as one that missed the change to summer time': -HOUR,
  'ten minutes slow': -10 * MINUTE,
  right: 0,
  'ten minutes fast': 10 * MINUTE,
  'an hour fast, as one that missed the change to winter time': HOUR,
  'a day fast': DAY,
  'five years fast': 5 * 365 * DAY,
};
/** The moments of what is kept are half-days: two seconds either side of noon tell whether one is placed to two seconds. */
const SECONDS_2 = 2_000;
const NOON = '2026-11-23T11:00:00.000Z';
/** The hour that comes twice, and the one that never comes. */
const CHANGES = ['2026-10-25T00:59:58.000Z', '2026-10-25T01:30:00.000Z', '2026-03-29T01:00:02.000Z'];

let server: TestApp;
let tablet: TestTablet;
let sequence = 0;
let rejected = 0;
let pushed = 0;
beforeAll(async () => {
  server = await openTestApp({}, NOON);
});
beforeEach(async () => {
  server.clock.nowMs = Date.parse(NOON);
  tablet = await enrolTablet(server);
  [sequence, rejected, pushed] = [0, 0, 0];
});
afterAll(async () => server.close());

const bootId = () => randomUUID() as BootId;

/** An answer given at a true instant by a tablet whose clock is wrong. */
function given(trueMs: number, wrongByMs: number, boot: BootId): Entry {
  return anEntry((sequence += 1), {
    answeredAt: new Date(trueMs + wrongByMs).toISOString(),
    bootId: boot,
  });
}

/** Sends what waits, at a true instant. */
async function send(
  entries: readonly Entry[],
  trueMs: number,
  wrongByMs: number,
  boot: BootId,
): Promise<void> {
  server.clock.nowMs = trueMs;
  const sentAt = new Date(trueMs + wrongByMs).toISOString();
  const { status, reply } = await tablet.push(aPush(entries, { sentAt, report: aReport({ bootId: boot }) }));
  expect(status).toBe(201);
  pushed += entries.length;
  rejected += reply.verdicts.filter(({ verdict }) => verdict !== 'accepted').length;
}

async function placeOf({ responseId }: Entry): Promise<{ place: string; isFlagged: boolean }> {
  const row = await server.deps.store.db
    .selectFrom('responses')
    .select(['local_date', 'half_day', 'flags'])
    .where('response_id', '=', responseId)
    .executeTakeFirstOrThrow();
  return { place: `${row.local_date} ${row.half_day}`, isFlagged: row.flags.includes(CLOCK_UNCERTAIN_FLAG) };
}

function truly(trueMs: number): string {
  const { date, halfDay } = localMoment(trueMs, ZONE);
  return `${date} ${halfDay}`;
}

describe('T11 a tablet whose clock is', () => {
  it.for(Object.entries(WRONG_BY))(
    '%s has its answers of this boot placed to two seconds',
    async ([, wrongBy], { task }) => {
      const boot = bootId();
      const noon = Date.parse(NOON);
      const moments = [noon - SECONDS_2, noon + SECONDS_2, ...CHANGES.map((iso) => Date.parse(iso))];
      const entries = moments.map((moment) => given(moment, wrongBy, boot));
      await send(entries, noon + HOUR, wrongBy, boot);
      for (const [index, entry] of entries.entries())
        expect(await placeOf(entry)).toEqual({ place: truly(moments[index] ?? 0), isFlagged: false });
      expect(rejected).toBe(0);
      task.meta.figures = { clocks: 1, answers: pushed, rejected };
    },
  );

  it.for(Object.entries(WRONG_BY))(
    '%s, and was set right between two starts, is corrected where it can be',
    async ([, wrongBy], { task }) => {
      const [before, after] = [bootId(), bootId()];
      const noon = Date.parse(NOON);
      // The first start was heard of while its clock was wrong.
      await send([given(noon - 3 * DAY, wrongBy, before)], noon - 3 * DAY, wrongBy, before);
      const late = given(noon - DAY, wrongBy, before);
      await send([late, given(noon, 0, after)], noon + HOUR, 0, after);
      expect(await placeOf(late)).toEqual({ place: truly(noon - DAY), isFlagged: false });
      expect(rejected).toBe(0);
      task.meta.figures = { clocks: 1, answers: pushed, rejected };
    },
  );
});

it('T11 flags what was answered on either side of a clock set in the middle of a boot, and rejects none', async ({
  task,
}) => {
  const noon = Date.parse(NOON);
  let flagged = 0;
  for (const wrongBy of Object.values(WRONG_BY).filter((by) => by !== 0)) {
    const boot = bootId();
    await send([given(noon - 2 * DAY, wrongBy, boot)], noon - 2 * DAY, wrongBy, boot);
    const [wrong, right] = [given(noon - DAY, wrongBy, boot), given(noon - HOUR, 0, boot)];
    await send([wrong, right], noon, 0, boot);
    for (const entry of [wrong, right]) {
      expect((await placeOf(entry)).isFlagged, String(wrongBy / HOUR)).toBe(true);
      flagged += 1;
    }
    // Once the new time has been heard of, there is no doubt any more.
    const later = given(noon + HOUR, 0, boot);
    await send([later], noon + 2 * HOUR, 0, boot);
    expect(await placeOf(later)).toEqual({ place: truly(noon + HOUR), isFlagged: false });
  }
  expect(rejected).toBe(0);
  expect((await recount(server.deps.store, false)).differences).toEqual([]);
  task.meta.figures = { jumps: flagged, answers: pushed, rejected };
});

it('T11 a server whose own clock is wrong, or jumps, stores and counts everything once', async ({ task }) => {
  const boot = bootId();
  const noon = Date.parse(NOON);
  const entries: Entry[] = [];
  for (const serverWrongBy of [0, -10 * 365 * DAY, 5 * 365 * DAY, -HOUR, 0]) {
    const entry = given(noon, 0, boot);
    entries.push(entry);
    server.clock.nowMs = noon + serverWrongBy;
    const { status, reply } = await tablet.push(
      aPush([entry], { sentAt: new Date(noon).toISOString(), report: aReport({ bootId: boot }) }),
    );
    expect({ status, verdict: reply.verdicts[0]?.verdict }).toEqual({ status: 201, verdict: 'accepted' });
    pushed += 1;
  }
  const again = await tablet.push(aPush(entries, { sentAt: new Date(noon).toISOString() }));
  expect(new Set(again.reply.verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['duplicate']));
  expect((await recount(server.deps.store, false)).differences).toEqual([]);
  task.meta.figures = { serverClocks: 5, answers: pushed, rejected };
});
