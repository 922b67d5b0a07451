import { NOT_APPLICABLE, type ScaleId, scaleOf } from '../../domain/scales.ts';

/** What each level is called in French, on screens and in exports. Levels that are numbers are their own labels. */
const LEVELS: Readonly<Record<string, string>> = {
  'very-satisfied': 'Très satisfait',
  'fairly-satisfied': 'Plutôt satisfait',
  neither: 'Ni satisfait ni insatisfait',
  'fairly-dissatisfied': 'Plutôt pas satisfait',
  'very-dissatisfied': 'Pas du tout satisfait',
  yes: 'Oui',
  no: 'Non',
  [NOT_APPLICABLE]: 'Non concerné',
};

/** What the themes touched beside a free text are listed under. */
export const THEMES_STEM = 'Thèmes touchés';

/** What the four levels are called where they answer a question with yes or no. */
const AGREEMENT_LEVELS: Readonly<Record<string, string>> = {
  'very-satisfied': 'Oui, tout à fait',
  'fairly-satisfied': 'Plutôt oui',
  'fairly-dissatisfied': 'Plutôt non',
  'very-dissatisfied': 'Non, pas du tout',
};

/** The French label of a level of a scale. */
export function levelLabel(scaleId: ScaleId, code: string): string {
  const own = scaleId === 'four-level-agreement' ? AGREEMENT_LEVELS[code] : undefined;
  return own ?? LEVELS[code] ?? code;
}

/** A scale's levels, best first, with their French labels; *non concerné* last. */
export function scaleOptions(scaleId: ScaleId): { readonly code: string; readonly label: string }[] {
  return [...scaleOf(scaleId).points.map((point) => point.code), NOT_APPLICABLE].map((code) => ({
    code,
    label: levelLabel(scaleId, code),
  }));
}
