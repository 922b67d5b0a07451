import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { organisationIdSchema, responseIdSchema } from '../../protocol/identities.ts';
import { verbatimChangeSchema, verbatimPageSchema } from '../../protocol/verbatims.ts';
import type { AppDeps } from '../app-deps.ts';
import { requireSession, signedInOf } from '../people/require-session.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { changeVerbatim } from './change-verbatim.ts';
import { findVerbatims, verbatimQuerySchema } from './find-verbatims.ts';
import '../operation.ts';

const keySchema = v.object({ organisationId: organisationIdSchema, responseId: responseIdSchema });

/** What visitors wrote: reading, searching, marking as read, hiding with a reason. */
export async function verbatimsRoutes(app: FastifyInstance, deps: AppDeps): Promise<void> {
  await requireSession(app, deps);
  app.get(
    '/api/v1/verbatims',
    {
      config: {
        operation: {
          summary: 'Texts that visitors wrote, newest first',
          caller: 'person',
          query: verbatimQuerySchema,
          replies: { 200: verbatimPageSchema },
          problems: ['not-signed-in', 'unprocessable'],
        },
      },
    },
    async (request) =>
      findVerbatims(deps, signedInOf(request).scope, decodeOrThrow(verbatimQuerySchema, request.query)),
  );
  app.patch(
    '/api/v1/verbatims/:organisationId/:responseId',
    {
      config: {
        operation: {
          summary: 'Mark a text as read or unread, hide it or show it again',
          caller: 'person',
          params: keySchema,
          body: verbatimChangeSchema,
          replies: { 204: null },
          problems: ['not-signed-in', 'origin-refused', 'not-found', 'conflict'],
        },
      },
    },
    async (request, reply) => {
      const { person, scope } = signedInOf(request);
      const key = v.safeParse(keySchema, request.params);
      if (!key.success) throw new ProblemError('not-found');
      const change = decodeOrThrow(verbatimChangeSchema, request.body);
      const changed = await changeVerbatim(deps, scope, key.output, { change, by: person.name });
      if (!changed.ok)
        throw new ProblemError(
          changed.error.kind,
          changed.error.kind === 'conflict'
            ? { detail: 'Somebody else has hidden it for another reason.' }
            : {},
        );
      return reply.code(204).send();
    },
  );
}
