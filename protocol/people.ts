import * as v from 'valibot';
import {
  instantSchema,
  localDateSchema,
  organisationIdSchema,
  personIdSchema,
  pointIdSchema,
  serviceIdSchema,
} from './identities.ts';
import { PERMISSIONS } from './roles.ts';

const emailSchema = v.pipe(v.string(), v.trim(), v.maxLength(254), v.email('Write an e-mail address.'));
/** ANSSI: 12 characters for users; long enough for a phrase, no rule of composition. */
export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 128;
const newPasswordSchema = v.pipe(
  v.string(),
  v.minLength(MIN_PASSWORD_LENGTH, `At least ${MIN_PASSWORD_LENGTH} characters.`),
  v.maxLength(MAX_PASSWORD_LENGTH, `At most ${MAX_PASSWORD_LENGTH} characters.`),
);

const codeSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40));

/**
 * POST /api/v1/sessions → 201 session, with the cookie. Every wrong password reads the same: `wrong-credentials`. With the right one, an account
 * with a second factor asks for its code (`second-factor-needed`): of the authenticator, or one for recovery.
 */
export const signInRequestSchema = v.object({
  email: v.pipe(v.string(), v.maxLength(254)),
  password: v.pipe(v.string(), v.maxLength(1_000)),
  code: v.exactOptional(codeSchema),
});

/** GET /api/v1/sign-in-ways, for the page before anybody is signed in. */
export const signInWaysSchema = v.object({ canMailLinks: v.boolean() });

/** POST /api/v1/sign-in-links → 202, whether anybody has that address or not. */
export const linkRequestSchema = v.object({ email: v.pipe(v.string(), v.maxLength(254)) });

/** POST /api/v1/account/second-factor: for an authenticator, as a QR code of `uri` or typed. */
export const newSecondFactorSchema = v.object({ uri: v.string(), secret: v.string() });
export type NewSecondFactor = v.InferOutput<typeof newSecondFactorSchema>;
export const secondFactorCodeSchema = v.object({ code: codeSchema });
/** POST /api/v1/account/second-factor/removal. Without a code by a link of the machine alone: that is for whoever has lost it. */
export const secondFactorRemovalSchema = v.object({ code: v.exactOptional(codeSchema) });
/** PUT /api/v1/account/second-factor: each works once, in place of a code. */
export const recoveryCodesSchema = v.object({ recoveryCodes: v.array(v.string()) });

/** GET /api/v1/sessions */
export const sessionListSchema = v.object({
  sessions: v.array(
    v.object({
      sessionId: v.string(),
      /** `Firefox, Windows`; empty where it did not say. */
      device: v.string(),
      createdAt: instantSchema,
      lastSeenAt: instantSchema,
      isCurrent: v.boolean(),
    }),
  ),
});
export type SessionList = v.InferOutput<typeof sessionListSchema>;

/**
 * POST /api/v1/sign-in-link-redemptions → 201 session, with the cookie; the link is spent. An account with a second factor asks for its code
 * (`second-factor-needed`, the link stays good), except with a link that was made at the machine.
 */
export const linkRedemptionSchema = v.object({
  token: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  code: v.exactOptional(codeSchema),
});

/**
 * PUT /api/v1/account → 200 session. Another address or password is taken with the current password, or with a code of the second factor
 * (`currentPassword` or `code` is at fault otherwise); where there is neither, soon after signing in by a link (`fresh-link-needed`).
 */
export const accountChangeSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1, 'Write a name.'), v.maxLength(100)),
  email: emailSchema,
  newPassword: v.exactOptional(newPasswordSchema),
  currentPassword: v.exactOptional(v.pipe(v.string(), v.maxLength(1_000))),
  code: v.exactOptional(codeSchema),
});

/** GET /api/v1/session: who is signed in and what they may see. 401 `not-signed-in` otherwise. DELETE signs out. */
export const sessionSchema = v.object({
  person: v.object({
    personId: personIdSchema,
    name: v.string(),
    email: v.string(),
    hasPassword: v.boolean(),
    hasSecondFactor: v.boolean(),
  }),
  services: v.array(
    v.object({
      organisationId: organisationIdSchema,
      organisationName: v.string(),
      serviceId: serviceIdSchema,
      serviceName: v.string(),
      siteName: v.string(),
      status: v.picklist(['active', 'in-preparation']),
      pointIds: v.array(pointIdSchema),
    }),
  ),
  timeZone: v.string(),
  today: localDateSchema,
  /** The first day with an answer, for the period picker; null when there is none yet. */
  firstAnswerOn: v.nullable(localDateSchema),
  isDemonstration: v.boolean(),
  /** Nothing else is open to them until they have a second factor: they came by password, and their role wants one. */
  mustSetSecondFactor: v.boolean(),
  /** They came by a link that was made at the machine: the second factor they have lost may be taken away without it. */
  isFromMachine: v.boolean(),
  /** What they may do somewhere; each page asks for what it needs. */
  permissions: v.array(v.picklist(PERMISSIONS)),
  /** After so long without a request the session ends, and at this instant in any case. */
  idleMs: v.number(),
  expiresAt: instantSchema,
});
export type Session = v.InferOutput<typeof sessionSchema>;
