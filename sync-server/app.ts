import Fastify, { type FastifyInstance } from 'fastify';
import type { AppDeps } from './app-deps.ts';
import { ProblemError, sendProblem } from './problems.ts';

/** The routes a tablet may call: on the kiosk's origin, where it has one of its own. */
const KIOSK_ROUTES: readonly Routes[] = [];
/** The routes of the people who run the reception: on the web view's origin, where it has one of its own. */
const ADMIN_ROUTES: readonly Routes[] = [];

/** A capability's routes: a Fastify plugin that is given what it needs. Each route tells its `Operation` in `config`. */
export type Routes = (app: FastifyInstance, deps: AppDeps) => void | Promise<void>;

/** The server, ready to listen or to be injected into. */
export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const app = Fastify({
    logger: deps.config.logLevel === 'silent' ? false : { level: deps.config.logLevel },
  });
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof ProblemError) return sendProblem(reply, error.code, error.content);
    return sendProblem(reply, 'internal');
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 'not-found'));
  for (const routes of [...KIOSK_ROUTES, ...ADMIN_ROUTES])
    await app.register(async (scope) => routes(scope, deps));
  await app.ready();
  return app;
}
