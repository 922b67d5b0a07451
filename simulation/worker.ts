import { parentPort, workerData } from 'node:worker_threads';
import { catchMutations, runSeeds, share, takeMutations } from './run-seeds.ts';

/** What one thread is given to do. */
export type Task =
  | {
      readonly kind: 'seeds';
      readonly first: number;
      readonly last: number;
      readonly part: number;
      readonly parts: number;
    }
  | {
      readonly kind: 'mutations';
      readonly last: number;
      /** How many are taken already, by whichever thread. */
      readonly taken: Int32Array;
    };

const task = workerData as Task;
if (parentPort === null) throw new Error('A worker works for somebody.');
const outcome =
  task.kind === 'seeds'
    ? await runSeeds(share(task.first, task.last, task.part, task.parts))
    : await catchMutations(takeMutations(task.taken), task.last);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
parentPort.postMessage(outcome);
