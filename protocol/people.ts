import * as v from 'valibot';
import {
  localDateSchema,
  organisationIdSchema,
  personIdSchema,
  pointIdSchema,
  serviceIdSchema,
} from './identities.ts';

const emailSchema = v.pipe(v.string(), v.trim(), v.maxLength(254), v.email('Write an e-mail address.'));
/** ANSSI: 12 characters for users; long enough for a phrase, no rule of composition. */
export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 128;
const newPasswordSchema = v.pipe(
  v.string(),
  v.minLength(MIN_PASSWORD_LENGTH, `At least ${MIN_PASSWORD_LENGTH} characters.`),
  v.maxLength(MAX_PASSWORD_LENGTH, `At most ${MAX_PASSWORD_LENGTH} characters.`),
);

/** POST /api/v1/sessions → 201 session, with the cookie. Every failure reads the same: `wrong-credentials`. */
export const signInRequestSchema = v.object({
  email: v.pipe(v.string(), v.maxLength(254)),
  password: v.pipe(v.string(), v.maxLength(1_000)),
});

/** POST /api/v1/sign-in-link-redemptions → 201 session, with the cookie; the link is spent. */
export const linkRedemptionSchema = v.object({ token: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) });

/** PUT /api/v1/account → 200 session. `currentPassword` is asked for only where one is set and a new one is given. */
export const accountChangeSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1, 'Write a name.'), v.maxLength(100)),
  email: emailSchema,
  newPassword: v.exactOptional(newPasswordSchema),
  currentPassword: v.exactOptional(v.pipe(v.string(), v.maxLength(1_000))),
});

/** GET /api/v1/session: who is signed in and what they may see. 401 `not-signed-in` otherwise. DELETE signs out. */
export const sessionSchema = v.object({
  person: v.object({
    personId: personIdSchema,
    name: v.string(),
    email: v.string(),
    hasPassword: v.boolean(),
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
});
export type Session = v.InferOutput<typeof sessionSchema>;
