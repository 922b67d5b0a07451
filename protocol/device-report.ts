import * as v from 'valibot';
import { bootIdSchema, countSchema, instantSchema } from './identities.ts';
import { MAX_HELD_RANGES, MAX_LOSSES_TOLD, heldRangeSchema, knownLossSchema } from './known-loss.ts';

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
  /** How often the tablet's storage has begun anew under this enrolment, the first time included. */
  epoch: v.optional(countSchema),
  /** What its storage has lost, until the server's mark has passed it. */
  losses: v.optional(v.pipe(v.array(knownLossSchema), v.maxLength(MAX_LOSSES_TOLD))),
  /** With `losses`: what is still on the tablet of the sequences they tell of, and so is not lost. */
  held: v.optional(v.pipe(v.array(heldRangeSchema), v.maxLength(MAX_HELD_RANGES))),
});
export type DeviceReport = v.InferOutput<typeof deviceReportSchema>;
