import type { FastifyInstance } from 'fastify';
import { MAX_PUSH_BYTES, pushReplySchema, pushRequestSchema } from '../../protocol/push.ts';
import type { AppDeps } from '../app-deps.ts';
import type { Device } from '../fleet/device-token.ts';
import { parseBody } from '../json-bodies.ts';
import { ProblemError } from '../problems.ts';
import { Admission } from './admission.ts';
import { createPushDesk, overloaded } from './push-desk.ts';

declare module 'fastify' {
  interface FastifyRequest {
    device: Device | null;
  }
}

/** POST /api/v1/push: takes what tablets have gathered, and answers once it is on the disk. */
export function ingestRoutes(app: FastifyInstance, deps: AppDeps): void {
  const desk = createPushDesk(deps);
  app.addHook('onClose', async () => desk.settled());
  const admission = new Admission(deps.config.pushBytesAtOnce);
  app.decorateRequest('device', null);
  // Bodies stay as they came until their turn: read, they would fill the memory while they wait.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => body,
  );
  app.post<{ Body: Buffer | undefined }>(
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
      onRequest: async (request, reply) => {
        request.device = await desk.recognise(request.headers.authorization);
        const leave = admission.admit(sizeOf(request.headers['content-length']));
        if (leave === null) throw overloaded();
        // Also where whoever sent it goes away in the middle.
        reply.raw.once('close', leave);
      },
    },
    async ({ device, body }, reply) => {
      if (device === null) throw new ProblemError('device-unknown');
      const read = () => (body === undefined ? body : parseBody(body));
      return reply.code(201).send(await desk.take(device, read, body?.length ?? 0));
    },
  );
}

/** What a body will weigh; the most it may where it does not say. */
function sizeOf(contentLength: string | undefined): number {
  const bytes = Number(contentLength);
  return contentLength === undefined || !Number.isFinite(bytes) ? MAX_PUSH_BYTES : bytes;
}
