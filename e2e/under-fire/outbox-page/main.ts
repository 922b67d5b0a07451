import type { BootId, ResponseId } from '../../../domain/ids.ts';
import { createOutbox } from '../../../kiosk/outbox/create-outbox.ts';
import { OutboxDatabase } from '../../../kiosk/outbox/database.ts';
import { createWitness } from '../../../kiosk/outbox/witness.ts';
import { SYSTEM_CLOCK } from '../../../kiosk/ports.ts';

/** The outbox that ships, on a page that does nothing but fill it: what a power cut leaves of it, in thousands of answers. */
const outbox = createOutbox({
  open: () => new OutboxDatabase({ indexedDB, IDBKeyRange }),
  witness: createWitness(null),
  clock: SYSTEM_CLOCK,
  isAlone: () => true,
});

async function fill(acknowledge: (count: number) => Promise<void>): Promise<void> {
  const held = await count();
  for (let number = held + 1; ; number += 1) {
    const kept = await outbox.enqueue(
      {
        responseId: `answer-${number}` as ResponseId,
        createdAt: new Date().toISOString(),
        body: JSON.stringify({ says: 'x'.repeat(400) }),
        bootId: 'filling' as BootId,
        state: 'pending',
      },
      { day: '2026-11-26', counts: {} },
    );
    if (!kept.ok) throw new Error(JSON.stringify(kept.error));
    await acknowledge(number);
  }
}

async function count(): Promise<number> {
  const all = await outbox.everything();
  if (!all.ok) throw new Error(JSON.stringify(all.error));
  return all.value.length;
}

Object.assign(globalThis, { outboxPage: { fill, count } });
