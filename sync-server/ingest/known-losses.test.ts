import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BootId } from '../../domain/ids.ts';
import type { DeviceReport } from '../../protocol/device-report.ts';
import { fleetSchema, type TabletState } from '../../protocol/fleet.ts';
import type { HeldRange, KnownLoss } from '../../protocol/known-loss.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson } from '../test-person.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { anEntry, aPush, aReport } from './a-push.ts';

const NOTICED_AT = '2026-11-23T08:59:00.000Z';
const OTHER_BOOT = '0b1d2f3a-4c5e-4f60-8a7b-9c0d1e2f3a4c' as BootId;

let server: TestApp;
let tablet: TestTablet;
beforeEach(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
});
afterEach(async () => server.close());

async function seen(): Promise<TabletState> {
  const reply = await (await asPerson(server)).get('/api/v1/fleet');
  const [state] = v.parse(fleetSchema, reply.json()).tablets;
  if (state === undefined) throw new Error('The fleet page shows no tablet.');
  return state;
}

async function send(sequences: readonly number[], report: Partial<DeviceReport> = {}, sentAt?: string) {
  const entries = sequences.map((sequence) => anEntry(sequence));
  const { status, reply } = await tablet.push(
    aPush(entries, { report: aReport(report), ...(sentAt === undefined ? {} : { sentAt }) }),
  );
  expect(status).toBe(201);
  return reply;
}

function lost(throughSequence: number, held: HeldRange[] = [], cause = 'emptied') {
  const losses: KnownLoss[] = [{ throughSequence, noticedAt: NOTICED_AT, cause }];
  return { epoch: 2, losses, held };
}

const range = (from: number, through: number) =>
  Array.from({ length: through - from + 1 }, (_, index) => from + index);

describe('a loss that a tablet tells of', () => {
  it('is counted exactly: what has neither arrived nor is still on the tablet', async () => {
    await send([1, 2, 3, 5, 9]);
    expect((await seen()).missingCount).toBe(4);
    const reply = await send([], lost(40, [{ from: 38, through: 40 }]));
    // 4, 6 to 8, and 10 to 37; the mark waits for what the tablet holds.
    expect(reply.highWaterMark).toBe(37);
    const { losses, epoch, missingCount } = await seen();
    expect({ losses, epoch, missingCount }).toEqual({
      losses: [{ count: 32, noticedAt: NOTICED_AT, cause: 'emptied' }],
      epoch: 2,
      missingCount: 0,
    });
    expect((await send([38, 39, 40, 41])).highWaterMark).toBe(41);
    expect(await seen()).toMatchObject({ losses: [{ count: 32 }], missingCount: 0 });
  });

  it('is counted once, however often it is told, and apart from the next one', async () => {
    await send([1, 2]);
    for (let told = 0; told < 3; told += 1) await send([], lost(5));
    await send([6, 7]);
    const later = lost(9, [], 'unreadable');
    later.losses.unshift(...lost(5).losses);
    await send([], later);
    expect((await seen()).losses).toEqual([
      { count: 2, noticedAt: NOTICED_AT, cause: 'unreadable' },
      { count: 3, noticedAt: NOTICED_AT, cause: 'emptied' },
    ]);
  });

  it('counts what comes in the very push that tells of it as arrived', async () => {
    await send([1, 2, 3, 4], lost(6));
    expect((await seen()).losses).toMatchObject([{ count: 2 }]);
  });

  it('shrinks, down to nothing, when its answers turn up after all', async () => {
    await send([1]);
    await send([], lost(6));
    expect((await seen()).losses).toMatchObject([{ count: 5 }]);
    await send([4]);
    expect((await seen()).losses).toMatchObject([{ count: 4 }]);
    await send([2, 3, 5, 6]);
    expect(await seen()).toMatchObject({ losses: [], sharedSeenAt: null, highWaterMark: 6 });
  });

  it('is none where a gap fills in later, or where all had arrived', async () => {
    await send([1, 3]);
    expect((await seen()).losses).toEqual([]);
    await send([2]);
    await send([], lost(3));
    expect(await seen()).toMatchObject({ losses: [], missingCount: 0, epoch: 2 });
  });

  it('is counted to the end over several pushes where it is very large', async () => {
    await send([1]);
    expect((await send([], lost(25_001))).highWaterMark).toBe(10_001);
    await send([], lost(25_001));
    expect((await send([], lost(25_001))).highWaterMark).toBe(25_001);
    expect((await seen()).losses).toMatchObject([{ count: 25_000 }]);
  });

  it('bears the day of the server’s calendar where the tablet’s is wrong', async () => {
    const wrong = lost(3);
    wrong.losses[0] = { throughSequence: 3, noticedAt: '2016-01-01T00:00:00.000Z', cause: 'thinned' };
    await send([], wrong, '2016-01-01T00:10:00.000Z');
    expect((await seen()).losses).toEqual([
      { count: 3, noticedAt: '2026-11-23T08:50:00.000Z', cause: 'thinned' },
    ]);
  });

  it('stands in the metrics, without the tablet’s name', async () => {
    await send([], lost(7));
    const { body } = await server.app.inject('/metrics');
    expect(body).toContain('parvis_lost_answers 7\n');
    expect(body).not.toContain(tablet.enrolmentId);
  });

  it('may be called what a later version calls it, and a report without any is one of an older version', async () => {
    await send([], lost(1, [], 'something-new'));
    expect(await seen()).toMatchObject({ losses: [{ cause: 'something-new' }] });
    await send([2], {});
    expect(await seen()).toMatchObject({ epoch: 1, losses: [{ count: 1 }] });
  });
});

describe('two tablets with one enrolment', () => {
  it('are both counted, and told apart from one by numbers that two answers bear', async () => {
    await send([1, 2, 3]);
    expect((await seen()).sharedSeenAt).toBeNull();
    const { verdicts } = await send([3, 4]);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
    expect((await seen()).sharedSeenAt).toBe('2026-11-23T09:00:00.000Z');
    const { count } = await server.deps.store.db
      .selectFrom('responses')
      .select((of) => of.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(5);
    server.clock.advance(8 * 86_400_000);
    expect((await seen()).sharedSeenAt).toBeNull();
  });

  it('are told that nothing is safe: a backup holds one answer of each number, and there are two', async () => {
    await send([1, 2]);
    await server.deps.store.db.updateTable('enrolments').set({ safe_through: 2 }).execute();
    expect((await send([])).safeThrough).toBe(2);
    expect((await send([2])).safeThrough).toBe(0);
    expect((await send([])).safeThrough).toBe(0);
  });

  it('are known by the numbers beyond a gap too', async () => {
    await send([1, 5]);
    await send([5]);
    expect((await seen()).sharedSeenAt).not.toBeNull();
  });

  it('are known by boots that speak in turn, though not by one that was started again', async () => {
    for (const bootId of [undefined, OTHER_BOOT, undefined].map((boot) => boot ?? aReport().bootId))
      await send([], { bootId });
    // A request of the former boot that was long under way looks the same.
    await send([], { bootId: OTHER_BOOT });
    const third = '0b1d2f3a-4c5e-4f60-8a7b-9c0d1e2f3a4d' as BootId;
    await send([], { bootId: third });
    expect((await seen()).sharedSeenAt).toBeNull();
    await send([], { bootId: OTHER_BOOT });
    expect((await seen()).sharedSeenAt).toBe('2026-11-23T09:00:00.000Z');
  });

  it('are not seen in one tablet, whatever it sends again or starts anew', async () => {
    const entries = [anEntry(1), anEntry(2)];
    for (let round = 0; round < 3; round += 1) await tablet.push(aPush(entries));
    for (let boot = 0; boot < 6; boot += 1)
      await send([], { bootId: `0b1d2f3a-4c5e-4f60-8a7b-9c0d1e2f3b0${boot}` as BootId });
    // Something that could not be understood comes again once it can be.
    const entry = anEntry(3);
    const garbled = { ...entry, response: { ...entry.response, surveyVersionId: 'unknown' } };
    await tablet.push(aPush([garbled]));
    const { reply } = await tablet.push(aPush([entry]));
    expect(reply.verdicts).toMatchObject([{ verdict: 'accepted' }]);
    expect((await seen()).sharedSeenAt).toBeNull();
  });
});

it('lets the mark pass over thousands of lost numbers without a row for each', async () => {
  await send(range(1, 50));
  await send([], lost(10_050));
  const { count } = await server.deps.store.db
    .selectFrom('early_arrivals')
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(count).toBe(0);
  expect(await seen()).toMatchObject({ highWaterMark: 10_050, losses: [{ count: 10_000 }] });
});
