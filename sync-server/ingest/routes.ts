import type { FastifyInstance } from 'fastify';
import { pushReplySchema, pushRequestSchema } from '../../protocol/push.ts';
import type { AppDeps } from '../app-deps.ts';
import type { Device } from '../fleet/device-token.ts';
import { ProblemError } from '../problems.ts';
import { createPushDesk } from './push-desk.ts';

declare module 'fastify' {
  interface FastifyRequest {
    device: Device | null;
  }
}

/** POST /api/v1/push: takes what tablets have gathered, and answers once it is on the disk. */
export function ingestRoutes(app: FastifyInstance, deps: AppDeps): void {
  const desk = createPushDesk(deps);
  app.addHook('onClose', async () => desk.settled());
  app.decorateRequest('device', null);
  app.post(
    '/api/v1/push',
    {
      config: {
        operation: {
          summary: 'Push what a tablet has gathered; a verdict for each entry, once stored',
          caller: 'tablet',
          body: pushRequestSchema,
          replies: { 201: pushReplySchema },
          problems: [
            'device-unknown',
            'device-revoked',
            'protocol-unsupported',
            'too-large',
            'overloaded',
            'storage-full',
          ],
        },
      },
      // Before the body is read: strangers and a full queue cost nothing.
      onRequest: async (request) => {
        request.device = await desk.recognise(request.headers.authorization);
      },
    },
    async (request, reply) => {
      if (request.device === null) throw new ProblemError('device-unknown');
      return reply.code(201).send(await desk.take(request.device, request.body));
    },
  );
}
