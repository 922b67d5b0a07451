import { isScaleCode, NOT_APPLICABLE, type ScaleId, scaleOf } from '../../domain/scales.ts';
import type { Figure } from '../../protocol/scores.ts';
import { levelLabel } from '../scores/labels.ts';
import type { Column } from './table.ts';
import { disclosureText, verdictText } from './words.ts';

/**
 * The columns that tell a figure whole. What the small-base rules hold back is empty, and a column says why: the rows are those of the
 * screen, so that a file cannot tell more than it.
 *
 * @param scaleIds the scales of the figures, null where one has none: a level is named as its scale names it
 */
export function figureColumns<Row>(
  of: (row: Row) => Figure,
  rows: readonly Row[],
  scaleIds: readonly (ScaleId | null)[],
): readonly Column<Row>[] {
  const measures = (row: Row) => of(row).measures;
  const labelOf = levelLabels(scaleIds);
  return [
    {
      name: 'Réponses exprimées',
      kind: 'count',
      meaning: 'Base du chiffre : réponses sur l’échelle, sans « non concerné »',
      unit: 'réponses',
      measure: '',
      value: (row) => of(row).base,
    },
    ...levelCodes(rows.map(of)).map(
      (code): Column<Row> => ({
        name: labelOf(code),
        kind: 'count',
        meaning:
          code === NOT_APPLICABLE
            ? 'Réponses « non concerné », hors de la base'
            : `Réponses « ${labelOf(code)} »`,
        unit: 'réponses',
        measure: '',
        value: (row) => of(row).counts?.[code] ?? null,
      }),
    ),
    {
      name: 'Part de satisfaits (%)',
      kind: 'share',
      meaning: 'Réponses satisfaites sur réponses exprimées',
      unit: '%',
      measure: 'share-satisfied',
      value: (row) => measures(row)?.shareSatisfied ?? null,
    },
    {
      name: 'Intervalle à 95 %, bas (%)',
      kind: 'share',
      meaning: 'Borne basse de l’intervalle de Wilson à 95 % de la part de satisfaits',
      unit: '%',
      measure: 'share-satisfied',
      value: (row) => of(row).interval?.low ?? null,
    },
    {
      name: 'Intervalle à 95 %, haut (%)',
      kind: 'share',
      meaning: 'Borne haute de l’intervalle de Wilson à 95 % de la part de satisfaits',
      unit: '%',
      measure: 'share-satisfied',
      value: (row) => of(row).interval?.high ?? null,
    },
    {
      name: 'Verdict',
      kind: 'text',
      meaning: 'Atteint, non atteint ou pas encore démontré, d’après l’intervalle ; à partir de 30 réponses',
      unit: '',
      measure: 'share-satisfied',
      value: (row) => verdictText(of(row)),
    },
    {
      name: 'Satisfaction nette (points)',
      kind: 'share',
      meaning: 'Part de satisfaits moins part d’insatisfaits',
      unit: 'points',
      measure: 'net-satisfaction',
      value: (row) => measures(row)?.netSatisfaction ?? null,
    },
    {
      name: 'Moyenne sur 10',
      kind: 'decimal',
      meaning: 'Moyenne des niveaux posés de 0 à 10',
      unit: 'sur 10',
      measure: 'mean-out-of-ten',
      value: (row) => measures(row)?.meanOutOfTen ?? null,
    },
    {
      name: 'Indice de satisfaction sur 100',
      kind: 'decimal',
      meaning: 'Moyenne des niveaux posés de 0 à 100',
      unit: 'sur 100',
      measure: 'happy-index',
      value: (row) => measures(row)?.happyIndex ?? null,
    },
    {
      name: 'Remarque sur le chiffre',
      kind: 'text',
      meaning: 'Pourquoi des cases sont vides, ou ce qu’il faut garder à l’esprit',
      unit: '',
      measure: '',
      value: (row) => disclosureText(of(row)),
    },
  ];
}

/** Base and share of a figure that stands beside another. */
export function briefFigureColumns<Row>(
  label: string,
  meaning: string,
  of: (row: Row) => Figure | null,
): readonly Column<Row>[] {
  return [
    {
      name: `Réponses exprimées, ${label}`,
      kind: 'count',
      meaning: `Base, ${meaning}`,
      unit: 'réponses',
      measure: '',
      value: (row) => of(row)?.base ?? null,
    },
    {
      name: `Part de satisfaits, ${label} (%)`,
      kind: 'share',
      meaning: `Réponses satisfaites sur réponses exprimées, ${meaning} ; vide sous 11 réponses`,
      unit: '%',
      measure: 'share-satisfied',
      value: (row) => of(row)?.measures?.shareSatisfied ?? null,
    },
  ];
}

/** Where a file holds the same level on two scales, its column bears both names. */
function levelLabels(scaleIds: readonly (ScaleId | null)[]): (code: string) => string {
  const known = [...new Set(scaleIds.filter((scaleId) => scaleId !== null))];
  const scales = known.length === 0 ? (['four-level'] as const) : known;
  return (code) => {
    const onScales = scales.filter((scaleId) => isScaleCode(scaleId, code));
    const labels = (onScales.length === 0 ? scales : onScales).map((scaleId) => levelLabel(scaleId, code));
    return [...new Set(labels)].join(' / ');
  };
}

/** The four levels are always there, so that a file of hidden figures has the columns of any other. */
function levelCodes(figures: readonly Figure[]): readonly string[] {
  const told = figures.flatMap((figure) => Object.keys(figure.counts ?? {}));
  const usual = scaleOf('four-level').points.map((point) => point.code);
  return [...new Set([...usual, ...told])].filter((code) => code !== NOT_APPLICABLE).concat(NOT_APPLICABLE);
}
