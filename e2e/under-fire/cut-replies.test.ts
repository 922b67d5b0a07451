import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFaultyLine, type FaultyLine, type LineFault } from './faulty-line.ts';
import { type ListeningServer, startListening } from './listening-server.ts';
import { createSendingTablet, type SendingTablet } from './sending-tablet.ts';

/** Invariants 1 and 2, on a line that breaks where it likes. */
const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';
const BATCH = 10;
/** Every so many cuts the batch gets through and another follows: each cut of a fresh reply is then of answers just stored. */
const CUTS_PER_BATCH = IS_NIGHT ? 1 : 25;
/** The server is asked for a request cut at every so many bytes. */
const REQUEST_STRIDE = IS_NIGHT ? 1 : 97;
/** Twenty seconds of waiting in one. */
const SPEED = 20;

let server: ListeningServer;
let line: FaultyLine;
let tablet: SendingTablet;
beforeAll(async () => {
  server = await startListening();
  line = await createFaultyLine(server.port);
  tablet = await createSendingTablet(line.origin, await server.enrol(), { speed: SPEED, fetcher: alone });
});
afterAll(async () => {
  tablet?.close();
  await line?.close();
  await server?.close();
});

/** One request a connection: what befalls a line befalls that request. */
const alone: typeof fetch = (address, init) =>
  fetch(address, { ...init, headers: { ...init?.headers, connection: 'close' } });

let premature = 0;

/** Pushes over a line that fails; nothing may leave the queue. */
async function pushInVain(fault: LineFault): Promise<void> {
  line.fault = fault;
  const outcome = await tablet.push();
  if (outcome.kind === 'acknowledged') premature += outcome.judged;
  expect(outcome.kind, JSON.stringify(fault)).toBe('unreached');
}

/** A slow machine may take longer than the tablet waits; then it asks again. */
async function pushThrough(fault: LineFault = {}): Promise<void> {
  line.fault = fault;
  await expect
    .poll(() => tablet.push(), { timeout: 60_000, interval: 1 })
    .toMatchObject({ kind: 'acknowledged', judged: BATCH });
  expect(await tablet.waiting()).toEqual([]);
}

async function everythingIsThereOnce(): Promise<{ lost: number; twice: number }> {
  const compared = await server.compare(tablet.given);
  expect(compared).toEqual({ lost: 0, twice: 0 });
  return compared;
}

it('T9 keeps everything and counts everything once, wherever a reply is cut', { timeout: 900_000 }, async ({
  task,
}) => {
  // The reply to answers just stored, and to answers stored before, are not of one length: the longer is taken.
  await tablet.answer(BATCH);
  await pushThrough();
  const freshBytes = line.lastReplyBytes;
  let cuts = 0;
  let resent = 0;
  for (let at = 0; at < freshBytes; at += CUTS_PER_BATCH) {
    await tablet.answer(BATCH);
    for (let byte = at; byte < Math.min(at + CUTS_PER_BATCH, freshBytes); byte += 1) {
      await pushInVain({ cutReplyAt: byte, isReset: byte % 2 === 1 });
      cuts += 1;
      resent += BATCH;
    }
    expect(await tablet.waiting()).toHaveLength(BATCH);
    await pushThrough();
  }
  const compared = await everythingIsThereOnce();
  expect(cuts).toBeGreaterThan(1_500);
  task.meta.figures = { cuts, submitted: tablet.given.size + resent, resent, premature, ...compared };
});

it('T9 keeps everything, wherever a request is cut', { timeout: 900_000 }, async ({ task }) => {
  await tablet.answer(BATCH);
  const bytes = (await tablet.waiting()).reduce((sum, { body }) => sum + body.length, 0);
  let cuts = 0;
  for (let byte = 0; byte < bytes; byte += REQUEST_STRIDE) {
    await pushInVain({ cutRequestAt: byte, isReset: cuts % 2 === 1 });
    cuts += 1;
  }
  expect(await tablet.waiting()).toHaveLength(BATCH);
  await pushThrough();
  const compared = await everythingIsThereOnce();
  task.meta.figures = { requestCuts: cuts, premature, ...compared };
});

it('T9 counts once what arrives twice, late, byte by byte, or on a line whose other end is gone', {
  timeout: 300_000,
}, async ({ task }) => {
  let rounds = 0;
  const through: readonly LineFault[] = [
    { isDoubled: true },
    { delayMs: 5_000 / SPEED },
    { trickle: 100 },
    { isDoubled: true, delayMs: 1_000 / SPEED },
  ];
  const inVain: readonly LineFault[] = [
    { delayMs: 30_000 / SPEED },
    { isHalfOpen: true },
    { isDoubled: true, isHalfOpen: true },
    { trickle: 1 },
  ];
  for (let round = 0; round < (IS_NIGHT ? 10 : 1); round += 1) {
    for (const fault of through) {
      await tablet.answer(BATCH);
      await pushThrough(fault);
      rounds += 1;
    }
    for (const fault of inVain) {
      await tablet.answer(BATCH);
      await pushInVain(fault);
      expect(await tablet.waiting()).toHaveLength(BATCH);
      await pushThrough();
      rounds += 1;
    }
  }
  expect(line.doubled).toBeGreaterThan(2);
  const compared = await everythingIsThereOnce();
  task.meta.figures = { rounds, doubled: line.doubled, premature, ...compared };
});
