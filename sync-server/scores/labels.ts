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

/** The French label of a level, of whatever scale. */
export function levelLabel(code: string): string {
  return LEVELS[code] ?? code;
}

/** A scale's levels, best first, with their French labels; *non concerné* last. */
export function scaleOptions(scaleId: ScaleId): { readonly code: string; readonly label: string }[] {
  return [...scaleOf(scaleId).points.map((point) => point.code), NOT_APPLICABLE].map((code) => ({
    code,
    label: levelLabel(code),
  }));
}
