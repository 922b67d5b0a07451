import type { FastifyInstance } from 'fastify';
import { type DescribedRoute, describeApi } from './describe-api.ts';

/** Notes every route under `/api` that is added from now on. */
export function collectOperations(app: FastifyInstance): readonly DescribedRoute[] {
  const routes: DescribedRoute[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!url.startsWith('/api/') || config?.isRefusal === true) return;
    for (const one of [method].flat())
      if (one !== 'HEAD') routes.push({ method: one, url, operation: config?.operation });
  });
  return routes;
}

/** GET /api/v1/openapi.json: the API, told by the routes themselves. */
export function openapiRoutes(app: FastifyInstance, operations: readonly DescribedRoute[]): void {
  let description: object | undefined;
  app.get(
    '/api/v1/openapi.json',
    {
      config: {
        operation: {
          summary: 'This description',
          caller: 'anybody',
          replies: { 200: 'application/json' },
          problems: [],
        },
      },
    },
    async () => {
      description ??= describeApi(operations);
      return description;
    },
  );
}
