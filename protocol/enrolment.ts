import * as v from 'valibot';
import { deviceReportSchema } from './device-report.ts';
import {
  enrolmentIdSchema,
  organisationIdSchema,
  pointIdSchema,
  storeIdSchema,
  instantSchema,
} from './identities.ts';

/** Letters of a typed code: no vowel (no word), no look-alike. */
export const CODE_ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';
/** 43 bits: of the few guesses that are looked at in an hour, one in 5,000 million hours meets one of ten live codes. */
export const CODE_LENGTH = 10;

/** A tablet claims its place with a typed code (10 letters, case, spaces and dashes ignored) or the longer secret of a link. */
export const enrolmentRequestSchema = v.object({
  code: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  report: deviceReportSchema,
});
export type EnrolmentRequest = v.InferOutput<typeof enrolmentRequestSchema>;

export const enrolmentReplySchema = v.object({
  enrolmentId: enrolmentIdSchema,
  /** The device token: it may append answers and read its own assignment, nothing else. */
  token: v.string(),
  storeId: storeIdSchema,
});
export type EnrolmentReply = v.InferOutput<typeof enrolmentReplySchema>;

/** Staff ask for a new code for a point. */
export const enrolmentCodeRequestSchema = v.object({
  organisationId: organisationIdSchema,
  pointId: pointIdSchema,
});
export const enrolmentCodeReplySchema = v.object({
  code: v.string(),
  url: v.string(),
  expiresAt: instantSchema,
});
export type EnrolmentCodeReply = v.InferOutput<typeof enrolmentCodeReplySchema>;
