import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { isLocalDate } from '../../domain/weeks.ts';
import { localDateSchema, organisationIdSchema, serviceIdSchema } from '../../protocol/identities.ts';
import {
  MAX_IMPORT_BYTES,
  MOST_IMPORTED_LINES,
  visitorCountChangeSchema,
  visitorCountsSchema,
  visitorImportReplySchema,
  visitorImportSchema,
} from '../../protocol/participation.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing } from '../audit/keep-trail.ts';
import { signedInOf } from '../people/guard.ts';
import { holdsService } from '../people/scope.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { periodTextSchema } from '../scores/framing.ts';
import { readCounts } from './read-counts.ts';
import { recordCounts } from './record-counts.ts';
import '../operation.ts';

const FAULTS_TOLD = 50;
const querySchema = v.object({ period: periodTextSchema });
const dayParamsSchema = v.object({
  organisationId: organisationIdSchema,
  serviceId: serviceIdSchema,
  date: v.pipe(localDateSchema, v.check(isLocalDate, 'must be a day that exists')),
});

/** How many people a service received, by hand or from the file of a ticket machine. */
export function participationRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get(
    '/api/v1/visitor-counts',
    {
      config: {
        operation: {
          summary: 'How many visitors were counted, by service and day, and how many of them answered',
          caller: 'person',
          permission: 'read-figures',
          trail: null,
          query: querySchema,
          replies: { 200: visitorCountsSchema },
          problems: ['not-signed-in', 'unprocessable'],
        },
      },
    },
    async (request) =>
      readCounts(deps, signedInOf(request).scope, decodeOrThrow(querySchema, request.query).period),
  );
  app.put(
    '/api/v1/visitor-counts/:organisationId/:serviceId/:date',
    {
      config: {
        operation: {
          summary: 'Say how many visitors a service received on a day; the same again changes nothing',
          caller: 'person',
          permission: 'change-figures',
          trail: 'figures-changed',
          params: dayParamsSchema,
          body: visitorCountChangeSchema,
          replies: { 204: null },
          problems: ['not-signed-in', 'origin-refused', 'not-found', 'unprocessable'],
        },
      },
    },
    async (request, reply) => {
      const key = decodeOrThrow(dayParamsSchema, request.params);
      const { visitors } = decodeOrThrow(visitorCountChangeSchema, request.body);
      const { scope, person } = signedInOf(request);
      const services = await visibleServices(deps.store.db, scope);
      const isThere = services.some(({ serviceId }) => serviceId === key.serviceId);
      if (!isThere || !holdsService(scope, key)) throw new ProblemError('not-found');
      if (key.date > placeOf(services, deps.clock).today)
        throw new ProblemError('unprocessable', {
          errors: [{ field: 'date', message: 'must not be a day to come' }],
        });
      await changing(deps, request, async (within) =>
        recordCounts(within, [{ ...key, visitors }], { by: person.name, source: 'hand' }),
      );
      return reply.code(204).send();
    },
  );
  app.post(
    '/api/v1/visitor-counts/imports',
    {
      bodyLimit: 2 * MAX_IMPORT_BYTES,
      config: {
        operation: {
          summary: 'Bring a file of visitor counts; where a line is at fault nothing is stored',
          caller: 'person',
          permission: 'change-figures',
          trail: 'figures-changed',
          body: visitorImportSchema,
          replies: { 200: visitorImportReplySchema },
          problems: ['not-signed-in', 'origin-refused', 'too-large', 'unprocessable'],
        },
      },
    },
    async (request) => {
      const { text } = decodeOrThrow(visitorImportSchema, request.body);
      const { scope, person } = signedInOf(request);
      const services = await visibleServices(deps.store.db, scope);
      const { parseCounts } = await import('./parse-counts.ts');
      const { counts, faults } = parseCounts(text, services, placeOf(services, deps.clock).today);
      if (counts.length > MOST_IMPORTED_LINES)
        throw new ProblemError('too-large', { detail: `At most ${MOST_IMPORTED_LINES} lines at a time.` });
      // With a fault in it a file is an attempt, and noted as one.
      const taken = faults.length > 0 ? [] : counts;
      const recorded = await changing(deps, request, async (within) =>
        recordCounts(within, taken, { by: person.name, source: 'file' }),
      );
      return {
        ...recorded,
        faults: faults.slice(0, FAULTS_TOLD),
        otherFaults: Math.max(0, faults.length - FAULTS_TOLD),
      };
    },
  );
}
