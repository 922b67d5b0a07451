import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from './config.ts';
import { ProblemError } from './problems.ts';

/** What tablets use, and what the people who run the reception use. */
export type Half = 'kiosk' | 'admin';

/** Which halves a host name serves. One origin for both, or none set, serves both; a name of neither serves what has no name of its own. */
export function halvesOf(host: string, config: Pick<Config, 'kioskOrigin' | 'adminOrigin'>): readonly Half[] {
  const { kioskOrigin, adminOrigin } = config;
  if (kioskOrigin === adminOrigin) return ['kiosk', 'admin'];
  if (isHostOf(host, kioskOrigin)) return ['kiosk'];
  if (isHostOf(host, adminOrigin)) return ['admin'];
  return [
    ...(kioskOrigin === null ? (['kiosk'] as const) : []),
    ...(adminOrigin === null ? (['admin'] as const) : []),
  ];
}

/** Whether the host name is one of the two given: what the machine's own network alone should see is not served there. */
export function isPublicHost(host: string, config: Pick<Config, 'kioskOrigin' | 'adminOrigin'>): boolean {
  return isHostOf(host, config.kioskOrigin) || isHostOf(host, config.adminOrigin);
}

/** Routes of this scope do not exist on the other half's host name. */
export function keepHalvesApart(scope: FastifyInstance, half: Half, config: Config): void {
  scope.addHook('onRequest', async (request) => {
    if (!halvesOf(hostOf(request), config).includes(half)) throw new ProblemError('not-found');
  });
}

export function hostOf(request: FastifyRequest): string {
  return request.host.toLowerCase();
}

function isHostOf(host: string, origin: string | null): boolean {
  return origin !== null && new URL(origin).host === host;
}
