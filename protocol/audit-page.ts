import * as v from 'valibot';
import { AUDIT_ACTIONS } from './audit.ts';
import { instantSchema, localDateSchema, organisationIdSchema, personIdSchema } from './identities.ts';

/** GET /api/v1/audit?from&to&person&action&cursor : newest first, 50 a page. `/api/v1/audit.csv` takes the same but the cursor. */
export const auditFilterSchema = v.object({
  from: v.exactOptional(localDateSchema),
  to: v.exactOptional(localDateSchema),
  person: v.exactOptional(personIdSchema),
  action: v.exactOptional(v.picklist(AUDIT_ACTIONS)),
});
export type AuditFilter = v.InferOutput<typeof auditFilterSchema>;

export const auditEntrySchema = v.object({
  entryId: v.string(),
  recordedAt: instantSchema,
  organisationId: organisationIdSchema,
  organisationName: v.string(),
  /** Empty where the server itself, or nobody known, did it. */
  personName: v.string(),
  action: v.picklist(AUDIT_ACTIONS),
  /** A sentence in French, made of the action and of what is noted with it. */
  what: v.string(),
  /** Who or what it was done to, and where; empty where the sentence says it all. */
  about: v.string(),
});
export type AuditEntry = v.InferOutput<typeof auditEntrySchema>;

export const auditPageSchema = v.object({
  entries: v.array(auditEntrySchema),
  nextCursor: v.nullable(v.string()),
  /** Who and what may be asked for. */
  people: v.array(v.object({ personId: personIdSchema, name: v.string() })),
  actions: v.array(v.object({ action: v.picklist(AUDIT_ACTIONS), label: v.string() })),
});
export type AuditPage = v.InferOutput<typeof auditPageSchema>;
