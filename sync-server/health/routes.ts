import type { FastifyInstance } from 'fastify';
import type { AppDeps } from '../app-deps.ts';
import { readBackupState } from '../backup/note-backup.ts';
import { hostOf, isPublicHost } from '../halves.ts';
import { ProblemError } from '../problems.ts';
import { metricsText } from './metrics.ts';

const CHECKED_FOR_MS = 1_000;

/** Whether the process runs, whether it can serve, and how it fares. */
export function healthRoutes(app: FastifyInstance, { store, config, clock }: AppDeps): void {
  let checkedAt = Number.NEGATIVE_INFINITY;
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (request) => {
    try {
      // The check waits for the disk: however often it is asked for, it is made once a second.
      if (Math.abs(clock.now() - checkedAt) >= CHECKED_FOR_MS) await store.checkHealth();
      checkedAt = clock.now();
    } catch (error) {
      request.log.error({ err: error }, 'the database cannot be written to');
      throw new ProblemError('overloaded', {
        detail: 'The database cannot be written to.',
        retryAfterSeconds: 30,
      });
    }
    const { finishedAt, failedAt } = await readBackupState(store);
    return { status: 'ready', storeId: store.storeId, backup: { finishedAt, failedAt } };
  });
  app.get('/metrics', async (request, reply) => {
    if (isPublicHost(hostOf(request), config)) throw new ProblemError('not-found');
    const { contentType, text } = await metricsText(store);
    return reply.type(contentType).send(text);
  });
}
