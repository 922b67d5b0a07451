import type { PersonalDataKind } from '../../domain/personal-data.ts';
import type { Verbatim } from '../../protocol/verbatims.ts';
import type { VerbatimFilter } from '../verbatims/verbatim-filter.ts';
import { aboutScope, type MadeAt, markColumn } from './about.ts';
import { type Column, type Export, tableOf } from './table.ts';
import { channelText, DEMONSTRATION, periodFileName, periodWithDays, typeset } from './words.ts';

const PERSONAL_DATA: Readonly<Record<PersonalDataKind, string>> = {
  telephone: 'téléphone',
  email: 'adresse électronique',
  'social-security': 'numéro de sécurité sociale',
  iban: 'compte bancaire',
  plate: 'plaque d’immatriculation',
  name: 'nom',
};
const STATES = { unread: 'à lire', read: 'lues', hidden: 'masquées', all: 'toutes' } as const;

/** Texts as they are on screen, all pages of them. Who read them is left out: names of staff have no business in a file. */
export function verbatimExport(
  verbatims: readonly Verbatim[],
  filter: VerbatimFilter,
  context: { readonly isDemonstration: boolean; readonly scope: readonly string[]; readonly made: MadeAt },
): Export {
  const { period, search = '', state = 'all' } = filter;
  const mark = context.isDemonstration ? `${DEMONSTRATION}-` : '';
  return {
    fileName: `parvis-${mark}suggestions${period === undefined ? '' : `-${periodFileName(period)}`}`,
    about: [
      ['Période', period === undefined ? 'toutes' : periodWithDays(period)],
      ['Recherche', search === '' ? 'aucune' : search],
      ['Suggestions', STATES[state]],
      ['Modération', 'seuls les textes jugés publiables sont exportés, sans les passages masqués'],
      ...aboutScope(context.scope, context.isDemonstration, context.made),
      [
        'À lire avec',
        typeset(
          'Textes de visiteurs relus par une personne avant cet export. Ce qu’elle a masqué est remplacé par une mention entre crochets.',
        ),
      ],
    ],
    tables: [tableOf('Suggestions', columnsOf(context.isDemonstration), verbatims)],
  };
}

function columnsOf(isDemonstration: boolean): readonly Column<Verbatim>[] {
  return [
    {
      name: 'Date',
      kind: 'day',
      meaning: 'Jour de la visite',
      unit: 'date locale',
      measure: '',
      value: ({ localDate }) => localDate,
    },
    text('Demi-journée', 'Matin jusqu’à midi, après-midi ensuite', ({ halfDay }) =>
      halfDay === 'am' ? 'matin' : 'après-midi',
    ),
    text('Site', 'Où', ({ siteName }) => siteName),
    text('Service', 'Accueil dont il s’agit', ({ serviceName }) => serviceName),
    text('Langue', 'Langue de l’écran, code RFC 5646', ({ language }) => language),
    text('Voie', 'Par où la réponse est arrivée', ({ channel }) => channelText(channel)),
    text('Texte', 'Ce que le visiteur a écrit, sans les passages masqués', (verbatim) => verbatim.text),
    text(
      'Donnée personnelle possible',
      'Ce que la tablette a reconnu dans le texte et que le visiteur y a laissé ; vide quand elle n’a rien reconnu',
      ({ personalData }) => personalData.map((kind) => PERSONAL_DATA[kind]).join(', '),
    ),
    text('Lue', 'Oui quand quelqu’un l’a marquée comme lue', ({ readAt }) =>
      readAt === null ? 'non' : 'oui',
    ),
    text('Identifiant', 'De la réponse ; il sert à l’effacer', ({ responseId }) => responseId),
    markColumn(isDemonstration),
  ];
}

function text(name: string, meaning: string, value: Column<Verbatim>['value']): Column<Verbatim> {
  return { name, kind: 'text', meaning, unit: '', measure: '', value };
}
