import * as v from 'valibot';
import {
  countSchema,
  enrolmentIdSchema,
  instantSchema,
  organisationIdSchema,
  responseIdSchema,
} from './identities.ts';
import { entryVerdictSchema } from './push.ts';

/** A rescue file holds one tablet's answers; beyond, something is wrong with it. */
export const MAX_RESCUED_ENTRIES = 50_000;
export const MAX_RESCUE_BYTES = 64 * 1_048_576;

/** An answer as the tablet keeps it: `body` is the JSON text of the wire's `response`, what was typed still sealed in it. */
export const rescuedEntrySchema = v.object({
  responseId: responseIdSchema,
  sequence: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER)),
  body: v.pipe(v.string(), v.maxLength(65_536)),
});
export type RescuedEntry = v.InferOutput<typeof rescuedEntrySchema>;

/**
 * The answers of a tablet that cannot send them any more, carried by hand: made behind the staff's code, imported in the web view. It holds
 * no token: what it may add to is decided by who imports it.
 */
export const rescueFileSchema = v.object({
  format: v.literal('parvis-rescue'),
  version: v.literal(1),
  madeAt: instantSchema,
  appVersion: v.pipe(v.string(), v.maxLength(64)),
  organisationId: organisationIdSchema,
  enrolmentId: enrolmentIdSchema,
  pointName: v.string(),
  entries: v.pipe(v.array(rescuedEntrySchema), v.maxLength(MAX_RESCUED_ENTRIES)),
  /** SHA-256 of {@link checkedTextOf} the entries, in lower-case hexadecimal. */
  checksum: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal')),
});
export type RescueFile = v.InferOutput<typeof rescueFileSchema>;

/** The text whose digest tells a damaged file. */
export function checkedTextOf(entries: readonly RescuedEntry[]): string {
  return JSON.stringify(entries.map(({ responseId, sequence, body }) => [responseId, sequence, body]));
}

/** POST /api/v1/fleet/rescues: how many entries met each verdict, and the outline of those set aside. */
export const rescueReplySchema = v.object({
  pointName: v.string(),
  accepted: countSchema,
  duplicate: countSchema,
  erased: countSchema,
  quarantined: countSchema,
  setAside: v.array(entryVerdictSchema),
});
export type RescueReply = v.InferOutput<typeof rescueReplySchema>;
