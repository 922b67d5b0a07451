import * as v from 'valibot';
import { CHANNELS } from '../domain/answers.ts';
import { INTEGRITY_FLAGS } from '../domain/integrity.ts';
import {
  countSchema,
  decisionIdSchema,
  instantSchema,
  localDateSchema,
  organisationIdSchema,
  pointIdSchema,
  serviceIdSchema,
} from './identities.ts';
import { figureSchema, setAsideSchema } from './scores.ts';

/** More answers than a point receives in a day. */
export const MOST_DECIDED = 2_000;
export const REASON_MIN_LENGTH = 8;
export const REASON_MAX_LENGTH = 400;

const halfDaySchema = v.picklist(['am', 'pm']);
const decisionKindSchema = v.picklist(['include', 'set-aside']);
export type DecisionKind = v.InferOutput<typeof decisionKindSchema>;

/** Why, in words: whoever reads the figure later was not there. */
export const decisionReasonSchema = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(REASON_MIN_LENGTH, `must say why, in at least ${REASON_MIN_LENGTH} characters`),
  v.maxLength(REASON_MAX_LENGTH, `must be at most ${REASON_MAX_LENGTH} characters`),
  v.regex(/^\P{C}*$/u, 'must be one line of plain text'),
  v.regex(/\p{L}{2}/u, 'must be words'),
);

/** Who decided what about which answers, and what became of it. Nothing of it is ever changed, but for `takenBack` being added. */
export const decisionSchema = v.object({
  organisationId: organisationIdSchema,
  serviceId: serviceIdSchema,
  decisionId: decisionIdSchema,
  kind: decisionKindSchema,
  pointName: v.string(),
  date: localDateSchema,
  /** null: of both. */
  halfDay: v.nullable(halfDaySchema),
  /** How many answers it was signed about. */
  responses: countSchema,
  reason: v.string(),
  signedAt: instantSchema,
  signedBy: v.string(),
  takenBack: v.nullable(v.object({ at: instantSchema, by: v.string(), reason: v.string() })),
});
export type Decision = v.InferOutput<typeof decisionSchema>;

const integrityServiceSchema = v.object({
  organisationId: organisationIdSchema,
  serviceId: serviceIdSchema,
  serviceName: v.string(),
  siteName: v.string(),
  /** Of the global item: what the pages show. */
  figure: figureSchema,
  /** What is out of it, and the share with it in. */
  setAside: setAsideSchema,
  /** The days of the period on which something is set aside or was decided, newest first. */
  days: v.array(v.object({ date: localDateSchema, responses: countSchema, setAside: countSchema })),
});
export type IntegrityService = v.InferOutput<typeof integrityServiceSchema>;

/** GET /api/v1/integrity?period */
export const integritySchema = v.object({
  period: v.string(),
  services: v.array(integrityServiceSchema),
  /** About answers of the period, the last signed first. */
  decisions: v.array(decisionSchema),
});
export type IntegrityView = v.InferOutput<typeof integritySchema>;

/**
 * An answer as far as it may be judged by: how it was given, never what it says. It is set aside for what happened, not for what somebody thought.
 * Its reference is no identity of anything else, and answers are in no order of time.
 */
const listedAnswerSchema = v.object({
  reference: v.string(),
  halfDay: halfDaySchema,
  pointId: pointIdSchema,
  channel: v.picklist(CHANNELS),
  isComplete: v.boolean(),
  durationSeconds: countSchema,
  /** By the rules. */
  flags: v.array(v.picklist(INTEGRITY_FLAGS)),
  isSetAside: v.boolean(),
  /** Of flagged answers that followed one another on one tablet: which run. */
  run: v.nullable(countSchema),
  /** Which decision holds for it. */
  decisionId: v.nullable(decisionIdSchema),
});
export type ListedAnswer = v.InferOutput<typeof listedAnswerSchema>;

/** GET /api/v1/integrity/:organisationId/:serviceId/:date */
export const integrityDaySchema = v.object({
  date: localDateSchema,
  points: v.array(v.object({ pointId: pointIdSchema, name: v.string() })),
  answers: v.array(listedAnswerSchema),
  decisions: v.array(decisionSchema),
});
export type IntegrityDay = v.InferOutput<typeof integrityDaySchema>;

/** POST /api/v1/integrity/:organisationId/:serviceId/:date/decisions */
export const decisionMakingSchema = v.object({
  kind: decisionKindSchema,
  references: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[\w-]{22}$/, 'must be a reference'))),
    v.minLength(1, 'must name an answer'),
    v.maxLength(MOST_DECIDED, `must name at most ${MOST_DECIDED} answers`),
    v.checkItems((one, index, all) => all.indexOf(one) === index, 'must be named once'),
  ),
  reason: decisionReasonSchema,
});
export type DecisionMaking = v.InferOutput<typeof decisionMakingSchema>;

/** POST /api/v1/integrity/:organisationId/:serviceId/decisions/:decisionId/withdrawal */
export const withdrawalSchema = v.object({ reason: decisionReasonSchema });

/** `current` of a conflict: the decision that holds, where one does. */
export const decisionConflictSchema = v.object({ decision: v.nullable(decisionSchema) });
