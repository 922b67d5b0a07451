import * as v from 'valibot';
import { instantSchema, organisationIdSchema } from './identities.ts';

/** What staff type to open a tablet's menu: 4 to 8 digits. */
export const STAFF_CODE = /^\d{4,8}$/;

/**
 * What proves the staff's code on a tablet without network: PBKDF2 with SHA-256, 32 bytes, as every browser can make them. A few digits
 * cannot be kept from whoever has stolen the tablet and tries them all elsewhere: the code opens the tablet's menu, and nothing more.
 */
export const staffCodeProofSchema = v.object({
  iterations: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)),
  /** In base64, as is `hash`. */
  salt: v.string(),
  hash: v.string(),
});
export type StaffCodeProof = v.InferOutput<typeof staffCodeProofSchema>;

/** PUT /api/v1/fleet/staff-codes/:organisationId */
export const staffCodeChangeSchema = v.object({
  code: v.pipe(v.string(), v.regex(STAFF_CODE, 'must be 4 to 8 digits')),
});

/** What the web view shows of an organisation's code. */
export const staffCodeStateSchema = v.object({
  organisationId: organisationIdSchema,
  organisationName: v.string(),
  /** The code made by the server; null once somebody has chosen another, which is kept as its proof only. */
  shownCode: v.nullable(v.string()),
  changedAt: instantSchema,
});
export type StaffCodeState = v.InferOutput<typeof staffCodeStateSchema>;
