import { stringify } from 'csv-stringify/sync';
import type { PublishedResults } from './read-results.ts';

interface Field {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'date' | 'boolean';
  readonly title: string;
  readonly description: string;
  readonly constraints?: Readonly<Record<string, unknown>>;
}

const FIELDS: readonly Field[] = [
  { name: 'organisation', type: 'string', title: 'Organisation', description: 'Qui répond de l’accueil' },
  { name: 'site', type: 'string', title: 'Site', description: 'Lieu de l’accueil' },
  { name: 'service', type: 'string', title: 'Service', description: 'Accueil évalué' },
  { name: 'periode', type: 'string', title: 'Période', description: 'Période du résultat, en français' },
  { name: 'publie_le', type: 'date', title: 'Publié le', description: 'Jour de la publication' },
  {
    name: 'reponses_exprimees',
    type: 'integer',
    title: 'Réponses exprimées',
    description: 'Base du résultat, sans « non concerné » ; sous 30, rien n’est publié',
    constraints: { minimum: 30 },
  },
  {
    name: 'part_satisfaits',
    type: 'number',
    title: 'Part de satisfaits',
    description: 'Réponses satisfaites sur réponses exprimées à la question globale, de 0 à 1',
    constraints: { minimum: 0, maximum: 1 },
  },
  {
    name: 'intervalle_bas',
    type: 'number',
    title: 'Borne basse',
    description: 'Borne basse de l’intervalle de Wilson à 95 %',
    constraints: { minimum: 0, maximum: 1 },
  },
  {
    name: 'intervalle_haut',
    type: 'number',
    title: 'Borne haute',
    description: 'Borne haute de l’intervalle de Wilson à 95 %',
    constraints: { minimum: 0, maximum: 1 },
  },
  {
    name: 'demonstration',
    type: 'boolean',
    title: 'Démonstration',
    description: 'Vrai quand les données sont inventées',
  },
];

/** Describes the columns of the file (Table Schema, https://specs.frictionlessdata.io/table-schema/). */
export const TABLE_SCHEMA = {
  $schema: 'https://frictionlessdata.io/schemas/table-schema.json',
  name: 'parvis-resultats-publies',
  title: 'Satisfaction aux accueils : résultats publiés',
  description:
    'Répondants volontaires, non représentatif de tous les usagers. Seuls les résultats que la collectivité a publiés, à partir de 30 réponses.',
  primaryKey: ['organisation', 'service'],
  missingValues: [''],
  fields: FIELDS,
};

/** The published results and nothing else: RFC 4180, UTF-8, decimal points, ISO days. */
export function openDataCsv({ isDemonstration, organisations }: PublishedResults): string {
  const rows = organisations.flatMap(({ name, services }) =>
    services.flatMap(({ siteName, serviceName, result }) =>
      result === null
        ? []
        : [
            [
              name,
              siteName,
              serviceName,
              result.period.fr,
              result.publishedOn,
              String(result.base),
              share(result.shareSatisfied),
              share(result.low),
              share(result.high),
              String(isDemonstration),
            ],
          ],
    ),
  );
  return stringify([FIELDS.map(({ name }) => name), ...rows], { record_delimiter: 'windows' });
}

/** As many digits as say the same share again, and no crumbs of binary. */
function share(value: number): string {
  return String(Number(value.toPrecision(12)));
}
