import { type Mask, type MaskKind, proposedMasks, tidyMasks } from '../../domain/masking.ts';
import { holdsService } from '../people/scope.ts';
import type { SignedIn } from '../people/sessions.ts';
import type { Scope } from '../store/store.ts';

/** Whose eyes texts are read with: what they see at all, and of what they see the words that are masked. */
export interface Reader {
  readonly scope: Scope;
  readonly moderates: Scope;
  /** Where they mark as read and set themes. */
  readonly changes: Scope;
}

const NOTHING: Scope = { reaches: [] };
const CONTACT_DETAILS: readonly MaskKind[] = ['telephone', 'email'];

/** Whoever is asking, on a route that reads texts. */
export function readerOf({ scope, scopeFor }: Pick<SignedIn, 'scope' | 'scopeFor'>): Reader {
  return { scope, moderates: scopeFor('moderate-verbatims'), changes: scopeFor('change-verbatims') };
}

/** Somebody who may moderate nothing, whoever they are: what leaves is read with these eyes. */
export function outsider(scope: Scope): Reader {
  return { scope, moderates: NOTHING, changes: NOTHING };
}

interface Place {
  readonly organisationId: string;
  readonly serviceId: string;
}

/** Whether the reader decides about texts of this service, and so reads them as they were written. */
export function moderatesService({ moderates }: Reader, place: Place): boolean {
  return holdsService(moderates, place);
}

/** What of a text the reader does not read: what somebody masked and, for whoever may not see them, what looks like contact details. */
export function masksFor(
  { scope }: Reader,
  { organisationId, text, masks }: { organisationId: string; text: string; masks: readonly Mask[] },
): readonly Mask[] {
  const reach = scope.reaches.find((one) => one.organisationId === organisationId);
  if (reach?.seesContactDetails !== false) return masks;
  const details = proposedMasks(text, masks).filter(({ kind }) => CONTACT_DETAILS.includes(kind));
  return details.length === 0 ? masks : tidyMasks(text, [...masks, ...details]);
}
