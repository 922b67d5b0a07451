import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AuditAction } from '../../protocol/audit.ts';
import type { Role } from '../../protocol/roles.ts';
import type { Tables } from '../store/tables.ts';

/** What an entry may tell beside who, what and when: never what anybody wrote, neither a visitor nor a colleague. */
export interface TrailDetail {
  readonly count?: number;
  /** The file that was made, by its name in the address: `overview.csv`. */
  readonly file?: string;
  /** As addresses write it: `2026-W48`. */
  readonly period?: string;
  /** Which of the changes a route can make. */
  readonly change?: string;
  readonly role?: Role | null;
  readonly siteIds?: readonly string[];
  readonly serviceIds?: readonly string[];
  /** How somebody signed in, or was refused. */
  readonly way?: 'password' | 'link' | 'recovery-code';
}

export interface TrailEntry {
  readonly organisationId: string;
  /** Null where the server itself, or nobody known, did it. */
  readonly person: { readonly personId: string; readonly name: string } | null;
  readonly action: AuditAction;
  /** `kind:identity`. */
  readonly subject?: string;
  readonly serviceId?: string;
  readonly detail?: TrailDetail;
}

/** Adds to the trail. In a transaction of the caller's, what is told and its entry are stored together or not at all. */
export async function recordEntries(
  db: Kysely<Tables>,
  recordedAt: string,
  entries: readonly TrailEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await db
    .insertInto('audit_entries')
    .values(
      entries.map(({ organisationId, person, action, subject = '', serviceId = '', detail = {} }) => ({
        organisation_id: organisationId,
        entry_id: randomUUID(),
        recorded_at: recordedAt,
        person_id: person?.personId ?? null,
        person_name: person?.name ?? '',
        action,
        subject,
        service_id: serviceId,
        detail: JSON.stringify(detail),
      })),
    )
    .execute();
}
