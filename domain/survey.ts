import type { ItemId, SurveyId, SurveyVersionId } from './ids.ts';
import type { ScaleId } from './scales.ts';

/** The language tags of RFC 5646 that the kiosk can speak, in the order it offers them; `fr-x-facile` is easy-to-read French. */
export const LANGUAGES = ['fr', 'fr-x-facile', 'pt', 'en', 'es', 'ar', 'tr', 'uk', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];
/** Wording in each language; French is always there and stands in for what is missing. */
export type Wording = { readonly fr: string } & { readonly [language in Language]?: string };

/** One thing asked. The stem is the wording of the question. */
export type Item = RatingItem | ChoiceItem | VerbatimItem;

export interface RatingItem {
  readonly kind: 'rating';
  readonly itemId: ItemId;
  readonly stem: Wording;
  readonly scaleId: ScaleId;
  /** Asked first, to everybody; the others are drawn in rotation. Exactly one item of a survey has it. */
  readonly isGlobal: boolean;
  /** The commitment of the certification or the number on a former form that this item continues, for the audit file. */
  readonly reference?: string;
}

export interface ChoiceItem {
  readonly kind: 'choice';
  readonly itemId: ItemId;
  readonly stem: Wording;
  readonly options: readonly Option[];
  readonly isMultiple: boolean;
  readonly reference?: string;
}

/** An optional free text; a survey has at most one, asked last. */
export interface VerbatimItem {
  readonly kind: 'verbatim';
  readonly itemId: ItemId;
  readonly stem: Wording;
  /** In UTF-16 code units, as an input field counts. */
  readonly maxLength: number;
  /** What the text may be about: touched instead of typing, or beside it. Answered as a choice of this item, several allowed. */
  readonly themes?: readonly Option[];
}

export interface Option {
  readonly code: string;
  readonly label: Wording;
}

/** An immutable published questionnaire. */
export interface SurveyVersion {
  readonly surveyId: SurveyId;
  readonly surveyVersionId: SurveyVersionId;
  readonly number: number;
  readonly items: readonly Item[];
  /** How many items beside the global one a visit may be asked. */
  readonly maxDrawnItems: number;
}

export function globalItemOf(version: SurveyVersion): RatingItem | undefined {
  return version.items.find((item): item is RatingItem => item.kind === 'rating' && item.isGlobal);
}

export function verbatimItemOf(version: SurveyVersion): VerbatimItem | undefined {
  return version.items.find((item): item is VerbatimItem => item.kind === 'verbatim');
}

/** The items that rotation may draw: every rating or choice but the global one. */
export function drawableItemsOf(version: SurveyVersion): readonly (RatingItem | ChoiceItem)[] {
  return version.items.filter(
    (item): item is RatingItem | ChoiceItem =>
      item.kind === 'choice' || (item.kind === 'rating' && !item.isGlobal),
  );
}

/** Says what is wrong with a survey version, in words for whoever wrote it; empty when nothing is. */
export function surveyFaults(version: SurveyVersion): readonly string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const item of version.items) {
    if (seen.has(item.itemId)) faults.push(`Item ${item.itemId} is there twice.`);
    seen.add(item.itemId);
    if (item.stem.fr.trim() === '') faults.push(`Item ${item.itemId} has no French wording.`);
    if (item.kind === 'choice' && codesOf(item.options).size < 2)
      faults.push(`Item ${item.itemId} needs at least two different options.`);
    if (item.kind === 'verbatim' && item.themes !== undefined) faults.push(...themeFaults(item, item.themes));
  }
  const globals = version.items.filter((item) => item.kind === 'rating' && item.isGlobal).length;
  if (globals !== 1) faults.push(`Exactly one item must be global; ${globals} are.`);
  if (version.items.filter((item) => item.kind === 'verbatim').length > 1)
    faults.push('At most one item may be a verbatim.');
  if (version.maxDrawnItems < 0 || !Number.isInteger(version.maxDrawnItems))
    faults.push('maxDrawnItems must be a whole number from 0 up.');
  return faults;
}

function themeFaults({ itemId }: VerbatimItem, themes: readonly Option[]): readonly string[] {
  const faults: string[] = [];
  const codes = codesOf(themes);
  if (codes.size < 2) faults.push(`Item ${itemId} needs at least two different themes, or none.`);
  else if (codes.size < themes.length) faults.push(`Item ${itemId} has a theme twice.`);
  for (const { code, label } of themes)
    if (label.fr.trim() === '') faults.push(`Theme ${code} of item ${itemId} has no French wording.`);
  return faults;
}

function codesOf(options: readonly Option[]): ReadonlySet<string> {
  return new Set(options.map((option) => option.code));
}
