import { networkInterfaces } from 'node:os';
import type { Config } from './config.ts';

type Place = Pick<Config, 'host' | 'port' | 'tls' | 'kioskOrigin' | 'adminOrigin'>;

/** The origin tablets open: the one given, or where this machine can be reached. Without a trailing slash. */
export function kioskOriginOf(config: Place, port = config.port): string {
  return config.kioskOrigin ?? ownOrigin(config, port);
}

/** The origin of the web view. */
export function adminOriginOf(config: Place, port = config.port): string {
  return config.adminOrigin ?? ownOrigin(config, port);
}

/** Whether only this machine can reach the server. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function ownOrigin({ host, tls }: Place, port: number): string {
  const scheme = tls === null ? 'http' : 'https';
  const isDefaultPort = port === (tls === null ? 80 : 443);
  return `${scheme}://${reachableName(host)}${isDefaultPort ? '' : `:${port}`}`;
}

/** Browsers treat `localhost` as secure by name; an unspecified address is shown as one a tablet can open. */
function reachableName(host: string): string {
  if (isLoopback(host)) return 'localhost';
  if (host !== '0.0.0.0' && host !== '::') return host.includes(':') ? `[${host}]` : host;
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? 'localhost';
}
