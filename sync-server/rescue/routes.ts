import type { FastifyInstance } from 'fastify';
import { MAX_RESCUE_BYTES, rescueFileSchema, rescueReplySchema } from '../../protocol/rescue.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing, noteTrail } from '../audit/keep-trail.ts';
import { Publications } from '../ingest/publications.ts';
import { SealedTexts } from '../ingest/sealed-texts.ts';
import { signedInOf } from '../people/guard.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { importRescue } from './import-rescue.ts';
import '../operation.ts';

/** POST /api/v1/fleet/rescues: the answers of a tablet that cannot send them any more, carried by hand. */
export function rescueRoutes(app: FastifyInstance, deps: AppDeps): void {
  const texts = new SealedTexts(deps.sealingKeys);
  app.post(
    '/api/v1/fleet/rescues',
    {
      bodyLimit: MAX_RESCUE_BYTES,
      config: {
        operation: {
          summary: 'Import the rescue file of a tablet; each answer is judged as in a push',
          caller: 'person',
          permission: 'change-fleet',
          trail: 'rescue-imported',
          body: rescueFileSchema,
          replies: { 201: rescueReplySchema },
          problems: ['not-signed-in', 'origin-refused', 'not-found', 'too-large'],
        },
      },
    },
    async (request, reply) => {
      const file = decodeOrThrow(rescueFileSchema, request.body);
      noteTrail(request, {
        organisationIds: [file.organisationId],
        subject: `tablet:${file.enrolmentId}`,
      });
      const imported = await changing(deps, request, async (within) => {
        const ports = { publications: new Publications(within), texts };
        const outcome = await importRescue({ ...within, ports }, signedInOf(request).scope, file);
        if (outcome.ok) return outcome.value;
        if (outcome.error.kind === 'damaged')
          throw new ProblemError('unprocessable', {
            errors: [{ field: 'checksum', message: 'does not fit the entries: the file is damaged' }],
          });
        throw new ProblemError('not-found', { detail: 'This tablet is not known here.' });
      });
      return reply.code(201).send(imported);
    },
  );
}
