import { randomUUID } from 'node:crypto';
import type { BatchId } from '../../domain/ids.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import type { EntryVerdict, PushRequest } from '../../protocol/push.ts';
import { instantOf } from '../clock.ts';
import type { Device } from '../fleet/device-token.ts';
import type { NotUnderstood, Understood } from './understand.ts';

/** Entries that have come from one place, already decoded. */
export interface Arrival {
  readonly device: Device;
  readonly receivedAtMs: number;
  /** Of the organisation. */
  readonly timeZone: string;
  readonly entries: readonly (Understood | NotUnderstood)[];
  /** Carried by hand in a file: it tells nothing of the tablet as it is now, and a tablet taken out of service may be rescued. */
  readonly isRescue?: boolean;
}

/** One push, waiting to be stored. */
export interface PushWork extends Arrival {
  readonly request: PushRequest;
}

/** What is answered once it is on the disk. */
export type PushOutcome =
  | {
      readonly kind: 'stored';
      /** In the order of the entries. */
      readonly verdicts: readonly EntryVerdict[];
      readonly highWaterMark: number;
      readonly safeThrough: number;
    }
  | { readonly kind: 'device-unknown' | 'device-revoked' };

/** The envelope of entries that no tablet brings itself. It tells nothing of the tablet's clock: days may lie between making and bringing it. */
export function carriedRequest(
  entries: readonly unknown[],
  receivedAtMs: number,
  appVersion: string,
): PushRequest {
  return {
    protocol: PROTOCOL_VERSION,
    batchId: randomUUID() as BatchId,
    sentAt: instantOf(receivedAtMs),
    storeId: null,
    entries: [...entries],
    report: {
      appVersion,
      outboxDepth: 0,
      oldestEntryAt: null,
      retainedCount: 0,
      storagePersisted: null,
      storageUsedBytes: null,
      storageQuotaBytes: null,
      lastError: null,
    },
  };
}
