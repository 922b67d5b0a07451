import { createHash, randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { instantOf } from '../clock.ts';
import { insertRows } from '../store/insert-rows.ts';
import type { Tables } from '../store/tables.ts';
import type { Arrival } from './push-work.ts';
import type { NotUnderstood, Understood } from './understand.ts';

/** An entry to be kept whole, and why. */
export interface Quarantined {
  readonly work: Arrival;
  readonly entry: Understood | NotUnderstood;
  readonly reason: string;
}

/** Keeps entries exactly as they came, each once however often a tablet sends it. */
export async function keepInQuarantine(
  trx: Transaction<Tables>,
  quarantined: readonly Quarantined[],
): Promise<void> {
  const rows = quarantined.map(({ work, entry, reason }): Tables['quarantine'] => {
    const body = JSON.stringify(entry.raw) ?? 'null';
    const isUnderstood = entry.kind === 'understood';
    return {
      organisation_id: work.device.organisationId,
      quarantine_id: randomUUID(),
      enrolment_id: work.device.enrolmentId,
      content_hash: createHash('sha256').update(body).digest(),
      response_id: isUnderstood ? entry.entry.responseId : entry.responseId,
      sequence: isUnderstood ? entry.entry.sequence : entry.sequence,
      received_at: instantOf(work.receivedAtMs),
      reason,
      body,
    };
  });
  await insertRows(
    trx,
    'quarantine',
    [
      'organisation_id',
      'quarantine_id',
      'enrolment_id',
      'content_hash',
      'response_id',
      'sequence',
      'received_at',
      'reason',
      'body',
    ],
    rows,
    'on conflict (organisation_id, enrolment_id, content_hash) do nothing',
  );
}
