import type { FastifyInstance } from 'fastify';
import type { AppDeps } from '../app-deps.ts';
import { hostOf, isPublicHost } from '../halves.ts';
import { ProblemError } from '../problems.ts';
import { metricsText } from './metrics.ts';

/** Whether the process runs, whether it can serve, and how it fares. */
export function healthRoutes(app: FastifyInstance, { store, config }: AppDeps): void {
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (request) => {
    try {
      await store.checkHealth();
    } catch (error) {
      request.log.error({ err: error }, 'the database does not answer');
      throw new ProblemError('overloaded', {
        detail: 'The database does not answer.',
        retryAfterSeconds: 30,
      });
    }
    return { status: 'ready', storeId: store.storeId };
  });
  app.get('/metrics', async (request, reply) => {
    if (isPublicHost(hostOf(request), config)) throw new ProblemError('not-found');
    const { contentType, text } = await metricsText(store);
    return reply.type(contentType).send(text);
  });
}
