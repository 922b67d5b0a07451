import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AppDeps } from '../app-deps.ts';
import { ProblemError } from '../problems.ts';
import { mayDo } from './permissions.ts';
import { refuseOtherSites } from './same-origin.ts';
import { presentedToken, readCookies } from './session-cookie.ts';
import { findSession, type SignedIn, signedInWith } from './sessions.ts';
import '../operation.ts';

declare module 'fastify' {
  interface FastifyRequest {
    signedIn?: SignedIn;
  }
}

/**
 * The one place where it is decided who may do what. Each route says who may call it, and one for a person which permission it takes;
 * the scope that its handler is given is what that permission reaches, so that no handler asks for a role. To be called on a scope
 * before its routes are added, which all stand behind it.
 */
export async function guardRoutes(scope: FastifyInstance, deps: AppDeps): Promise<void> {
  await readCookies(scope);
  refuseOtherSites(
    scope,
    deps.config,
    ({ routeOptions }) => routeOptions.config.operation?.caller === 'person',
  );
  scope.addHook('onRequest', async (request) => {
    const operation = request.routeOptions.config.operation;
    if (operation?.caller !== 'person') return;
    const token = presentedToken(request);
    const session = token === undefined ? null : await findSession(deps, token);
    if (session === null) throw new ProblemError('not-signed-in');
    const { permission, isBeforeSecondFactor = false } = operation;
    if (session.mustSetSecondFactor && !isBeforeSecondFactor)
      throw new ProblemError('second-factor-required');
    // One's own account is one's own, whatever else one may do.
    if (permission !== 'own-account' && !session.grants.some(({ role }) => mayDo(role, permission)))
      throw new ProblemError('not-allowed');
    request.signedIn = await signedInWith(deps, session, permission);
  });
}

/** Fails at start where a route of the API does not say who may call it, under which permission, and what the trail notes of it. */
export function assertDeclared(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!url.startsWith('/api/') || config?.isRefusal === true) return;
    const operation = config?.operation;
    if (operation === undefined) throw new Error(`${String(method)} ${url} does not say who may call it.`);
    if (operation.caller !== 'person') return;
    // The types ask for both; what was built without them must not be served.
    const { permission, trail } = operation as Partial<typeof operation>;
    if (permission === undefined)
      throw new Error(`${String(method)} ${url} does not say which permission it takes.`);
    if (trail === undefined)
      throw new Error(`${String(method)} ${url} does not say what the audit trail notes.`);
  });
}

/** Who is asking, on a route whose caller is a person. */
export function signedInOf(request: FastifyRequest): SignedIn {
  if (request.signedIn === undefined) throw new Error('This route is not for a person behind the guard.');
  return request.signedIn;
}
