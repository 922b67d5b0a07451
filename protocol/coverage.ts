import * as v from 'valibot';
import { countSchema, localDateSchema } from './identities.ts';

const timeSchema = v.pipe(v.string(), v.regex(/^\d{2}:\d{2}$/));

/** A stretch of opening in which a point's tablet gave no sign of life. */
const coverageGapSchema = v.object({
  pointName: v.string(),
  date: localDateSchema,
  from: timeSchema,
  to: timeSchema,
  minutes: countSchema,
  isWholeDay: v.boolean(),
});
export type CoverageGapView = v.InferOutput<typeof coverageGapSchema>;

/** What part of its opening a service could be answered in. */
export const coverageSchema = v.object({
  openMinutes: countSchema,
  aliveMinutes: countSchema,
  /** Where nothing is known of the period's first days: the first day that is. */
  measuredFrom: v.nullable(localDateSchema),
  /** The longest, in the order of time. */
  gaps: v.array(coverageGapSchema),
  /** How many more there are. */
  otherGaps: countSchema,
});
export type CoverageView = v.InferOutput<typeof coverageSchema>;
