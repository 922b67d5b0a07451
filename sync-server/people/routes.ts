import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { linkRedemptionSchema, sessionSchema, signInRequestSchema } from '../../protocol/people.ts';
import type { AuditAction } from '../../protocol/audit.ts';
import type { AppDeps } from '../app-deps.ts';
import { recordEntries } from '../audit/record-entry.ts';
import { instantOf } from '../clock.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import type { Store } from '../store/store.ts';
import { storeWithin, together } from '../store/together.ts';
import { accountRoutes } from './account-routes.ts';
import { afterReply, workAfterReplies } from './after-reply.ts';
import { linkRoutes } from './link-routes.ts';
import { Passwords } from './passwords.ts';
import { type Person, personByEmail } from './people.ts';
import { secondFactorRoutes } from './second-factor-routes.ts';
import { deviceName } from './device-name.ts';
import { refuseOtherSites, refuseWhereNoCookieHolds } from './same-origin.ts';
import { giveCookie, presentedToken } from './session-cookie.ts';
import { sessionView } from './session-view.ts';
import { sessionRoutes } from './session-routes.ts';
import { openSession, type WayIn } from './sessions.ts';
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
  const note = async (
    { db }: Pick<Store, 'db'>,
    person: Person,
    action: AuditAction,
    way: 'password' | 'link',
  ) => {
    const entry = { organisationId: person.organisationId, person, action, detail: { way } };
    await recordEntries(db, instantOf(deps.clock.now()), [entry]);
  };
  /** Once the reply has left, so that its time does not tell who has an account. */
  const noteRefusal = async (email: string, failure: SignInFailure) => {
    // Whoever is made to wait has been noted as often as they tried: a flood must not fill the trail.
    const isTold = failure.kind === 'wrong-credentials' || failure.kind === 'second-factor-wrong';
    const person = isTold ? await personByEmail(deps.store.db, email) : null;
    if (person !== null) await note(deps.store, person, 'sign-in-refused', 'password');
  };
  /** Lets somebody in and notes it; a link that has let nobody in is not spent. */
  const welcome = async (
    who: (within: AppDeps) => Promise<{ readonly person: Person; readonly way: WayIn }>,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => {
    const { token, signedIn } = await together(deps.store.db, async (trx) => {
      const within = { ...deps, store: storeWithin(deps.store, trx) };
      const { person, way } = await who(within);
      await note(within.store, person, 'signed-in', way === 'password' ? 'password' : 'link');
      return openSession(within, person, {
        former: presentedToken(request),
        device: deviceName(request.headers['user-agent']),
        way,
      });
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
      if (result.ok) return welcome(async () => ({ person: result.value, way: 'password' }), request, reply);
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
          problems: [
            'link-unknown',
            'second-factor-needed',
            'second-factor-wrong',
            'origin-refused',
            'too-many-requests',
          ],
        },
      },
    },
    async (request, reply) => {
      const asked = decodeOrThrow(linkRedemptionSchema, request.body);
      const who = async (within: AppDeps) => {
        const result = await signIn.withLink(within, asked, request.ip);
        return result.ok ? result.value : refuse(result.error);
      };
      return welcome(who, request, reply);
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
