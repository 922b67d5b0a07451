import * as v from 'valibot';
import { instantSchema, organisationIdSchema, personIdSchema, serviceIdSchema } from './identities.ts';
import { accountChangeSchema } from './people.ts';
import { ROLES } from './roles.ts';

const MAX_PLACES = 500;
const siteIdSchema = v.pipe(v.string(), v.maxLength(64));

/** A role in an organisation. Sites and services are a référent's; a site is all its services, those to come included. */
export const grantSchema = v.object({
  organisationId: organisationIdSchema,
  role: v.picklist(ROLES),
  siteIds: v.pipe(v.array(siteIdSchema), v.maxLength(MAX_PLACES)),
  serviceIds: v.pipe(v.array(serviceIdSchema), v.maxLength(MAX_PLACES)),
});
export type GrantedRole = v.InferOutput<typeof grantSchema>;

const grantsSchema = v.pipe(v.array(grantSchema), v.minLength(1, 'Choose at least one.'), v.maxLength(100));

/** POST /api/v1/people → 201; a letter with a one-time link goes out where a mail server is set. 409 `conflict` where they are there already. */
export const invitationSchema = v.object({
  name: accountChangeSchema.entries.name,
  email: accountChangeSchema.entries.email,
  grants: grantsSchema,
});
export const invitationReplySchema = v.object({ personId: personIdSchema, isLetterSent: v.boolean() });

/** PUT /api/v1/people/:organisationId/:personId → 204. 409 `last-administrator` where an organisation would be left without one. */
export const rolesChangeSchema = v.object({ grants: grantsSchema });

/** POST /api/v1/people/:organisationId/:personId/sign-in-link */
export const linkSentSchema = v.object({ isLetterSent: v.boolean() });

export const listedPersonSchema = v.object({
  /** Where the account is kept. */
  organisationId: organisationIdSchema,
  personId: personIdSchema,
  name: v.string(),
  /** Null for whoever may not see it. */
  email: v.nullable(v.string()),
  hasPassword: v.boolean(),
  hasSecondFactor: v.boolean(),
  deactivatedAt: v.nullable(instantSchema),
  lastSeenAt: v.nullable(instantSchema),
  /** In the organisations of whoever asks. */
  grants: v.array(grantSchema),
});
export type ListedPerson = v.InferOutput<typeof listedPersonSchema>;

/** GET /api/v1/people */
export const teamSchema = v.object({
  people: v.array(listedPersonSchema),
  /** What a role may be given in. */
  organisations: v.array(
    v.object({
      organisationId: organisationIdSchema,
      name: v.string(),
      sites: v.array(
        v.object({
          siteId: siteIdSchema,
          name: v.string(),
          services: v.array(v.object({ serviceId: serviceIdSchema, name: v.string() })),
        }),
      ),
    }),
  ),
  canMail: v.boolean(),
  mayChange: v.boolean(),
});
export type Team = v.InferOutput<typeof teamSchema>;
