import { describe, expect, it } from 'vitest';
import type { EnrolmentId, StoreId } from '../../domain/ids.ts';
import { ok } from '../../domain/result.ts';
import type { DeviceReport } from '../../protocol/device-report.ts';
import { createManualClock } from '../manual-clock.ts';
import type { OutboxEntry } from '../outbox/outbox.ts';
import { rangesOf, tellLosses } from './tell-losses.ts';
import type { WitnessRecord } from './witness-record.ts';

const enrolmentId = 'enrolment' as EnrolmentId;
const REPORT = { appVersion: '0.1.0', outboxDepth: 2 } as DeviceReport;
const LOSS = { throughSequence: 40, noticedAt: '2026-11-24T09:30:00.000Z', cause: 'emptied' };
const RECORD: WitnessRecord = {
  revision: 1,
  enrolmentId,
  token: 'secret',
  storeId: null,
  lastSequence: 40,
  database: 'parvis-outbox-2',
  epoch: 2,
  losses: [LOSS],
};

function telling({
  highWaterMark = 0,
  record = RECORD,
  report = async () => REPORT,
}: {
  highWaterMark?: number;
  record?: WitnessRecord | null;
  report?: () => Promise<DeviceReport>;
} = {}) {
  const clock = createManualClock();
  const rows = [38, 39, 41].map((sequence) => ({ sequence }) as OutboxEntry);
  const told = tellLosses({
    clock,
    outbox: { everything: async () => ok(rows) },
    report,
    place: () => ({
      enrolment: { enrolmentId, token: 'secret' },
      store: { storeId: 'store' as StoreId, highWaterMark },
    }),
    record: () => record,
  })();
  return { told, clock };
}

describe('a report', () => {
  it('tells a loss, and what is still here of it, until the server’s mark has passed it', async () => {
    const untold = await telling({ highWaterMark: 39 }).told;
    expect(untold).toEqual({ ...REPORT, epoch: 2, losses: [LOSS], held: [{ from: 38, through: 39 }] });
    expect(await telling({ highWaterMark: 40 }).told).toEqual({ ...REPORT, epoch: 2 });
  });

  it('tells nothing of another enrolment, or where nothing is known', async () => {
    const other = { ...RECORD, enrolmentId: 'another' as EnrolmentId };
    expect(await telling({ record: other }).told).toEqual(REPORT);
    expect(await telling({ record: null }).told).toEqual(REPORT);
  });

  it('does not wait for ever for what the browser says of its room', async () => {
    const { told, clock } = telling({ report: async () => new Promise<never>(() => undefined) });
    await clock.advance(8_000);
    expect(await told).toMatchObject({ lastError: 'report-hung', epoch: 2, losses: [LOSS] });
  });
});

describe('what is held', () => {
  it('is told as runs', () => {
    expect(rangesOf([7, 1, 2, 3, 9, 8])).toEqual([
      { from: 1, through: 3 },
      { from: 7, through: 9 },
    ]);
    expect(rangesOf([])).toEqual([]);
  });

  it('is told as held even where there are too many runs, never as lost', () => {
    const sequences = Array.from({ length: 300 }, (_, index) => 2 * index + 1);
    const ranges = rangesOf(sequences);
    expect(ranges).toHaveLength(100);
    for (const sequence of sequences)
      expect(ranges.some(({ from, through }) => from <= sequence && sequence <= through)).toBe(true);
  });
});
