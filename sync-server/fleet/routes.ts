import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { Result } from '../../domain/result.ts';
import { enrolmentCodeReplySchema, enrolmentCodeRequestSchema } from '../../protocol/enrolment.ts';
import { fleetSchema } from '../../protocol/fleet.ts';
import { enrolmentIdSchema, organisationIdSchema } from '../../protocol/identities.ts';
import { staffCodeChangeSchema } from '../../protocol/staff-code.ts';
import { kioskOriginOf } from '../addresses.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing, noteTrail } from '../audit/keep-trail.ts';
import { createEnrolmentCode, enrolmentLink } from '../enrolment/codes.ts';
import { signedInOf } from '../people/guard.ts';
import { holdsOrganisation } from '../people/scope.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { readFleet } from './read-fleet.ts';
import { revokeEnrolment } from './revoke.ts';
import { changeStaffCode } from './staff-codes.ts';
import '../operation.ts';

const organisationKeySchema = v.object({ organisationId: organisationIdSchema });
const enrolmentKeySchema = v.object({ organisationId: organisationIdSchema, enrolmentId: enrolmentIdSchema });

/** The page of the tablets. */
export function fleetRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get(
    '/api/v1/fleet',
    {
      config: {
        operation: {
          summary: 'Reception points, tablets, and entries that could not be understood',
          caller: 'person',
          permission: 'read-fleet',
          trail: null,
          replies: { 200: fleetSchema },
          problems: ['not-signed-in'],
        },
      },
    },
    async (request) => {
      const { scope, scopeFor } = signedInOf(request);
      return readFleet(deps, scope, scopeFor('change-fleet'));
    },
  );
  app.post(
    '/api/v1/fleet/enrolment-codes',
    {
      config: {
        operation: {
          summary: 'Make a one-time code that enrols a tablet at a point',
          caller: 'person',
          permission: 'change-fleet',
          trail: 'code-made',
          body: enrolmentCodeRequestSchema,
          replies: { 201: enrolmentCodeReplySchema },
          problems: ['not-signed-in', 'origin-refused', 'not-found'],
        },
      },
    },
    async (request, reply) => {
      const place = decodeOrThrow(enrolmentCodeRequestSchema, request.body);
      if (!holdsOrganisation(signedInOf(request).scope, place.organisationId))
        throw new ProblemError('not-found');
      noteTrail(request, { organisationIds: [place.organisationId], subject: `point:${place.pointId}` });
      const { code, linkSecret, expiresAt } = await changing(deps, request, async ({ store, clock }) =>
        foundOrThrow(await createEnrolmentCode(store, clock, place)),
      );
      const url = enrolmentLink(kioskOriginFor(deps, request), linkSecret);
      return reply.code(201).send({ code, url, expiresAt });
    },
  );
  app.post(
    '/api/v1/fleet/enrolments/:organisationId/:enrolmentId/revocation',
    {
      config: {
        operation: {
          summary: 'Take a tablet out of service',
          caller: 'person',
          permission: 'change-fleet',
          trail: 'tablet-revoked',
          params: enrolmentKeySchema,
          replies: { 204: null },
          problems: ['not-signed-in', 'origin-refused', 'not-found'],
        },
      },
    },
    async (request, reply) => {
      const key = v.safeParse(enrolmentKeySchema, request.params);
      if (!key.success) throw new ProblemError('not-found');
      await changing(deps, request, async (within) =>
        foundOrThrow(await revokeEnrolment(within, signedInOf(request).scope, key.output)),
      );
      return reply.code(204).send();
    },
  );
  app.put(
    '/api/v1/fleet/staff-codes/:organisationId',
    {
      config: {
        operation: {
          summary: 'Give the menu of an organisation’s tablets another code',
          caller: 'person',
          permission: 'change-fleet',
          trail: 'staff-code-changed',
          params: organisationKeySchema,
          body: staffCodeChangeSchema,
          replies: { 204: null },
          problems: ['not-signed-in', 'origin-refused', 'not-found'],
        },
      },
    },
    async (request, reply) => {
      const key = v.safeParse(organisationKeySchema, request.params);
      if (!key.success) throw new ProblemError('not-found');
      const { code } = decodeOrThrow(staffCodeChangeSchema, request.body);
      const { scope } = signedInOf(request);
      await changing(deps, request, async (within) =>
        foundOrThrow(await changeStaffCode(within, scope, key.output.organisationId, code)),
      );
      return reply.code(204).send();
    },
  );
}

function foundOrThrow<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new ProblemError('not-found');
  return result.value;
}

/** The tablets' own origin; where they have none, the one the web view was reached at, which this network can reach. */
function kioskOriginFor(
  { config }: AppDeps,
  request: { readonly protocol: string; readonly host: string },
): string {
  if (config.kioskOrigin !== null || config.adminOrigin !== null) return kioskOriginOf(config);
  return `${request.protocol}://${request.host}`;
}
