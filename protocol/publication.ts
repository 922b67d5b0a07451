import * as v from 'valibot';
import {
  countSchema,
  improvementIdSchema,
  localDateSchema,
  organisationIdSchema,
  serviceIdSchema,
} from './identities.ts';

/** Two lines of the first screen hold no more, beside what the town did about it. */
export const IMPROVEMENT_MAX_LENGTH = 140;
/** So many lines of a service stand on its tablets, the newest. */
export const IMPROVEMENTS_SHOWN = 5;

const sentenceSchema = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(IMPROVEMENT_MAX_LENGTH, `must be at most ${IMPROVEMENT_MAX_LENGTH} characters`),
  v.regex(/^\P{C}*$/u, 'must be one line of plain text'),
);

/** POST …/improvements and PUT …/improvements/:improvementId */
export const improvementChangeSchema = v.object({
  said: sentenceSchema,
  done: sentenceSchema,
  /** Today where it is left out. */
  shownFrom: v.exactOptional(localDateSchema),
});
export type ImprovementChange = v.InferOutput<typeof improvementChangeSchema>;

export const improvementReplySchema = v.object({ improvementId: improvementIdSchema });

export const improvementSchema = v.object({
  improvementId: improvementIdSchema,
  said: v.string(),
  done: v.string(),
  shownFrom: localDateSchema,
  createdBy: v.string(),
  /** Whether the tablets show it now: its day has come, and it is one of the newest. */
  isShown: v.boolean(),
});
export type Improvement = v.InferOutput<typeof improvementSchema>;

export const publishedResultSchema = v.object({
  shareSatisfied: v.number(),
  base: countSchema,
  /** As the tablets say it in French. */
  periodLabel: v.string(),
  publishedOn: localDateSchema,
  publishedBy: v.string(),
});
export type PublishedResult = v.InferOutput<typeof publishedResultSchema>;

export const servicePublicationSchema = v.object({
  organisationId: organisationIdSchema,
  serviceId: serviceIdSchema,
  serviceName: v.string(),
  siteName: v.string(),
  /** What the tablets show now. */
  published: v.nullable(publishedResultSchema),
  /** What would be published: the last quarter that has ended, the answers set aside left out. */
  quarter: v.object({
    quarter: v.string(),
    base: countSchema,
    /** null where there are too few answers to publish. */
    shareSatisfied: v.nullable(v.number()),
  }),
  /** Newest first, those still to come too. */
  improvements: v.array(improvementSchema),
});
export type ServicePublication = v.InferOutput<typeof servicePublicationSchema>;

/** GET /api/v1/publications */
export const publicationsSchema = v.object({ services: v.array(servicePublicationSchema) });
export type Publications = v.InferOutput<typeof publicationsSchema>;
