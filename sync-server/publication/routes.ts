import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { Result } from '../../domain/result.ts';
import { improvementIdSchema, organisationIdSchema, serviceIdSchema } from '../../protocol/identities.ts';
import type { AuditAction } from '../../protocol/audit.ts';
import type { ProblemCode } from '../../protocol/problem.ts';
import {
  improvementChangeSchema,
  improvementReplySchema,
  publicationsSchema,
} from '../../protocol/publication.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing } from '../audit/keep-trail.ts';
import type { Operation } from '../operation.ts';
import { signedInOf } from '../people/guard.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { addImprovement } from './add-improvement.ts';
import { changeImprovement } from './change-improvement.ts';
import { publishResult } from './publish-result.ts';
import { readPublications } from './read-publications.ts';
import { removeImprovement } from './remove-improvement.ts';
import { withdrawResult } from './withdraw-result.ts';

const serviceKeySchema = v.object({ organisationId: organisationIdSchema, serviceId: serviceIdSchema });
const improvementKeySchema = v.object({
  ...serviceKeySchema.entries,
  improvementId: improvementIdSchema,
});
const SERVICE = '/api/v1/publications/:organisationId/:serviceId';
const IMPROVEMENT = `${SERVICE}/improvements/:improvementId`;

/** What the tablets show on their first screen, for those who decide on it. */
export function publicationRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get(
    '/api/v1/publications',
    {
      config: {
        operation: {
          summary: 'What the tablets of each service show, and what could be published',
          caller: 'person',
          permission: 'read-publications',
          trail: null,
          replies: { 200: publicationsSchema },
          problems: ['not-signed-in'],
        },
      },
    },
    async (request) => readPublications(deps, signedInOf(request).scope),
  );
  app.post(
    `${SERVICE}/result`,
    {
      config: {
        operation: change('result-published', 'Publish the share of the last ended quarter', [
          'base-too-small',
        ]),
      },
    },
    async (request, reply) => {
      const { scope, person } = signedInOf(request);
      const key = keyOf(serviceKeySchema, request);
      await changing(deps, request, async (within) =>
        valueOrThrow(await publishResult(within, scope, key, person.name)),
      );
      return reply.code(204).send();
    },
  );
  app.delete(
    `${SERVICE}/result`,
    { config: { operation: change('result-withdrawn', 'Take the published result off the tablets') } },
    async (request, reply) => {
      const { scope } = signedInOf(request);
      const key = keyOf(serviceKeySchema, request);
      await changing(deps, request, async ({ store }) =>
        valueOrThrow(await withdrawResult(store, scope, key)),
      );
      return reply.code(204).send();
    },
  );
  app.post(
    `${SERVICE}/improvements`,
    {
      config: {
        operation: {
          ...change('improvement-added', 'Say what was done about what visitors said'),
          body: improvementChangeSchema,
          replies: { 201: improvementReplySchema },
        },
      },
    },
    async (request, reply) => {
      const { scope, person } = signedInOf(request);
      const key = keyOf(serviceKeySchema, request);
      const line = decodeOrThrow(improvementChangeSchema, request.body);
      const improvementId = await changing(deps, request, async (within) =>
        valueOrThrow(await addImprovement(within, scope, key, line, person.name)),
      );
      return reply.code(201).send({ improvementId });
    },
  );
  app.put(
    IMPROVEMENT,
    {
      config: {
        operation: {
          ...change('improvement-changed', 'Word it anew', [], improvementKeySchema),
          body: improvementChangeSchema,
        },
      },
    },
    async (request, reply) => {
      const { scope } = signedInOf(request);
      const key = keyOf(improvementKeySchema, request);
      const line = decodeOrThrow(improvementChangeSchema, request.body);
      await changing(deps, request, async ({ store }) =>
        valueOrThrow(await changeImprovement(store, scope, key, line)),
      );
      return reply.code(204).send();
    },
  );
  app.delete(
    IMPROVEMENT,
    {
      config: {
        operation: change('improvement-removed', 'Take it off the tablets', [], improvementKeySchema),
      },
    },
    async (request, reply) => {
      const { scope } = signedInOf(request);
      const key = keyOf(improvementKeySchema, request);
      await changing(deps, request, async ({ store }) =>
        valueOrThrow(await removeImprovement(store, scope, key)),
      );
      return reply.code(204).send();
    },
  );
}

/** What the changes have in common. */
function change(
  trail: AuditAction,
  summary: string,
  problems: readonly ProblemCode[] = [],
  params: v.GenericSchema = serviceKeySchema,
): Operation {
  return {
    summary,
    caller: 'person',
    permission: 'publish',
    trail,
    params,
    replies: { 204: null },
    problems: ['not-signed-in', 'origin-refused', 'not-found', ...problems],
  };
}

/** Nothing stands at an address that is none. */
function keyOf<Schema extends v.GenericSchema>(
  schema: Schema,
  request: FastifyRequest,
): v.InferOutput<Schema> {
  const key = v.safeParse(schema, request.params);
  if (!key.success) throw new ProblemError('not-found');
  return key.output;
}

function valueOrThrow<Value>(result: Result<Value, { readonly kind: ProblemCode }>): Value {
  if (!result.ok) throw new ProblemError(result.error.kind);
  return result.value;
}
