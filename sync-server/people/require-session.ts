import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AppDeps } from '../app-deps.ts';
import { ProblemError } from '../problems.ts';
import { refuseOtherSites } from './same-origin.ts';
import { presentedToken, readCookies } from './session-cookie.ts';
import { findSession, type SignedIn } from './sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    signedIn?: SignedIn;
  }
}

/** Closes the routes of this scope to whoever is not signed in, and to requests made by another site. */
export async function requireSession(scope: FastifyInstance, deps: AppDeps): Promise<void> {
  await readCookies(scope);
  refuseOtherSites(scope, deps.config);
  scope.addHook('onRequest', async (request) => {
    const token = presentedToken(request);
    const signedIn = token === undefined ? null : await findSession(deps, token);
    if (signedIn === null) throw new ProblemError('not-signed-in');
    request.signedIn = signedIn;
  });
}

/** Who is asking, on a route behind {@link requireSession}. */
export function signedInOf(request: FastifyRequest): SignedIn {
  if (request.signedIn === undefined) throw new Error('This route is not behind requireSession.');
  return request.signedIn;
}
