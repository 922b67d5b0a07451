import * as v from 'valibot';
import { assignmentSchema } from './assignment.ts';
import { countSchema, instantSchema, responseIdSchema } from './identities.ts';
import { PROTOCOL_VERSION } from './protocol-version.ts';
import { surveyResponseSchema, VERDICTS } from './push.ts';

/** How long after the code was opened a visit on a telephone may begin to answer. */
export const VISIT_GRANT_MS = 3_600_000;

/** POST /api/v1/presence-claims: a telephone spends the code it has read off a tablet. */
export const presenceClaimSchema = v.object({
  protocol: v.literal(PROTOCOL_VERSION),
  code: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  /** Chance made by the telephone: the same claim again, because its answer was lost on the way, gives the same grant. */
  attempt: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,64}$/, 'must be 22 to 64 letters of base64url')),
});
export type PresenceClaim = v.InferOutput<typeof presenceClaimSchema>;

export const visitGrantSchema = v.object({
  protocol: v.literal(PROTOCOL_VERSION),
  /** 256 bits behind the organisation's name: it may leave one answer, nothing else. */
  grant: v.string(),
  expiresAt: instantSchema,
  /** What a tablet at that place would ask. */
  assignment: v.omit(assignmentSchema, ['presence']),
});
export type VisitGrant = v.InferOutput<typeof visitGrantSchema>;

/**
 * POST /api/v1/phone-visits, with the grant as bearer: the one answer of a visit. Whoever puts the telephone away in the middle leaves what
 * was touched as `partial`; a later revision takes its place, an earlier or equal one changes nothing.
 */
export const phoneVisitSchema = v.object({
  protocol: v.literal(PROTOCOL_VERSION),
  sentAt: instantSchema,
  responseId: responseIdSchema,
  revision: v.pipe(countSchema, v.minValue(1)),
  response: v.object({ ...surveyResponseSchema.entries, channel: v.literal('phone') }),
});
export type PhoneVisit = v.InferOutput<typeof phoneVisitSchema>;

export const phoneVisitReplySchema = v.object({
  protocol: v.literal(PROTOCOL_VERSION),
  responseId: responseIdSchema,
  verdict: v.picklist(VERDICTS),
});
export type PhoneVisitReply = v.InferOutput<typeof phoneVisitReplySchema>;
