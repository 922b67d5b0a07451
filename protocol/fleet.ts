import * as v from 'valibot';
import {
  countSchema,
  enrolmentIdSchema,
  instantSchema,
  organisationIdSchema,
  pointIdSchema,
} from './identities.ts';
import { staffCodeStateSchema } from './staff-code.ts';

/** Answers that a tablet had taken and that are gone for good. */
export const tabletLossSchema = v.object({
  count: countSchema,
  noticedAt: instantSchema,
  /** How the tablet noticed, see `known-loss.ts`. */
  cause: v.string(),
});
export type TabletLoss = v.InferOutput<typeof tabletLossSchema>;

export const tabletStateSchema = v.object({
  organisationId: organisationIdSchema,
  enrolmentId: enrolmentIdSchema,
  pointId: pointIdSchema,
  pointName: v.string(),
  serviceName: v.string(),
  siteName: v.string(),
  enrolledAt: instantSchema,
  lastSeenAt: v.nullable(instantSchema),
  isSilent: v.boolean(),
  appVersion: v.string(),
  outboxDepth: countSchema,
  oldestEntryAt: v.nullable(instantSchema),
  retainedCount: countSchema,
  storagePersisted: v.nullable(v.boolean()),
  lastError: v.nullable(v.string()),
  highWaterMark: countSchema,
  /** Sequences between the high-water mark and the largest seen that have not arrived. */
  missingCount: countSchema,
  revokedAt: v.nullable(instantSchema),
  /** Answers given in test mode: kept, counted nowhere. */
  testCount: countSchema,
  /** How often the tablet's storage has begun anew, the first time included. */
  epoch: countSchema,
  /** The latest first. */
  losses: v.array(tabletLossSchema),
  /** When there was last a sign that two tablets share this enrolment; null where there is none, or none of late. */
  sharedSeenAt: v.nullable(instantSchema),
});
export type TabletState = v.InferOutput<typeof tabletStateSchema>;

export const pointStateSchema = v.object({
  organisationId: organisationIdSchema,
  pointId: pointIdSchema,
  pointName: v.string(),
  serviceName: v.string(),
  siteName: v.string(),
  status: v.picklist(['active', 'in-preparation']),
});
export type PointState = v.InferOutput<typeof pointStateSchema>;

/** An entry that could not be understood, kept whole; only its outline is shown. */
export const quarantinedEntrySchema = v.object({
  organisationId: organisationIdSchema,
  quarantineId: v.string(),
  pointName: v.string(),
  responseId: v.nullable(v.string()),
  receivedAt: instantSchema,
  reason: v.string(),
  bodyBytes: countSchema,
});
export type QuarantinedEntry = v.InferOutput<typeof quarantinedEntrySchema>;

/** Whether the server's data is safe from the server. */
export const backupStateSchema = v.object({
  /** Of the last finished backup. */
  finishedAt: v.nullable(instantSchema),
  /** Of the last that failed, where none has been finished since. */
  failedAt: v.nullable(instantSchema),
});

/** GET /api/v1/fleet */
export const fleetSchema = v.object({
  points: v.array(pointStateSchema),
  tablets: v.array(tabletStateSchema),
  quarantine: v.array(quarantinedEntrySchema),
  staffCodes: v.array(staffCodeStateSchema),
  backup: backupStateSchema,
  isDemonstration: v.boolean(),
});
export type Fleet = v.InferOutput<typeof fleetSchema>;
