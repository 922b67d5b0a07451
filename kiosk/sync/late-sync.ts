import type { Clock } from '../ports.ts';
import type { createAssignmentPull } from './assignment-pull.ts';
import type { AskServer } from './server-port.ts';
import type { startSyncLoop } from './sync.part.ts';

/** What sends is loaded when the first face has been painted, on a slow tablet too. */
const AFTER_FIRST_FACE_MS = 1_000;

/** What of the engine's ports talks to the server. */
export interface LateSync {
  readonly ask: AskServer;
  readonly pullAssignments: typeof createAssignmentPull;
  readonly bringSync: () => Promise<typeof startSyncLoop>;
}

/**
 * Loads what talks to the server when it is needed. Until it is there nothing is sent or fetched, as without network; what waits is kept, and
 * the loop, once it could be loaded, fetches what was missed.
 */
export function createLateSync(
  load: () => Promise<typeof import('./sync.part.ts')>,
  fetcher: typeof fetch,
  clock: Clock,
): LateSync {
  return {
    ask: (request) =>
      load().then(
        ({ askOver }) => askOver(fetcher, clock)(request),
        () => null,
      ),
    pullAssignments(ports) {
      let pull: ReturnType<typeof createAssignmentPull> | null = null;
      return {
        async pull() {
          const part = await load().catch(() => null);
          if (part === null) return;
          pull ??= part.createAssignmentPull(ports);
          await pull.pull();
        },
        stop: () => pull?.stop(),
      };
    },
    async bringSync() {
      await new Promise<void>((resolve) => void clock.after(AFTER_FIRST_FACE_MS, resolve));
      return (await load()).startSyncLoop;
    },
  };
}
