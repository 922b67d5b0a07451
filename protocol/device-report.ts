import * as v from 'valibot';
import { bootIdSchema, countSchema, instantSchema } from './identities.ts';

/** What a tablet says of itself with each push. It holds nothing of any visitor. */
export const deviceReportSchema = v.object({
  appVersion: v.pipe(v.string(), v.maxLength(64)),
  /** Answers waiting to be sent, beside those of the push that brings this report. */
  outboxDepth: countSchema,
  oldestEntryAt: v.nullable(instantSchema),
  /** Answers acknowledged and kept until a backup holds them. */
  retainedCount: countSchema,
  /** null where the browser does not say. */
  storagePersisted: v.nullable(v.boolean()),
  storageUsedBytes: v.nullable(countSchema),
  storageQuotaBytes: v.nullable(countSchema),
  /** A short code of the last failure, never a visitor's words. */
  lastError: v.nullable(v.pipe(v.string(), v.maxLength(500))),
  /** The boot this report is made in: it tells which entries share the clock error that this push shows. */
  bootId: v.optional(bootIdSchema),
});
export type DeviceReport = v.InferOutput<typeof deviceReportSchema>;
