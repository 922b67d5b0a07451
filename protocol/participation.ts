import * as v from 'valibot';
import {
  countSchema,
  instantSchema,
  localDateSchema,
  organisationIdSchema,
  serviceIdSchema,
} from './identities.ts';

/** More than any reception receives in a day: a number beyond it was mistyped. */
export const MOST_VISITORS = 20_000;
/** Lines of one file: five years of ten services. */
export const MOST_IMPORTED_LINES = 20_000;
export const MAX_IMPORT_BYTES = 2_097_152;

/** How many of those who came answered, over the days somebody counted. */
export const participationSchema = v.object({
  visitors: countSchema,
  /** Answers of the same days, by whichever way. */
  responses: countSchema,
  countedDays: countSchema,
});
export type Participation = v.InferOutput<typeof participationSchema>;

const countedDaySchema = v.object({
  date: localDateSchema,
  visitors: countSchema,
  source: v.picklist(['hand', 'file']),
  enteredAt: instantSchema,
  enteredBy: v.string(),
});

/** GET /api/v1/visitor-counts?period */
export const visitorCountsSchema = v.object({
  period: v.string(),
  /** Every day of the period, up to today. */
  days: v.array(localDateSchema),
  services: v.array(
    v.object({
      organisationId: organisationIdSchema,
      serviceId: serviceIdSchema,
      serviceName: v.string(),
      siteName: v.string(),
      counts: v.array(countedDaySchema),
      participation: v.nullable(participationSchema),
    }),
  ),
});
export type VisitorCounts = v.InferOutput<typeof visitorCountsSchema>;

/** PUT /api/v1/visitor-counts/:organisationId/:serviceId/:date */
export const visitorCountChangeSchema = v.object({
  /** null takes the count away. */
  visitors: v.nullable(
    v.pipe(
      v.number(),
      v.integer('must be a whole number'),
      v.minValue(0, 'must not be below 0'),
      v.maxValue(MOST_VISITORS, `must be at most ${MOST_VISITORS}`),
    ),
  ),
});

/** POST /api/v1/visitor-counts/imports */
export const visitorImportSchema = v.object({
  /** The file as text: `date;service;visiteurs`, one line a day and service. */
  text: v.pipe(v.string(), v.maxLength(MAX_IMPORT_BYTES)),
});

const importFaultSchema = v.object({
  /** From 1, as a spreadsheet counts. */
  line: countSchema,
  kind: v.picklist(['columns', 'date', 'to-come', 'service', 'ambiguous-service', 'visitors', 'twice']),
  value: v.string(),
});
export type ImportFault = v.InferOutput<typeof importFaultSchema>;

/** Where a line is at fault nothing is stored, so that a mended file can be brought again. */
export const visitorImportReplySchema = v.object({
  added: countSchema,
  changed: countSchema,
  unchanged: countSchema,
  /** The first of them. */
  faults: v.array(importFaultSchema),
  otherFaults: countSchema,
});
export type VisitorImportReply = v.InferOutput<typeof visitorImportReplySchema>;
