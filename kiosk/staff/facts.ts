import { APP_VERSION } from '../device/report.ts';
import type { Contact } from '../engine-ports.ts';
import type { StaffSign } from '../kiosk.ts';
import type { OutboxStatus } from '../outbox/outbox.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import type { StaffPorts } from './staff-ports.ts';

/** The tablet as it is at one moment. What the browser does not tell is null. */
export interface Facts {
  readonly atMs: number;
  readonly assignment: Assignment | null;
  readonly enrolmentId: string | null;
  readonly version: string;
  /** null where the storage does not answer. */
  readonly status: OutboxStatus | null;
  readonly contact: Contact | null;
  readonly connection: StaffSign['connection'];
  readonly isPersisted: boolean | null;
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  readonly isUpdateWaiting: boolean;
}

export async function gatherFacts({ engine, outbox, gauge, clock, updates }: StaffPorts): Promise<Facts> {
  const [status, estimate, isPersisted] = await Promise.all([
    outbox.status(),
    gauge.estimate?.().catch(() => undefined),
    gauge.persisted?.().catch(() => undefined),
  ]);
  const { view, memory, contact } = engine;
  return {
    atMs: clock.now(),
    assignment: memory?.assignment?.assignment ?? null,
    enrolmentId: memory?.enrolment?.enrolmentId ?? null,
    version: APP_VERSION,
    status: status.ok ? status.value : null,
    contact,
    connection: view.kind === 'serving' ? view.sign.connection : 'unknown',
    isPersisted: isPersisted ?? null,
    usedBytes: estimate?.usage ?? null,
    quotaBytes: estimate?.quota ?? null,
    isUpdateWaiting: updates()?.isWaiting === true,
  };
}
