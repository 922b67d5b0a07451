import { tellLosses } from '../loss/tell-losses.ts';
import { RECORD_KEY, readRecord } from '../loss/witness-record.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { localStorageOf } from '../outbox/witness.ts';
import { type SyncLoop, type SyncLoopPorts, startSyncLoop as start } from './sync-loop.ts';

/** What talks to the server. A visit does without it: it is loaded a moment after the first face. */
export { createAssignmentPull } from './assignment-pull.ts';
export { askOver } from './server-port.ts';

/** The loop as it ships: what storage has lost goes out with each report. */
export function startSyncLoop(
  ports: SyncLoopPorts & { readonly outbox: Pick<Outbox, 'everything'> },
): SyncLoop {
  const storage = localStorageOf(window);
  const record = () => readRecord(storage?.getItem(RECORD_KEY) ?? null);
  return start({ ...ports, report: tellLosses({ ...ports, record }) });
}
