import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopback } from '../addresses.ts';
import type { Config } from '../config.ts';
import { ProblemError } from '../problems.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes asked for by a page of another site: the browser says where a request comes from, in `Sec-Fetch-Site`, in
 * `Origin`, or in both, and neither can be written by a page. A change that says neither comes from no browser we serve, and is
 * refused as well. Bodies must be JSON, which no form can send.
 *
 * @param concerns which requests: those that act for somebody whom the browser knows, or make the browser somebody
 */
export function refuseOtherSites(
  scope: FastifyInstance,
  config: Pick<Config, 'adminOrigin'>,
  concerns: (request: FastifyRequest) => boolean,
): void {
  scope.addHook('onRequest', async (request) => {
    if (READING.has(request.method) || !concerns(request)) return;
    if (!isFromOurPages(request, config.adminOrigin))
      throw new ProblemError('origin-refused', {
        detail: 'Changes are made from the web view’s own pages: Sec-Fetch-Site or Origin must say so.',
      });
    const hasBody =
      request.headers['content-length'] !== '0' && request.headers['content-length'] !== undefined;
    if (request.method === 'DELETE' && !hasBody) return;
    if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
      throw new ProblemError('media-type-refused');
  });
}

/**
 * Refuses to sign anybody in where the browser would drop the cookie at once, on plain HTTP from another machine: a one-time link
 * would be spent for nothing.
 */
export function refuseWhereNoCookieHolds(scope: FastifyInstance): void {
  scope.addHook('onRequest', async ({ headers: { origin } }) => {
    if (origin === undefined || !URL.canParse(origin)) return;
    const { protocol, hostname } = new URL(origin);
    const isLocal = isLoopback(hostname.replaceAll(/[[\]]/g, '')) || hostname.endsWith('.localhost');
    if (protocol === 'http:' && !isLocal)
      throw new ProblemError('origin-refused', {
        detail:
          'Browsers keep nobody signed in over plain HTTP, except on the server’s own machine: use HTTPS.',
      });
  });
}

function isFromOurPages({ headers, host }: FastifyRequest, adminOrigin: string | null): boolean {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  if (site === undefined && origin === undefined) return false;
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined || isOurs(origin, host, adminOrigin);
}

/** Without an origin of its own the web view is wherever it was asked for: behind a proxy only the host name is sure. */
function isOurs(origin: string, host: string, adminOrigin: string | null): boolean {
  if (!URL.canParse(origin)) return false;
  const asked = new URL(origin);
  return adminOrigin === null ? asked.host === host.toLowerCase() : asked.origin === adminOrigin;
}
