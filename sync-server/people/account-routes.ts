import type { FastifyInstance } from 'fastify';
import type { Result } from '../../domain/result.ts';
import { accountChangeSchema, sessionSchema } from '../../protocol/people.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing, noteTrail } from '../audit/keep-trail.ts';
import { openMailer } from '../mail/send-mail.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { type AccountFailure, changeAccount, newPasswordHash, whatChanges } from './account.ts';
import { afterReply, workAfterReplies } from './after-reply.ts';
import { signedInOf } from './guard.ts';
import type { Passwords } from './passwords.ts';
import { Proofs } from './proofs.ts';
import { takeCookieBack } from './session-cookie.ts';
import { sessionView } from './session-view.ts';
import { closeSession } from './sessions.ts';
import { accountChangedLetter } from './sign-in-letter.ts';
import '../operation.ts';

/** Who is signed in, signing out, and changing one's own account. */
export function accountRoutes(scope: FastifyInstance, deps: AppDeps, passwords: Passwords): void {
  const proofs = new Proofs(deps, passwords);
  const mailer = openMailer(deps.config.mail);
  scope.addHook('onClose', async () => mailer?.close());
  workAfterReplies(scope);
  scope.get(
    '/api/v1/session',
    {
      config: {
        operation: {
          summary: 'Who is signed in, and what they may see',
          caller: 'person',
          permission: 'own-account',
          trail: null,
          isBeforeSecondFactor: true,
          replies: { 200: sessionSchema },
          problems: ['not-signed-in'],
        },
      },
    },
    async (request) => sessionView(deps, signedInOf(request)),
  );
  scope.delete(
    '/api/v1/session',
    {
      config: {
        operation: {
          summary: 'Sign out',
          caller: 'person',
          permission: 'own-account',
          trail: 'signed-out',
          isBeforeSecondFactor: true,
          replies: { 204: null },
          problems: ['not-signed-in', 'origin-refused'],
        },
      },
    },
    async (request, reply) => {
      await changing(deps, request, async (within) => closeSession(within, signedInOf(request).session));
      takeCookieBack(reply);
      return reply.code(204).send();
    },
  );
  scope.put(
    '/api/v1/account',
    {
      config: {
        operation: {
          summary: 'Change one’s own name, e-mail or password',
          caller: 'person',
          permission: 'own-account',
          trail: 'account-changed',
          body: accountChangeSchema,
          replies: { 200: sessionSchema },
          problems: [
            'not-signed-in',
            'origin-refused',
            'fresh-link-needed',
            'too-many-requests',
            'overloaded',
          ],
        },
      },
    },
    async (request) => {
      const signedIn = signedInOf(request);
      const change = decodeOrThrow(accountChangeSchema, request.body);
      const changed = whatChanges(signedIn.person, change);
      if (changed !== null) orRefuse(await proofs.check(signedIn, change));
      const newHash = orRefuse(await newPasswordHash(passwords, change));
      if (changed !== null) noteTrail(request, { detail: { change: changed } });
      const person = await changing(deps, request, async ({ store }) =>
        orRefuse(await changeAccount(store, signedIn, { ...change, newHash })),
      );
      const letter = changed === null ? null : accountChangedLetter(signedIn.person.email, changed);
      // To the address of before: whoever has taken an account over must not be the only one to hear of it.
      if (letter !== null && mailer !== null)
        afterReply(request, async () => {
          const sent = await mailer.send(letter);
          if (!sent.ok)
            request.log.warn({ detail: sent.error.detail }, 'an account’s change could not be told');
        });
      return sessionView(deps, { ...signedIn, person });
    },
  );
}

function orRefuse<Value>(result: Result<Value, AccountFailure>): Value {
  if (result.ok) return result.value;
  const { error } = result;
  if (error.kind === 'fresh-link-needed') throw new ProblemError('fresh-link-needed');
  if (error.kind === 'too-many-requests')
    throw new ProblemError('too-many-requests', { retryAfterSeconds: error.retryAfterSeconds });
  const { field, message } = error;
  throw new ProblemError('unprocessable', { errors: [{ field, message }] });
}
