import * as v from 'valibot';
import type { EnrolmentId, StoreId } from '../../domain/ids.ts';
import { countSchema, enrolmentIdSchema, storeIdSchema } from '../../protocol/identities.ts';
import { type KnownLoss, knownLossSchema } from '../../protocol/known-loss.ts';

/**
 * What must outlive the database: who the tablet is, how far it has counted, and what it has lost. It holds no answer and nothing of any
 * visitor. It is kept in several places that are not lost together.
 */
export interface WitnessRecord {
  /** Grows with each change: of two that differ, the later one is right. */
  readonly revision: number;
  readonly enrolmentId: EnrolmentId;
  readonly token: string;
  readonly storeId: StoreId | null;
  readonly lastSequence: number;
  /** The name of the database in use. */
  readonly database: string;
  /** How often storage has begun anew under this enrolment, the first time included. */
  readonly epoch: number;
  /** The latest last. */
  readonly losses: readonly KnownLoss[];
}

/** Where the page itself finds it at once; the other places answer later. */
export const RECORD_KEY = 'parvis-witness';

const recordSchema = v.object({
  revision: countSchema,
  enrolmentId: enrolmentIdSchema,
  token: v.string(),
  storeId: v.nullable(storeIdSchema),
  lastSequence: countSchema,
  database: v.pipe(v.string(), v.regex(/^parvis-outbox-[1-9]\d{0,5}$/)),
  epoch: countSchema,
  losses: v.array(knownLossSchema),
});

/** null where there is none, or where it is damaged. */
export function readRecord(text: string | null): WitnessRecord | null {
  if (text === null) return null;
  try {
    const decoded = v.safeParse(recordSchema, JSON.parse(text));
    return decoded.success ? decoded.output : null;
  } catch {
    return null;
  }
}

/** The latest of several, with the largest sequence that any of them knows of its enrolment. */
export function latestRecord(records: readonly (WitnessRecord | null)[]): WitnessRecord | null {
  const known = records.filter((record) => record !== null);
  // The list is this function's own, and old tablets sort in place only.
  const [latest, ...others] = known.sort((a, b) => b.revision - a.revision);
  if (latest === undefined) return null;
  const sequences = others
    .filter(({ enrolmentId }) => enrolmentId === latest.enrolmentId)
    .map(({ lastSequence }) => lastSequence);
  return { ...latest, lastSequence: Math.max(latest.lastSequence, ...sequences) };
}

/** The name of the database that follows one that is lost. */
export function nextDatabase(name: string): string {
  const number = Number(name.slice(name.lastIndexOf('-') + 1));
  return `${name.slice(0, name.lastIndexOf('-'))}-${number + 1}`;
}
