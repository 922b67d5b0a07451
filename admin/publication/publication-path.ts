import type { ServicePublication } from '../../protocol/publication.ts';

/** Where the server keeps what a service's tablets show. */
export function publicationPath(service: ServicePublication, ...rest: readonly string[]): string {
  return [
    '/api/v1/publications',
    ...[service.organisationId, service.serviceId, ...rest].map(encodeURIComponent),
  ].join('/');
}
