import { localMoment } from '../../domain/local-time.ts';
import type { FramingReply } from '../scores/framing.ts';
import type { Column } from './table.ts';
import { dayText, periodName, periodWithDays, typeset, VOLUNTEERS } from './words.ts';

/** When and for which place a file is made. */
export interface MadeAt {
  readonly nowMs: number;
  readonly timeZone: string;
}

type Lines = readonly (readonly [string, string])[];

/** What a file of figures is of. */
export function aboutFraming(framing: FramingReply, scope: readonly string[], made: MadeAt): Lines {
  return [
    ['Période', periodWithDays(framing.period)],
    ['Période close', framing.isOpen ? typeset('non : les chiffres bougeront encore') : 'oui'],
    [
      'Comparaison',
      typeset(
        framing.compare === 'before'
          ? `période d’avant : ${periodName(framing.comparedPeriod)}`
          : `même période de l’année d’avant : ${periodName(framing.comparedPeriod)}`,
      ),
    ],
    ...aboutScope(scope, framing.isDemonstration, made),
    ['À lire avec', VOLUNTEERS],
    [
      'Intégrité',
      typeset(
        'Les réponses en rafale, trop rapides, toutes pareilles à la suite ou hors horaires sont gardées et mises de côté : les chiffres ne les comptent pas. Leur nombre, leurs motifs et la part avec elles sont dans les colonnes « mises de côté ».',
      ),
    ],
    [
      'Petits effectifs',
      typeset(
        'Sous 5 réponses : masqué. De 5 à 10 : effectifs seuls. De 11 à 29 : à ne pas comparer. Une case vide est masquée ou sans objet : voir « Remarque sur le chiffre ».',
      ),
    ],
  ];
}

/** Of whom, made when, and whether it is made up. */
export function aboutScope(
  scope: readonly string[],
  isDemonstration: boolean,
  { nowMs, timeZone }: MadeAt,
): Lines {
  const { date, minuteOfDay } = localMoment(nowMs, timeZone);
  const time = [Math.floor(minuteOfDay / 60), minuteOfDay % 60].map((part) => String(part).padStart(2, '0'));
  return [
    ['Périmètre', scope.join('\u00a0; ')],
    ['Démonstration', isDemonstration ? typeset('OUI : DONNÉES INVENTÉES') : 'non'],
    ['Fait le', `${dayText(date)} à ${time.join(':')} (${timeZone})`],
  ];
}

/** In every row, since rows are copied from one file to another. */
export function markColumn<Row>(isDemonstration: boolean): Column<Row> {
  return {
    name: 'Démonstration',
    kind: 'text',
    meaning: '« DEMONSTRATION » quand les données sont inventées',
    unit: '',
    measure: '',
    value: () => (isDemonstration ? 'DEMONSTRATION' : 'non'),
  };
}
