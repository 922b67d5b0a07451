import type { BootId } from '../../domain/ids.ts';
import type { DeviceReport } from '../../protocol/device-report.ts';
import type { OutboxStatus } from '../outbox/outbox.ts';

/** Replaced by the build: the package's version and a digest of the tablet's code. Absent where nothing was built. */
declare const __APP_VERSION__: string | undefined;
export const APP_VERSION = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'unbuilt';

/** What the browser says of the room it gives, where it says anything; quietly nothing elsewhere. */
export type StorageGauge = Partial<Pick<StorageManager, 'estimate' | 'persisted' | 'persist'>>;

/** What the tablet says of itself: figures of the machine and of the queue, nothing of any visitor. Never rejects. */
export async function makeReport(
  status: OutboxStatus,
  gauge: StorageGauge,
  bootId: BootId,
  lastError: string | null,
): Promise<DeviceReport> {
  const [estimate, isPersisted] = await Promise.all([
    gauge.estimate?.().catch(() => undefined),
    gauge.persisted?.().catch(() => undefined),
  ]);
  return {
    appVersion: APP_VERSION.slice(0, 64),
    outboxDepth: status.waiting,
    oldestEntryAt: status.oldestAt,
    retainedCount: status.retained,
    storagePersisted: isPersisted ?? null,
    storageUsedBytes: estimate?.usage ?? null,
    storageQuotaBytes: estimate?.quota ?? null,
    lastError: lastError?.slice(0, 500) ?? null,
    bootId,
  };
}
