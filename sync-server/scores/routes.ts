import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { organisationIdSchema, serviceIdSchema } from '../../protocol/identities.ts';
import { comparisonSchema } from '../../protocol/comparison.ts';
import { halfDaysSchema, overviewSchema, serviceDetailSchema } from '../../protocol/scores.ts';
import type { AppDeps } from '../app-deps.ts';
import { signedInOf } from '../people/guard.ts';
import { decodeOrThrow } from '../problems.ts';
import { comparisonQuerySchema, readComparison } from './comparison.ts';
import { framingQuerySchema } from './framing.ts';
import { halfDaysQuerySchema, readHalfDays } from './half-days.ts';
import { readOverview } from './overview.ts';
import { readServiceDetail, serviceQuerySchema } from './service-detail.ts';
import '../operation.ts';

const serviceParamsSchema = v.object({ organisationId: organisationIdSchema, serviceId: serviceIdSchema });

/** What the weekly page and a service's page show. */
export function scoresRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get(
    '/api/v1/scores/overview',
    {
      config: {
        operation: {
          summary: 'Every service’s figures for a period, against another',
          caller: 'person',
          permission: 'read-figures',
          trail: null,
          query: framingQuerySchema,
          replies: { 200: overviewSchema },
          problems: ['not-signed-in', 'unprocessable'],
        },
      },
    },
    async (request) =>
      readOverview(deps, signedInOf(request).scope, decodeOrThrow(framingQuerySchema, request.query)),
  );
  app.get(
    '/api/v1/scores/comparison',
    {
      config: {
        operation: {
          summary: 'Services, sites, questions or periods side by side',
          caller: 'person',
          permission: 'read-figures',
          trail: null,
          query: comparisonQuerySchema,
          replies: { 200: comparisonSchema },
          problems: ['not-signed-in', 'not-found', 'unprocessable'],
        },
      },
    },
    async (request) =>
      readComparison(deps, signedInOf(request).scope, decodeOrThrow(comparisonQuerySchema, request.query)),
  );
  app.get(
    '/api/v1/scores/services/:organisationId/:serviceId',
    {
      config: {
        operation: {
          summary: 'One service: every item’s figures and a year of weeks',
          caller: 'person',
          permission: 'read-figures',
          trail: null,
          params: serviceParamsSchema,
          query: serviceQuerySchema,
          replies: { 200: serviceDetailSchema },
          problems: ['not-signed-in', 'not-found', 'unprocessable'],
        },
      },
    },
    async (request) => {
      const { organisationId, serviceId } = decodeOrThrow(serviceParamsSchema, request.params);
      const query = decodeOrThrow(serviceQuerySchema, request.query);
      return readServiceDetail(deps, signedInOf(request).scope, { organisationId, serviceId }, query);
    },
  );
  app.get(
    '/api/v1/scores/services/:organisationId/:serviceId/half-days',
    {
      config: {
        operation: {
          summary: 'One service’s global question by weekday and half-day',
          caller: 'person',
          permission: 'read-figures',
          trail: null,
          params: serviceParamsSchema,
          query: halfDaysQuerySchema,
          replies: { 200: halfDaysSchema },
          problems: ['not-signed-in', 'not-found', 'unprocessable'],
        },
      },
    },
    async (request) => {
      const key = decodeOrThrow(serviceParamsSchema, request.params);
      const query = decodeOrThrow(halfDaysQuerySchema, request.query);
      return readHalfDays(deps, signedInOf(request).scope, key, query);
    },
  );
}
