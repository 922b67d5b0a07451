import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppDeps } from './app-deps.ts';
import { type Half, halvesOf, hostOf } from './halves.ts';
import { ProblemError } from './problems.ts';
import { ADMIN_POLICY, KIOSK_POLICY } from './security-headers.ts';

/** Files whose name carries a hash of what is in them never change. */
const HASHED = /[-.][A-Za-z0-9_-]{8,}\.(js|css|woff2?|svg|png|webp|json)$/;
const FOREVER = 'public, max-age=31536000, immutable';
const ASK_EACH_TIME = 'no-cache';

/** The built pages: `/kiosk/` and `/admin/` with what they load, and a door at `/`. */
export async function webPages(app: FastifyInstance, { config, webRoot }: AppDeps): Promise<void> {
  const halves = (request: FastifyRequest) => halvesOf(hostOf(request), config);
  app.get('/', async (request, reply) => {
    const [first] = halves(request);
    if (first === undefined) throw new ProblemError('not-found');
    return reply.redirect(halves(request).includes('admin') ? '/admin/' : '/kiosk/', 302);
  });
  if (webRoot === null || !existsSync(webRoot)) return;

  app.addHook('onRequest', async (request, reply) => {
    const half = halfOfPath(request.url);
    if (half !== null && !halves(request).includes(half)) throw new ProblemError('not-found');
    void reply.header('content-security-policy', half === 'admin' ? ADMIN_POLICY : KIOSK_POLICY);
  });
  for (const half of ['kiosk', 'admin'])
    app.get(`/${half}`, async (_request, reply) => reply.redirect(`/${half}/`, 301));
  await app.register(fastifyStatic, {
    root: webRoot,
    wildcard: true,
    index: ['index.html'],
    cacheControl: false,
    setHeaders: (reply: unknown, path) => {
      const cache = HASHED.test(path) && path.includes('/assets/') ? FOREVER : ASK_EACH_TIME;
      (reply as FastifyReply).header('cache-control', cache);
    },
  });
  // Every address of the web view is the same page: the state is in the address, the page reads it.
  app.get('/admin/*', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    return reply.sendFile(path.includes('.') ? decodeURI(path).slice(1) : 'admin/index.html');
  });
}

function halfOfPath(url: string): Half | null {
  if (/^\/(kiosk|kiosk-sw\.js)(\/|\?|$)/.test(url)) return 'kiosk';
  return /^\/admin(\/|\?|$)/.test(url) ? 'admin' : null;
}
