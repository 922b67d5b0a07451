import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import { MAX_PUSH_BYTES } from '../protocol/push.ts';
import type { AppDeps, Routes } from './app-deps.ts';
import { assignmentRoutes } from './assignment/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { keepTrail } from './audit/keep-trail.ts';
import { calendarRoutes } from './calendar/routes.ts';
import type { Config } from './config.ts';
import { enrolmentRoutes } from './enrolment/routes.ts';
import { handleErrors, refuseOtherMethods, rememberMethods, writeClientError } from './errors.ts';
import { exportsRoutes } from './exports/routes.ts';
import { fleetRoutes } from './fleet/routes.ts';
import { healthRoutes } from './health/routes.ts';
import { type Half, keepHalvesApart } from './halves.ts';
import { ingestRoutes } from './ingest/routes.ts';
import { integrityRoutes } from './integrity/routes.ts';
import { jsonBodies } from './json-bodies.ts';
import { collectOperations, openapiRoutes } from './openapi/routes.ts';
import { presenceRoutes } from './presence/routes.ts';
import { assertDeclared, guardRoutes } from './people/guard.ts';
import { participationRoutes } from './participation/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { posterRoutes, publicResultsRoutes } from './public-results/routes.ts';
import { publicationRoutes } from './publication/routes.ts';
import { rescueRoutes } from './rescue/routes.ts';
import { scoresRoutes } from './scores/routes.ts';
import { addSecurityHeaders, API_POLICY } from './security-headers.ts';
import { teamRoutes } from './team/routes.ts';
import { readTlsFiles } from './tls-files.ts';
import { themeRoutes } from './verbatims/theme-routes.ts';
import { verbatimsRoutes } from './verbatims/routes.ts';
import { webPages } from './web-pages.ts';
import { weeklyMailRoutes } from './weekly-mail/routes.ts';

/** Routes by who may call them: where tablets and web view have host names of their own, each half is served on its own. */
const ROUTES: Readonly<Record<Half, readonly Routes[]>> = {
  kiosk: [enrolmentRoutes, assignmentRoutes, ingestRoutes, presenceRoutes, publicResultsRoutes],
  admin: [
    peopleRoutes,
    teamRoutes,
    auditRoutes,
    scoresRoutes,
    integrityRoutes,
    verbatimsRoutes,
    themeRoutes,
    fleetRoutes,
    participationRoutes,
    calendarRoutes,
    publicationRoutes,
    posterRoutes,
    rescueRoutes,
    exportsRoutes,
    weeklyMailRoutes,
  ],
};

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
/** Longer than a tablet's pause between two pushes of a queue, so that it keeps its connection. */
const KEEP_ALIVE_MS = 65_000;

/** The server, ready to listen or to be injected into. */
export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const { config } = deps;
  const app = Fastify({
    serverFactory: (handler) => createServer(config, handler),
    bodyLimit: MAX_PUSH_BYTES,
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    // What a draining server is still sent is answered, and the connection then closed.
    return503OnClosing: false,
    clientErrorHandler: writeClientError,
    logger: loggerOf(config),
  });
  handleErrors(app);
  addSecurityHeaders(app, config);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: API_POLICY },
    // Said by addSecurityHeaders, and only over HTTPS.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  jsonBodies(app);
  assertDeclared(app);
  const operations = collectOperations(app);
  for (const half of ['kiosk', 'admin'] as const)
    await app.register(async (scope) => {
      keepHalvesApart(scope, half, config);
      rememberMethods(scope);
      if (half === 'admin') {
        await guardRoutes(scope, deps);
        keepTrail(scope, deps);
      }
      for (const routes of ROUTES[half]) await scope.register(async (own) => routes(own, deps));
      refuseOtherMethods(scope);
    });
  await app.register(async (scope) => {
    rememberMethods(scope);
    healthRoutes(scope, deps);
    openapiRoutes(scope, operations);
    refuseOtherMethods(scope);
  });
  await app.register(async (scope) => webPages(scope, deps));
  await app.ready();
  return app;
}

/** Plain HTTP, or HTTPS where a certificate was given, with time limits on whoever sends slowly. */
function createServer(config: Config, handler: (request: never, reply: never) => void): Server {
  const options = {
    maxHeaderSize: 8_192,
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  const listener = handler as Parameters<typeof createHttpServer>[1];
  if (config.tls === null) return createHttpServer(options, listener);
  return createHttpsServer(
    {
      ...options,
      ...readTlsFiles(config.tls),
      minVersion: 'TLSv1.2',
    },
    listener,
  );
}

/** Neither an address nor what was searched for: the log must not become a second store of who did what. */
function loggerOf({ logLevel }: Config) {
  if (logLevel === 'silent') return false;
  return {
    level: logLevel,
    serializers: {
      req: (request: { method: string; url: string }) => ({
        method: request.method,
        path: request.url.split('?', 1)[0],
      }),
    },
  };
}
