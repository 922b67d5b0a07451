import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { sessionListSchema } from '../../protocol/people.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing } from '../audit/keep-trail.ts';
import { ProblemError } from '../problems.ts';
import { signedInOf } from './guard.ts';
import { takeCookieBack } from './session-cookie.ts';
import { closeOwnSession, closeOwnSessions, ownSessions } from './own-sessions.ts';
import '../operation.ts';

const sessionKeySchema = v.object({ sessionId: v.pipe(v.string(), v.uuid()) });

/** Where one is signed in, and ending it. */
export function sessionRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get(
    '/api/v1/sessions',
    {
      config: {
        operation: {
          summary: 'One’s own open sessions, by device',
          caller: 'person',
          permission: 'own-account',
          trail: null,
          replies: { 200: sessionListSchema },
          problems: ['not-signed-in'],
        },
      },
    },
    async (request) => ({ sessions: await ownSessions(deps, signedInOf(request)) }),
  );
  app.delete(
    '/api/v1/sessions/:sessionId',
    {
      config: {
        operation: {
          summary: 'End one of one’s own sessions',
          caller: 'person',
          permission: 'own-account',
          trail: 'sessions-ended',
          params: sessionKeySchema,
          replies: { 204: null },
          problems: ['not-signed-in', 'origin-refused', 'not-found'],
        },
      },
    },
    async (request, reply) => {
      const key = v.safeParse(sessionKeySchema, request.params);
      if (!key.success) throw new ProblemError('not-found');
      await changing(deps, request, async (within) => {
        if (!(await closeOwnSession(within, signedInOf(request), key.output.sessionId)))
          throw new ProblemError('not-found');
      });
      return reply.code(204).send();
    },
  );
  app.delete(
    '/api/v1/sessions',
    {
      config: {
        operation: {
          summary: 'Sign out everywhere, here too; links that are still open are closed',
          caller: 'person',
          permission: 'own-account',
          trail: 'sessions-ended',
          replies: { 204: null },
          problems: ['not-signed-in', 'origin-refused'],
        },
      },
    },
    async (request, reply) => {
      await changing(deps, request, async (within) => closeOwnSessions(within, signedInOf(request)));
      takeCookieBack(reply);
      return reply.code(204).send();
    },
  );
}
