import { type ScalePoint, scaleOf } from '../../../domain/scales.ts';
import type { Item } from '../../../domain/survey.ts';
import { type Column, type Table, tableOf } from '../table.ts';
import { typeset } from '../words.ts';
import { optionsOf } from './columns.ts';
import type { AskedVersion, ResponsesRequest } from './request.ts';

/** A code that an item of a version may bear; an item without codes has one line. */
interface CodeLine {
  readonly asked: AskedVersion;
  readonly organisationName: string;
  readonly item: Item;
  readonly code: string | null;
  readonly label: string | null;
  readonly point: ScalePoint | null;
}

const KINDS: Readonly<Record<Item['kind'], string>> = {
  rating: 'échelle',
  choice: 'choix',
  verbatim: 'texte libre',
};

/** What every code of the responses means: version by version, item by item, with the wording that was asked. */
export function codebookOf({ versions, services }: Pick<ResponsesRequest, 'versions' | 'services'>): Table {
  const nameOf = new Map(services.map((service) => [service.organisationId, service.organisationName]));
  const lines = versions.flatMap((asked) =>
    asked.version.items.flatMap((item): CodeLine[] => {
      const organisationName = nameOf.get(asked.organisationId) ?? asked.organisationId;
      const options = optionsOf(item);
      if (options === null) return [{ asked, organisationName, item, code: null, label: null, point: null }];
      const points = item.kind === 'rating' ? scaleOf(item.scaleId).points : [];
      return [...options].map(([code, label]) => ({
        asked,
        organisationName,
        item,
        code,
        label,
        point: points.find((point) => point.code === code) ?? null,
      }));
    }),
  );
  return tableOf('Codes', COLUMNS, lines);
}

const COLUMNS: readonly Column<CodeLine>[] = [
  text('Organisation', 'Qui a posé la question', ({ organisationName }) => organisationName),
  text('Questionnaire', 'Lequel', ({ asked }) => asked.surveyName),
  count('Version', 'Son numéro', ({ asked }) => asked.version.number),
  text('Identifiant de version', 'Colonne survey_version_id', ({ asked }) => asked.version.surveyVersionId),
  {
    ...text('Publiée le', 'Premier jour de cette version', ({ asked }) => asked.publishedAt.slice(0, 10)),
    kind: 'day',
  },
  text(
    'Question',
    'Son identité : elle reste d’une version à l’autre tant que le sens reste',
    ({ item }) => item.itemId,
  ),
  text('Colonne', 'Où sont ses réponses dans les fichiers pour logiciels', ({ item, code }) =>
    item.kind === 'verbatim' && code === null ? 'text' : `item_${item.itemId}`,
  ),
  text('Nature', 'Échelle, choix ou texte libre', ({ item }) => KINDS[item.kind]),
  text('Intitulé', 'Tel que posé en français', ({ item }) => item.stem.fr),
  text('Échelle', 'Une échelle changée commence une nouvelle série', ({ item }) =>
    item.kind === 'rating' ? item.scaleId : null,
  ),
  text('Référence', 'Engagement ou ancien numéro que la question reprend', ({ item }) =>
    'reference' in item ? (item.reference ?? null) : null,
  ),
  text('Code', 'Tel qu’il est dans les fichiers pour logiciels', ({ code }) => code),
  text('Libellé', 'Ce que le code veut dire', ({ label }) => label),
  {
    ...text('Compte comme satisfait', 'Dans la part de satisfaits', ({ point }) =>
      point === null ? null : point.isSatisfied ? 'oui' : 'non',
    ),
    measure: 'share-satisfied',
  },
  {
    name: 'Score sur 100',
    kind: 'decimal',
    meaning: 'Place du niveau sur l’échelle, pour les moyennes',
    unit: 'sur 100',
    measure: 'happy-index',
    value: ({ point }) => point?.score ?? null,
  },
];

function text(name: string, meaning: string, value: Column<CodeLine>['value']): Column<CodeLine> {
  return { name, kind: 'text', meaning: typeset(meaning), unit: '', measure: '', value };
}

function count(name: string, meaning: string, value: Column<CodeLine>['value']): Column<CodeLine> {
  return { ...text(name, meaning, value), kind: 'count' };
}
