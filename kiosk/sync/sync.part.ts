/** What talks to the server. A visit does without it: it is loaded a moment after the first face. */
export { createAssignmentPull } from './assignment-pull.ts';
export { askOver } from './server-port.ts';
export { startSyncLoop } from './sync-loop.ts';
