import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { PointId } from '../../domain/ids.ts';
import { isLocalDate } from '../../domain/weeks.ts';
import {
  decisionIdSchema,
  localDateSchema,
  organisationIdSchema,
  serviceIdSchema,
} from '../../protocol/identities.ts';
import {
  decisionMakingSchema,
  decisionSchema,
  type IntegrityDay,
  integrityDaySchema,
  integritySchema,
  withdrawalSchema,
} from '../../protocol/integrity.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing, noteTrail } from '../audit/keep-trail.ts';
import { signedInOf } from '../people/guard.ts';
import { holdsService } from '../people/scope.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { periodTextSchema } from '../scores/framing.ts';
import type { Scope } from '../store/store.ts';
import { type DayKey, readAnswers } from './read-answers.ts';
import { readDecisions } from './read-decisions.ts';
import { readIntegrity } from './read-integrity.ts';
import { signDecision, type SigningFailure, takeDecisionBack } from './sign-decision.ts';
import '../operation.ts';

const querySchema = v.object({ period: periodTextSchema });
const dayParamsSchema = v.object({
  organisationId: organisationIdSchema,
  serviceId: serviceIdSchema,
  date: v.pipe(localDateSchema, v.check(isLocalDate, 'must be a day that exists')),
});
const decisionParamsSchema = v.object({
  organisationId: organisationIdSchema,
  serviceId: serviceIdSchema,
  decisionId: decisionIdSchema,
});

/** What is out of the figures and why, and who decides otherwise. */
export function integrityRoutes(app: FastifyInstance, deps: AppDeps): void {
  const { store } = deps;
  app.get(
    '/api/v1/integrity',
    {
      config: {
        operation: {
          summary: 'What is set aside in a period, and what was decided about it',
          caller: 'person',
          permission: 'read-figures',
          trail: null,
          query: querySchema,
          replies: { 200: integritySchema },
          problems: ['not-signed-in', 'unprocessable'],
        },
      },
    },
    async (request) =>
      readIntegrity(deps, signedInOf(request).scope, decodeOrThrow(querySchema, request.query).period),
  );
  app.get(
    '/api/v1/integrity/:organisationId/:serviceId/:date',
    {
      config: {
        operation: {
          summary: 'The answers of a day as far as they may be judged by: never what they say',
          caller: 'person',
          permission: 'read-figures',
          trail: null,
          params: dayParamsSchema,
          replies: { 200: integrityDaySchema },
          problems: ['not-signed-in', 'not-found', 'unprocessable'],
        },
      },
    },
    async (request) => {
      const { scope } = signedInOf(request);
      return readDay(deps, scope, inScopeOrThrow(scope, decodeOrThrow(dayParamsSchema, request.params)));
    },
  );
  app.post(
    '/api/v1/integrity/:organisationId/:serviceId/:date/decisions',
    {
      config: {
        operation: {
          summary: 'Set answers of one point and day aside, or let flagged ones in, signed and with a reason',
          caller: 'person',
          permission: 'decide-exclusions',
          trail: 'exclusion-signed',
          params: dayParamsSchema,
          body: decisionMakingSchema,
          replies: { 201: decisionSchema },
          problems: ['not-signed-in', 'origin-refused', 'not-found', 'conflict', 'unprocessable'],
        },
      },
    },
    async (request, reply) => {
      const { scope, person } = signedInOf(request);
      const day = inScopeOrThrow(scope, decodeOrThrow(dayParamsSchema, request.params));
      const making = decodeOrThrow(decisionMakingSchema, request.body);
      const decisionId = await changing(deps, request, async (within) => {
        const signed = await signDecision(within, day, making, person.name);
        if (!signed.ok) throw await refusalOf(signed.error, within, scope, day);
        noteTrail(request, {
          subject: `decision:${signed.value.decisionId}`,
          detail: { change: making.kind, count: making.references.length },
        });
        return signed.value.decisionId;
      });
      return reply.code(201).send(await oneDecision(deps, scope, { ...day, decisionId }));
    },
  );
  app.post(
    '/api/v1/integrity/:organisationId/:serviceId/decisions/:decisionId/withdrawal',
    {
      config: {
        operation: {
          summary: 'Take a decision back, signed and with a reason; what was signed stays to be read',
          caller: 'person',
          permission: 'decide-exclusions',
          trail: 'exclusion-taken-back',
          params: decisionParamsSchema,
          body: withdrawalSchema,
          replies: { 200: decisionSchema },
          problems: ['not-signed-in', 'origin-refused', 'not-found', 'conflict', 'unprocessable'],
        },
      },
    },
    async (request) => {
      const { scope, person } = signedInOf(request);
      const key = inScopeOrThrow(scope, decodeOrThrow(decisionParamsSchema, request.params));
      const { reason } = decodeOrThrow(withdrawalSchema, request.body);
      await changing(deps, request, async (within) => {
        const taken = await takeDecisionBack(within, key, { reason, by: person.name });
        if (!taken.ok) {
          if (taken.error.kind === 'not-found') throw new ProblemError('not-found');
          throw new ProblemError('conflict', {
            detail: 'Somebody has taken this decision back already.',
            current: { decision: await oneDecision(within, scope, key) },
          });
        }
        noteTrail(request, {
          subject: `decision:${key.decisionId}`,
          detail: { count: taken.value.responses },
        });
      });
      return oneDecision(deps, scope, key);
    },
  );

  async function readDay({ store: { db } }: AppDeps, scope: Scope, day: DayKey): Promise<IntegrityDay> {
    const points = await db
      .selectFrom('points')
      .select(['point_id', 'name'])
      .where('organisation_id', '=', day.organisationId)
      .where('service_id', '=', day.serviceId)
      .orderBy('point_id')
      .execute();
    return {
      date: day.date,
      points: points.map((row) => ({ pointId: row.point_id as PointId, name: row.name })),
      answers: (await readAnswers(db, store, day)).map(({ responseId: _kept, ...answer }) => answer),
      decisions: await readDecisions(db, scope, { from: day.date, to: day.date, service: day }),
    };
  }
}

function inScopeOrThrow<Key extends { readonly organisationId: string; readonly serviceId: string }>(
  scope: Scope,
  key: Key,
): Key {
  if (!holdsService(scope, key)) throw new ProblemError('not-found');
  return key;
}

async function refusalOf(
  failure: SigningFailure,
  deps: Pick<AppDeps, 'store'>,
  scope: Scope,
  day: DayKey,
): Promise<ProblemError> {
  if (failure.kind === 'several-points')
    return new ProblemError('unprocessable', {
      errors: [{ field: 'references', message: 'must be of one point' }],
    });
  const { decisionId } = failure;
  return new ProblemError('conflict', {
    detail: 'Some of these answers have been decided about meanwhile, or are no longer there.',
    current: {
      decision: decisionId === null ? null : await oneDecision(deps, scope, { ...day, decisionId }),
    },
  });
}

async function oneDecision(
  { store }: Pick<AppDeps, 'store'>,
  scope: Scope,
  key: { readonly organisationId: string; readonly serviceId: string; readonly decisionId: string },
) {
  const [decision] = await readDecisions(store.db, scope, { service: key, decisionId: key.decisionId });
  if (decision === undefined) throw new ProblemError('not-found');
  return decision;
}
