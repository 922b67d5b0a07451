import type { SetAsideReason } from '../../domain/integrity.ts';
import type { SetAside } from '../../protocol/scores.ts';
import type { Column } from './table.ts';
import { typeset } from './words.ts';

export const REASONS: Readonly<Record<SetAsideReason, string>> = {
  burst: 'rafales',
  speeding: 'trop rapides',
  'straight-lining': 'même visage à la suite',
  alternation: 'deux visages en alternance',
  'closed-hours': 'hors horaires',
  'by-decision': 'par décision signée',
};

/** How many responses are not in a line's figures, why, and the share with them. */
export function setAsideColumns<Row>(setAsideOf: (row: Row) => SetAside | null): readonly Column<Row>[] {
  return [
    {
      name: 'Réponses mises de côté',
      kind: 'count',
      meaning: typeset('Signalées par les règles d’intégrité : gardées, hors des chiffres de la ligne'),
      unit: 'réponses',
      measure: '',
      value: (row) => setAsideOf(row)?.responses ?? null,
    },
    {
      name: 'Motifs de mise de côté',
      kind: 'text',
      meaning: 'Nombre de réponses par motif ; une réponse peut en avoir plusieurs',
      unit: '',
      measure: '',
      value: (row) =>
        setAsideOf(row)
          ?.reasons.map(({ reason, responses }) => typeset(`${REASONS[reason]} : ${responses}`))
          .join(', ') ?? null,
    },
    {
      name: 'Part de satisfaits avec les mises de côté (%)',
      kind: 'share',
      meaning: 'Question globale ; vide quand rien n’est mis de côté ou que l’effectif est trop faible',
      unit: '%',
      measure: 'share-satisfied',
      value: (row) => setAsideOf(row)?.shareWith ?? null,
    },
  ];
}
