import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { organisationIdSchema, responseIdSchema } from '../../protocol/identities.ts';
import { verbatimChangeSchema, verbatimPageSchema } from '../../protocol/verbatims.ts';
import type { AppDeps } from '../app-deps.ts';
import { noteTrail } from '../audit/keep-trail.ts';
import { signedInOf } from '../people/guard.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { changeVerbatim } from './change-verbatim.ts';
import { findVerbatims, verbatimQuerySchema } from './find-verbatims.ts';
import '../operation.ts';

const keySchema = v.object({ organisationId: organisationIdSchema, responseId: responseIdSchema });

/** What visitors wrote: reading, searching, marking as read, hiding with a reason. */
export function verbatimsRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get(
    '/api/v1/verbatims',
    {
      config: {
        operation: {
          summary: 'Texts that visitors wrote, newest first',
          caller: 'person',
          permission: 'read-verbatims',
          trail: 'verbatims-read',
          query: verbatimQuerySchema,
          replies: { 200: verbatimPageSchema },
          problems: ['not-signed-in', 'unprocessable'],
        },
      },
    },
    async (request) => {
      const query = decodeOrThrow(verbatimQuerySchema, request.query);
      const page = await findVerbatims(deps, signedInOf(request).scope, query);
      noteTrail(request, { detail: { count: page.verbatims.length } });
      return page;
    },
  );
  app.patch(
    '/api/v1/verbatims/:organisationId/:responseId',
    {
      config: {
        operation: {
          summary: 'Mark a text as read or unread, hide it or show it again',
          caller: 'person',
          permission: 'change-verbatims',
          trail: 'verbatim-changed',
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
      noteTrail(request, { serviceId: changed.value.serviceId, detail: { change: change.change } });
      return reply.code(204).send();
    },
  );
}
