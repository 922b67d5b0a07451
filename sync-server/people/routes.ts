import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  accountChangeSchema,
  linkRedemptionSchema,
  sessionSchema,
  signInRequestSchema,
} from '../../protocol/people.ts';
import type { AuditAction } from '../../protocol/audit.ts';
import type { AppDeps } from '../app-deps.ts';
import { recordEntries } from '../audit/record-entry.ts';
import { instantOf } from '../clock.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { changeAccount } from './account.ts';
import { afterReply, workAfterReplies } from './after-reply.ts';
import { linkRoutes } from './link-routes.ts';
import { Passwords } from './passwords.ts';
import { type Person, personByEmail } from './people.ts';
import { secondFactorRoutes } from './second-factor-routes.ts';
import { deviceName } from './device-name.ts';
import { signedInOf } from './guard.ts';
import { refuseOtherSites, refuseWhereNoCookieHolds } from './same-origin.ts';
import { giveCookie, presentedToken, takeCookieBack } from './session-cookie.ts';
import { sessionView } from './session-view.ts';
import { sessionRoutes } from './session-routes.ts';
import { closeSession, openSession } from './sessions.ts';
import { SignIn, type SignInFailure } from './sign-in.ts';
import '../operation.ts';

/** Signing in and out, and one's own account. */
export async function peopleRoutes(app: FastifyInstance, deps: AppDeps): Promise<void> {
  const passwords = new Passwords();
  await app.register(async (scope) => signInRoutes(scope, deps, new SignIn(deps, passwords)));
  await app.register(async (scope) => linkRoutes(scope, deps));
  await app.register(async (scope) => accountRoutes(scope, deps, passwords));
  sessionRoutes(app, deps);
  secondFactorRoutes(app, deps);
}

function signInRoutes(scope: FastifyInstance, deps: AppDeps, signIn: SignIn): void {
  refuseOtherSites(scope, deps.config, () => true);
  refuseWhereNoCookieHolds(scope);
  workAfterReplies(scope);
  const note = async (person: Person, action: AuditAction, way: 'password' | 'link') => {
    const entry = { organisationId: person.organisationId, person, action, detail: { way } };
    await recordEntries(deps.store.db, instantOf(deps.clock.now()), [entry]);
  };
  /** Once the reply has left, so that its time does not tell who has an account. */
  const noteRefusal = async (email: string, failure: SignInFailure) => {
    // Whoever is made to wait has been noted as often as they tried: a flood must not fill the trail.
    const isTold = failure.kind === 'wrong-credentials' || failure.kind === 'second-factor-wrong';
    const person = isTold ? await personByEmail(deps.store.db, email) : null;
    if (person !== null) await note(person, 'sign-in-refused', 'password');
  };
  const welcome = async (
    person: Person,
    way: 'password' | 'link',
    request: FastifyRequest,
    reply: FastifyReply,
  ) => {
    await note(person, 'signed-in', way);
    const { token, signedIn } = await openSession(deps, person, {
      former: presentedToken(request),
      device: deviceName(request.headers['user-agent']),
    });
    giveCookie(reply, token);
    return reply.code(201).send(await sessionView(deps, signedIn));
  };
  scope.post(
    '/api/v1/sessions',
    {
      config: {
        operation: {
          summary: 'Sign in with e-mail and password',
          caller: 'anybody',
          body: signInRequestSchema,
          replies: { 201: sessionSchema },
          problems: [
            'wrong-credentials',
            'second-factor-needed',
            'second-factor-wrong',
            'origin-refused',
            'too-many-requests',
            'overloaded',
          ],
        },
      },
    },
    async (request, reply) => {
      const asked = decodeOrThrow(signInRequestSchema, request.body);
      const result = await signIn.withPassword(asked, request.ip);
      if (result.ok) return welcome(result.value, 'password', request, reply);
      afterReply(request, async () => noteRefusal(asked.email, result.error));
      return refuse(result.error);
    },
  );
  scope.post(
    '/api/v1/sign-in-link-redemptions',
    {
      config: {
        operation: {
          summary: 'Sign in with a one-time link',
          caller: 'anybody',
          body: linkRedemptionSchema,
          replies: { 201: sessionSchema },
          problems: ['link-unknown', 'origin-refused', 'too-many-requests'],
        },
      },
    },
    async (request, reply) => {
      const { token } = decodeOrThrow(linkRedemptionSchema, request.body);
      const result = await signIn.withLink(token, request.ip);
      return result.ok ? welcome(result.value, 'link', request, reply) : refuse(result.error);
    },
  );
}

function refuse(failure: SignInFailure): never {
  switch (failure.kind) {
    case 'wrong-credentials':
    case 'second-factor-needed':
    case 'second-factor-wrong':
      throw new ProblemError(failure.kind);
    case 'link-unknown':
      throw new ProblemError('link-unknown', {
        detail: 'A link works once, for one hour. `npm run sign-in-link` makes another.',
      });
    case 'too-many-requests':
      throw new ProblemError('too-many-requests', { retryAfterSeconds: failure.retryAfterSeconds });
  }
}

function accountRoutes(scope: FastifyInstance, deps: AppDeps, passwords: Passwords): void {
  scope.get(
    '/api/v1/session',
    {
      config: {
        operation: {
          summary: 'Who is signed in, and what they may see',
          caller: 'person',
          permission: 'own-account',
          trail: null,
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
          replies: { 204: null },
          problems: ['not-signed-in', 'origin-refused'],
        },
      },
    },
    async (request, reply) => {
      await closeSession(deps, signedInOf(request).session);
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
          problems: ['not-signed-in', 'origin-refused', 'overloaded'],
        },
      },
    },
    async (request) => {
      const signedIn = signedInOf(request);
      const change = decodeOrThrow(accountChangeSchema, request.body);
      const changed = await changeAccount(deps.store, passwords, signedIn, change);
      if (!changed.ok) {
        const { field, message } = changed.error;
        throw new ProblemError('unprocessable', { errors: [{ field, message }] });
      }
      return sessionView(deps, { ...signedIn, person: changed.value });
    },
  );
}
