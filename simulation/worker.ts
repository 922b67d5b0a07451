import { parentPort, workerData } from 'node:worker_threads';
import { catchMutation, runSeeds, share, shareOfMutations } from './run-seeds.ts';

/** What one thread is given to do. */
export type Task =
  | {
      readonly kind: 'seeds';
      readonly first: number;
      readonly last: number;
      readonly part: number;
      readonly parts: number;
    }
  | { readonly kind: 'mutations'; readonly last: number; readonly part: number; readonly parts: number };

const task = workerData as Task;
if (parentPort === null) throw new Error('A worker works for somebody.');
if (task.kind === 'seeds')
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  parentPort.postMessage(await runSeeds(share(task.first, task.last, task.part, task.parts)));
else {
  const caught = [];
  for (const mutation of shareOfMutations(task.part, task.parts))
    caught.push(await catchMutation(mutation, task.last));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  parentPort.postMessage(caught);
}
