import type { Passage } from './passages.ts';
import { findPersonalData, PERSONAL_DATA_KINDS, type PersonalDataKind } from './personal-data.ts';

/** What a masked passage was; `other` where a person masked what no recogniser knows. */
export const MASK_KINDS = [...PERSONAL_DATA_KINDS, 'other'] as const;
export type MaskKind = PersonalDataKind | 'other';

/** A passage that others than the moderators never read. */
export interface Mask extends Passage {
  readonly kind: MaskKind;
}

/** What stands where something is masked, in the page and in every file. */
const IN_ITS_PLACE: Readonly<Record<MaskKind, string>> = {
  telephone: '[téléphone masqué]',
  email: '[adresse masquée]',
  'social-security': '[numéro masqué]',
  iban: '[compte masqué]',
  plate: '[plaque masquée]',
  name: '[nom masqué]',
  other: '[passage masqué]',
};

/** The text as everybody may read it. */
export function maskedText(text: string, masks: readonly Mask[]): string {
  return replaced(text, masks, ({ kind }) => IN_ITS_PLACE[kind]);
}

/** The text without what is masked, and without what stands in its place: what may be searched. */
export function unmaskedWords(text: string, masks: readonly Mask[]): string {
  return replaced(text, masks, () => ' / ');
}

/**
 * The masks of a text as they are kept: in its order, none over another (the one that begins first keeps what it covers, as far as the
 * longest of them goes), none beyond its end, and none that cuts a sign in two.
 */
export function tidyMasks(text: string, masks: readonly Mask[]): readonly Mask[] {
  const tidied: Mask[] = [];
  for (const { kind, ...passage } of masks.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const start = isInsideSign(text, passage.start) ? passage.start - 1 : passage.start;
    const end = Math.min(text.length, isInsideSign(text, passage.end) ? passage.end + 1 : passage.end);
    if (start >= end) continue;
    const last = tidied.at(-1);
    if (last === undefined || start >= last.end) tidied.push({ start, end, kind });
    else if (end > last.end) tidied[tidied.length - 1] = { ...last, end };
  }
  return tidied;
}

/** What a moderator is asked about: what looks like personal data and is not masked yet. */
export function proposedMasks(text: string, masks: readonly Mask[]): readonly Mask[] {
  return findPersonalData(text)
    .filter(({ start, end }) => !masks.some((mask) => mask.start < end && start < mask.end))
    .map(({ kind, start, end }) => ({ kind, start, end }));
}

function replaced(text: string, masks: readonly Mask[], wordFor: (mask: Mask) => string): string {
  let shown = '';
  let at = 0;
  for (const mask of masks) {
    shown += text.slice(at, mask.start) + wordFor(mask);
    at = mask.end;
  }
  return shown + text.slice(at);
}

/** Between the two halves of a surrogate pair. */
function isInsideSign(text: string, index: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(index - 1, index + 1));
}
