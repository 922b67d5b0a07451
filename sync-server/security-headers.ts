import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';

type Directives = Readonly<Record<string, readonly string[]>>;

/** Nothing the API answers may ever be rendered. */
export const API_POLICY = {
  defaultSrc: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  sandbox: [],
};

const PAGE_POLICY: Directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'object-src': ["'none'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
  'require-trusted-types-for': ["'script'"],
};

/** `parvis-kiosk` names the one policy that may make the service worker's address. */
export const KIOSK_POLICY = policyText({
  ...PAGE_POLICY,
  'form-action': ["'none'"],
  'trusted-types': ['parvis-kiosk'],
});
/** The telephone's page has no worker and no manifest: it installs nothing. */
export const PHONE_POLICY = policyText({
  ...PAGE_POLICY,
  'manifest-src': ["'none'"],
  'worker-src': ["'none'"],
  'form-action': ["'none'"],
  'trusted-types': ["'none'"],
});
export const ADMIN_POLICY = policyText({
  ...PAGE_POLICY,
  'form-action': ["'self'"],
  'trusted-types': ["'none'"],
});

/** What neither page uses; a frame or an injected script could not ask for it either. */
const PERMISSIONS = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'midi']
  .map((name) => `${name}=()`)
  .join(', ');
const YEAR_SECONDS = 31_536_000;

/** The headers that depend on the request; the others are helmet's. */
export function addSecurityHeaders(app: FastifyInstance, config: Config): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('permissions-policy', PERMISSIONS);
    // Told on a plain connection, browsers must ignore it; told by a proxy we do not know, it could be a lie.
    if (config.tls !== null || request.protocol === 'https')
      void reply.header('strict-transport-security', `max-age=${YEAR_SECONDS}`);
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
  });
}

function policyText(directives: Directives): string {
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(' '))
    .join('; ');
}
