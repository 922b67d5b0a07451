import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { organisationIdSchema, responseIdSchema } from '../../protocol/identities.ts';
import {
  isReasonMissing,
  verbatimChangeSchema,
  verbatimPageSchema,
  verbatimSchema,
} from '../../protocol/verbatims.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing, noteTrail } from '../audit/keep-trail.ts';
import { signedInOf } from '../people/guard.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { changeVerbatim } from './change-verbatim.ts';
import { findVerbatims, verbatimQuerySchema } from './find-verbatims.ts';
import { readVerbatim } from './read-verbatims.ts';
import { readerOf } from './readers.ts';
import '../operation.ts';

const keySchema = v.object({ organisationId: organisationIdSchema, responseId: responseIdSchema });

/** What visitors wrote: reading, searching, marking as read, moderating. */
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
      const page = await findVerbatims(deps, readerOf(signedInOf(request)), query);
      noteTrail(request, { detail: { count: page.verbatims.length } });
      return page;
    },
  );
  app.patch(
    '/api/v1/verbatims/:organisationId/:responseId',
    {
      config: {
        operation: {
          summary:
            'Mark a text as read or unread, set a theme, release it, hide it, mask passages of it, or take that back',
          caller: 'person',
          permission: 'change-verbatims',
          trail: 'verbatim-changed',
          params: keySchema,
          body: verbatimChangeSchema,
          replies: { 200: verbatimSchema },
          problems: [
            'not-signed-in',
            'origin-refused',
            'not-allowed',
            'not-found',
            'conflict',
            'unprocessable',
          ],
        },
      },
    },
    async (request) => {
      const signedIn = signedInOf(request);
      const reader = readerOf(signedIn);
      const key = v.safeParse(keySchema, request.params);
      if (!key.success) throw new ProblemError('not-found');
      const change = decodeOrThrow(verbatimChangeSchema, request.body);
      if (isReasonMissing(change))
        throw new ProblemError('unprocessable', {
          errors: [{ field: 'reason', message: 'Say in a few words why it is hidden.' }],
        });
      const isReading = !('version' in change);
      if (!isReading && reader.moderates.reaches.length === 0) throw new ProblemError('not-allowed');
      const scope = isReading ? reader.scope : reader.moderates;
      await changing(deps, request, async (within) => {
        const changed = await changeVerbatim(within, scope, key.output, { change, by: signedIn.person.name });
        if (!changed.ok)
          throw changed.error.kind === 'conflict'
            ? new ProblemError('conflict', {
                detail: 'Somebody else has decided otherwise meanwhile.',
                current: changed.error.current,
              })
            : new ProblemError('not-found');
        noteTrail(request, { serviceId: changed.value.serviceId, detail: { change: change.change } });
      });
      const verbatim = await readVerbatim(deps.store, reader, key.output);
      if (verbatim === null) throw new ProblemError('not-found');
      return verbatim;
    },
  );
}
