import type { DeviceReport } from '../../protocol/device-report.ts';
import { type HeldRange, MAX_HELD_RANGES } from '../../protocol/known-loss.ts';
import { APP_VERSION } from '../device/report.ts';
import type { Enrolment, KnownStore, Outbox } from '../outbox/outbox.ts';
import { watch } from '../outbox/watchdog.ts';
import type { Clock } from '../ports.ts';
import type { WitnessRecord } from './witness-record.ts';

interface TellPorts {
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'everything'>;
  readonly report: () => Promise<DeviceReport>;
  readonly place: () => { readonly enrolment: Enrolment; readonly store: KnownStore | null };
  readonly record: () => WitnessRecord | null;
}

/** What the browser says of its room may never come while a disk is full; a push does not wait for that. */
const REPORT_LIMIT_MS = 8_000;
const REPORT_HUNG: DeviceReport = {
  appVersion: APP_VERSION.slice(0, 64),
  outboxDepth: 0,
  oldestEntryAt: null,
  retainedCount: 0,
  storagePersisted: null,
  storageUsedBytes: null,
  storageQuotaBytes: null,
  lastError: 'report-hung',
};

/**
 * Adds to each report what the tablet's storage has lost, until the server's mark has passed it, with what is still here of those numbers: what
 * the server has neither seen nor finds among them is lost for good.
 */
export function tellLosses(ports: TellPorts): () => Promise<DeviceReport> {
  return async () => {
    const made = await watch(ports.clock, REPORT_LIMIT_MS, ports.report());
    const report = made.kind === 'done' ? made.value : REPORT_HUNG;
    const { enrolment, store } = ports.place();
    const record = ports.record();
    if (record?.enrolmentId !== enrolment.enrolmentId) return report;
    const { epoch } = record;
    const losses = record.losses.filter(
      ({ throughSequence }) => throughSequence > (store?.highWaterMark ?? 0),
    );
    if (losses.length === 0) return { ...report, epoch };
    const held = await ports.outbox.everything();
    // Rather later than too many: what cannot be read now is not lost for that.
    if (!held.ok) return { ...report, epoch };
    const through = Math.max(...losses.map(({ throughSequence }) => throughSequence));
    const sequences = held.value.map(({ sequence }) => sequence).filter((sequence) => sequence <= through);
    return { ...report, epoch, losses, held: rangesOf(sequences) };
  };
}

/** As runs. Where there are too many, the closest are joined: what lies between is counted once they have been sent. */
export function rangesOf(sequences: readonly number[]): HeldRange[] {
  const ranges: { from: number; through: number }[] = [];
  // Old tablets sort in place only.
  for (const sequence of [...sequences].sort((a, b) => a - b)) {
    const latest = ranges.at(-1);
    if (latest !== undefined && sequence <= latest.through + 1) latest.through = sequence;
    else ranges.push({ from: sequence, through: sequence });
  }
  while (ranges.length > MAX_HELD_RANGES) {
    const gaps = ranges.slice(1).map(({ from }, index) => from - (ranges[index]?.through ?? 0));
    const narrowest = gaps.indexOf(Math.min(...gaps));
    const [left, right] = ranges.slice(narrowest, narrowest + 2);
    if (left === undefined || right === undefined) break;
    ranges.splice(narrowest, 2, { from: left.from, through: right.through });
  }
  return ranges;
}
