import * as v from 'valibot';
import { CHANNELS } from '../domain/answers.ts';
import { deviceReportSchema } from './device-report.ts';
import {
  batchIdSchema,
  bootIdSchema,
  countSchema,
  instantSchema,
  itemIdSchema,
  pointIdSchema,
  responseIdSchema,
  storeIdSchema,
  surveyVersionIdSchema,
} from './identities.ts';
import { PROTOCOL_VERSION } from './protocol-version.ts';

/** Limits of one push; a tablet that meets 413 halves its batch. */
export const MAX_ENTRIES_PER_PUSH = 100;
export const MAX_PUSH_BYTES = 262_144;

const codeSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const base64Schema = (maxLength: number) =>
  v.pipe(v.string(), v.maxLength(maxLength), v.regex(/^[A-Za-z0-9+/]+={0,2}$/, 'must be base64'));

export const answerSchema = v.variant('kind', [
  v.object({ itemId: itemIdSchema, kind: v.literal('rating'), code: codeSchema }),
  v.object({
    itemId: itemIdSchema,
    kind: v.literal('choice'),
    codes: v.pipe(v.array(codeSchema), v.maxLength(50)),
  }),
]);

/** Free text sealed to the server's public key: see `sealing.ts` for suite, info and associated data. */
export const sealedTextSchema = v.object({
  encapsulatedKey: base64Schema(200),
  /** 500 characters are at most 2,000 bytes of UTF-8, 16 of tag, and a third more in base64. */
  ciphertext: base64Schema(4_000),
  keyId: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
});

export const surveyResponseSchema = v.object({
  surveyVersionId: surveyVersionIdSchema,
  pointId: pointIdSchema,
  channel: v.picklist(CHANNELS),
  language: v.pipe(
    v.string(),
    v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, 'must be a language tag'),
    v.maxLength(35),
  ),
  answeredAt: instantSchema,
  bootId: bootIdSchema,
  disposition: v.picklist(['complete', 'partial']),
  answers: v.pipe(v.array(answerSchema), v.minLength(1), v.maxLength(50)),
  sealedText: v.nullable(sealedTextSchema),
  paradata: v.object({
    durationSeconds: v.pipe(v.number(), v.minValue(0), v.maxValue(86_400)),
    flags: v.pipe(v.array(codeSchema), v.maxLength(20)),
    integrityRules: v.exactOptional(countSchema),
  }),
});

/** One answer waiting on a tablet. `sequence` counts the answers of an enrolment from 1 and is never reused. */
export const entrySchema = v.object({
  responseId: responseIdSchema,
  sequence: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER)),
  response: surveyResponseSchema,
});
export type Entry = v.InferOutput<typeof entrySchema>;

/** The envelope. Entries are decoded one by one, so that one that cannot be understood never holds up the others. */
export const pushRequestSchema = v.object({
  protocol: v.literal(PROTOCOL_VERSION),
  batchId: batchIdSchema,
  sentAt: instantSchema,
  /** The store the tablet last spoke to; null before the first reply. */
  storeId: v.nullable(storeIdSchema),
  /** May be empty: a push without entries is a heartbeat. */
  entries: v.pipe(v.array(v.unknown()), v.maxLength(MAX_ENTRIES_PER_PUSH)),
  report: deviceReportSchema,
});
export type PushRequest = v.InferOutput<typeof pushRequestSchema>;

/**
 * What became of an entry; each means that the tablet may let go.
 * `accepted`: stored and counted. `duplicate`: was stored already, with the same content. `erased`: was erased here, stays erased.
 * `quarantined`: could not be understood, or the same id came with other content; kept whole and shown to staff.
 */
export const VERDICTS = ['accepted', 'duplicate', 'erased', 'quarantined'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One per entry, in the order of the entries. `responseId` is null only where the entry did not carry a readable one. */
export const entryVerdictSchema = v.object({
  responseId: v.nullable(v.string()),
  verdict: v.picklist(VERDICTS),
  reason: v.exactOptional(v.string()),
});
export type EntryVerdict = v.InferOutput<typeof entryVerdictSchema>;

/** The only acknowledgement: status 201, this body, our own `batchId`, the entry named. */
export const pushReplySchema = v.object({
  protocol: v.literal(PROTOCOL_VERSION),
  batchId: batchIdSchema,
  storeId: storeIdSchema,
  receivedAt: instantSchema,
  verdicts: v.array(entryVerdictSchema),
  /** Largest sequence such that it and all before it have arrived. */
  highWaterMark: countSchema,
  /** Sequences up to here are in a finished backup. */
  safeThrough: countSchema,
  /** Changes when the assignment should be fetched again. */
  assignmentTag: v.string(),
});
export type PushReply = v.InferOutput<typeof pushReplySchema>;
