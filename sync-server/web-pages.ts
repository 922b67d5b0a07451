import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppDeps } from './app-deps.ts';
import { type Half, halvesOf, hostOf } from './halves.ts';
import { ProblemError } from './problems.ts';
import { ADMIN_POLICY, KIOSK_POLICY, PHONE_POLICY } from './security-headers.ts';

/** Files whose name carries a hash of what is in them never change. */
const HASHED = /[-.][A-Za-z0-9_-]{8,}\.(js|css|woff2?|svg|png|webp|json)$/;
const FOREVER = 'public, max-age=31536000, immutable';
const ASK_EACH_TIME = 'no-cache';
/** A visitor's own telephone keeps no page; its script and style may stay in the cache, they tell of no visit. */
const KEEP_NOTHING = 'no-store';

const KIOSK_PAGE = /^\/kiosk(\/|\?|$)/;
/**
 * Either has Chromium start a process of the page's own, apart from its service worker's: a slow tablet starts later for it, and holds more
 * memory. They part a page from those that open it, and nothing opens a tablet's.
 */
const OWN_PROCESS = ['cross-origin-opener-policy', 'origin-agent-cluster'];

/** The built pages: `/kiosk/`, `/visite/` for telephones, and `/admin/`, with what they load, and a door at `/`. */
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
    void reply.header('content-security-policy', policyOf(request.url, half));
    if (KIOSK_PAGE.test(request.url)) for (const name of OWN_PROCESS) reply.removeHeader(name);
  });
  for (const page of ['kiosk', 'visite', 'admin'])
    app.get(`/${page}`, async (_request, reply) => reply.redirect(`/${page}/`, 301));
  await app.register(fastifyStatic, {
    root: webRoot,
    wildcard: true,
    index: ['index.html'],
    cacheControl: false,
    setHeaders: (reply: unknown, path) => {
      (reply as FastifyReply).header('cache-control', cacheOf(path));
    },
  });
  // Every address of the web view is the same page: the state is in the address, the page reads it.
  app.get('/admin/*', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    return reply.sendFile(path.includes('.') ? decodeURI(path).slice(1) : 'admin/index.html');
  });
}

function cacheOf(path: string): string {
  if (HASHED.test(path) && path.includes('/assets/')) return FOREVER;
  return path.includes('/visite/') ? KEEP_NOTHING : ASK_EACH_TIME;
}

function policyOf(url: string, half: Half | null): string {
  if (half === 'admin') return ADMIN_POLICY;
  return /^\/visite(\/|\?|$)/.test(url) ? PHONE_POLICY : KIOSK_POLICY;
}

function halfOfPath(url: string): Half | null {
  if (/^\/(kiosk|kiosk-sw\.js|visite)(\/|\?|$)/.test(url)) return 'kiosk';
  return /^\/admin(\/|\?|$)/.test(url) ? 'admin' : null;
}
