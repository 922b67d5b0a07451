import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { Result } from '../../domain/result.ts';
import { organisationIdSchema, personIdSchema } from '../../protocol/identities.ts';
import {
  type GrantedRole,
  invitationReplySchema,
  invitationSchema,
  linkSentSchema,
  rolesChangeSchema,
  teamSchema,
} from '../../protocol/team.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing, noteTrail } from '../audit/keep-trail.ts';
import type { TrailDetail } from '../audit/record-entry.ts';
import { openMailer } from '../mail/send-mail.ts';
import { signedInOf } from '../people/guard.ts';
import type { Person } from '../people/people.ts';
import { wholeOrganisationsOf } from '../people/scope.ts';
import { invitationLetter } from '../people/sign-in-letter.ts';
import { linkFor } from '../people/sign-in-links.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { changeRoles, findListed, invite, setDeactivated, type TeamFailure } from './change-team.ts';
import { readPeople, readPlaces } from './read-team.ts';
import '../operation.ts';

const DAY_MS = 86_400_000;
const INVITATION_DAYS = 3;
const personKeySchema = v.object({ organisationId: organisationIdSchema, personId: personIdSchema });
const PERSON = '/api/v1/people/:organisationId/:personId';
/** What every change of somebody may answer. */
const CHANGE_PROBLEMS = ['not-signed-in', 'not-allowed', 'origin-refused', 'not-found'] as const;

/** Who works with Parvis, as what, and where. */
export function teamRoutes(app: FastifyInstance, deps: AppDeps): void {
  const { store } = deps;
  const mailer = openMailer(deps.config.mail);
  app.addHook('onClose', async () => mailer?.close());
  /** Makes somebody's first link, or another; none where no letter could take it to them. */
  const linkTo = async (within: AppDeps, to: Person) =>
    mailer === null ? '' : linkFor(within, to, INVITATION_DAYS * DAY_MS);
  /** Sends it; false where no letter could leave. */
  const sendLink = async (request: FastifyRequest, to: Person, url: string): Promise<boolean> => {
    if (mailer === null) return false;
    const by = signedInOf(request).person.name;
    const sent = await mailer.send(invitationLetter(to.email, url, { by, days: INVITATION_DAYS }));
    if (!sent.ok) request.log.warn({ detail: sent.error.detail }, 'a sign-in link could not be sent');
    return sent.ok;
  };

  app.get(
    '/api/v1/people',
    {
      config: {
        operation: {
          summary: 'Everybody who has a role, and what roles may be given in',
          caller: 'person',
          permission: 'read-people',
          trail: 'people-read',
          replies: { 200: teamSchema },
          problems: ['not-signed-in', 'not-allowed'],
        },
      },
    },
    async (request) => {
      const { scope, scopeFor } = signedInOf(request);
      const changeable = scopeFor('change-people');
      return {
        people: await readPeople(store, scope),
        organisations: await readPlaces(store, changeable),
        canMail: mailer !== null,
        mayChange: wholeOrganisationsOf(changeable).length > 0,
      };
    },
  );
  app.post(
    '/api/v1/people',
    {
      config: {
        operation: {
          summary: 'Give somebody new a role, and send them a link',
          caller: 'person',
          permission: 'change-people',
          trail: 'person-invited',
          body: invitationSchema,
          replies: { 201: invitationReplySchema },
          problems: [...CHANGE_PROBLEMS, 'conflict'],
        },
      },
    },
    async (request, reply) => {
      const invitation = decodeOrThrow(invitationSchema, request.body);
      const { person, url } = await changing(deps, request, async (within) => {
        const invited = valueOrThrow(await invite(within, signedInOf(request).scope, invitation));
        noteGrants(request, invited.personId, invitation.grants);
        return { person: invited, url: await linkTo(within, invited) };
      });
      return reply
        .code(201)
        .send({ personId: person.personId, isLetterSent: await sendLink(request, person, url) });
    },
  );
  app.put(
    PERSON,
    {
      config: {
        operation: {
          summary: 'Give somebody these roles in the organisations one administers, in place of theirs there',
          caller: 'person',
          permission: 'change-people',
          trail: 'person-changed',
          params: personKeySchema,
          body: rolesChangeSchema,
          replies: { 204: null },
          problems: [...CHANGE_PROBLEMS, 'last-administrator'],
        },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      const { grants } = decodeOrThrow(rolesChangeSchema, request.body);
      noteGrants(request, key.personId, grants);
      await changing(deps, request, async (within) =>
        valueOrThrow(await changeRoles(within, signedInOf(request).scope, key, grants)),
      );
      return reply.code(204).send();
    },
  );
  for (const [path, isDeactivated, trail, summary] of [
    ['deactivation', true, 'person-deactivated', 'Close an account; its sessions end at once'],
    ['reactivation', false, 'person-reactivated', 'Open an account again'],
  ] as const)
    app.post(
      `${PERSON}/${path}`,
      {
        config: {
          operation: {
            summary,
            caller: 'person',
            permission: 'change-people',
            trail,
            params: personKeySchema,
            replies: { 204: null },
            problems: [...CHANGE_PROBLEMS, 'last-administrator'],
          },
        },
      },
      async (request, reply) => {
        const key = keyOf(request);
        await changing(deps, request, async (within) =>
          valueOrThrow(await setDeactivated(within, signedInOf(request).scope, key, isDeactivated)),
        );
        return reply.code(204).send();
      },
    );
  app.post(
    `${PERSON}/sign-in-link`,
    {
      config: {
        operation: {
          summary: 'Send somebody a one-time link; it goes to their own address and to nobody else',
          caller: 'person',
          permission: 'change-people',
          trail: 'link-made',
          params: personKeySchema,
          replies: { 200: linkSentSchema },
          problems: [...CHANGE_PROBLEMS],
        },
      },
    },
    async (request) => {
      const key = keyOf(request);
      const { person, url } = await changing(deps, request, async (within) => {
        const listed = await findListed(within.store, signedInOf(request).scope, key);
        if (listed === null || listed.isDeactivated) throw new ProblemError('not-found');
        return { person: listed, url: await linkTo(within, listed) };
      });
      return { isLetterSent: await sendLink(request, person, url) };
    },
  );
}

function noteGrants(request: FastifyRequest, personId: string, grants: readonly GrantedRole[]): void {
  const [first] = grants;
  const detail: TrailDetail = {
    role: first?.role ?? null,
    siteIds: grants.flatMap(({ siteIds }) => siteIds),
    serviceIds: grants.flatMap(({ serviceIds }) => serviceIds),
  };
  const organisationIds = grants.map(({ organisationId }) => organisationId);
  noteTrail(request, { organisationIds, subject: `person:${personId}`, detail });
}

function keyOf(request: FastifyRequest): v.InferOutput<typeof personKeySchema> {
  const key = v.safeParse(personKeySchema, request.params);
  if (!key.success) throw new ProblemError('not-found');
  return key.output;
}

function valueOrThrow<Value>(result: Result<Value, TeamFailure>): Value {
  if (result.ok) return result.value;
  const { kind } = result.error;
  if (kind !== 'unknown-place') throw new ProblemError(kind);
  throw new ProblemError('unprocessable', {
    errors: [{ field: 'grants', message: 'names a place that is not there, or none' }],
  });
}
