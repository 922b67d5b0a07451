import { checkedTextOf, type RescueFile } from '../../protocol/rescue.ts';
import { APP_VERSION } from '../device/report.ts';
import type { OutboxEntry, OutboxMemory } from '../outbox/outbox.ts';

/**
 * Everything the tablet still holds, as the web view imports it. What was typed stays sealed: the file tells as little as the tablet itself.
 * Answers that the server has acknowledged are in it too, since no backup may hold them yet; there they are duplicates, and counted once.
 */
export async function makeRescueFile(
  { enrolment, assignment }: OutboxMemory,
  held: readonly OutboxEntry[],
  nowMs: number,
): Promise<RescueFile | null> {
  if (enrolment === null || assignment === null) return null;
  const entries = held.map(({ responseId, sequence, body }) => ({ responseId, sequence, body }));
  const { organisation, point } = assignment.assignment;
  return {
    format: 'parvis-rescue',
    version: 1,
    madeAt: new Date(nowMs).toISOString(),
    appVersion: APP_VERSION.slice(0, 64),
    organisationId: organisation.organisationId,
    enrolmentId: enrolment.enrolmentId,
    pointName: point.name,
    entries,
    checksum: await digestOf(checkedTextOf(entries)),
  };
}

async function digestOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Hands the file to whoever stands there, where the browser puts what is saved. */
export function saveFile(page: Document, file: RescueFile): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(file)], { type: 'application/json' }));
  const link = page.createElement('a');
  link.href = address;
  link.download = `parvis-secours-${file.enrolmentId.slice(0, 8)}-${file.madeAt.slice(0, 10)}.json`;
  link.click();
  // The browser has taken hold of it by then; kept, it would hold all the answers in memory.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
