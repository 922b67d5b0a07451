import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Channel } from '../../domain/answers.ts';
import type { OrganisationId, ResponseId, ServiceId } from '../../domain/ids.ts';
import { maskedText, proposedMasks } from '../../domain/masking.ts';
import { personalDataKindsIn } from '../../domain/personal-data.ts';
import { passagesWith, type SearchQuery } from '../../domain/search-query.ts';
import { termsOf } from '../../domain/search-terms.ts';
import type { Verbatim } from '../../protocol/verbatims.ts';
import { engineOf } from '../store/engine.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { masksOf } from './masks.ts';
import { moderationOf } from './moderation.ts';
import type { Place } from './cursor.ts';
import { newestTexts, type TextPage } from './newest-texts.ts';
import { readThemes, readTouched } from './read-themes.ts';
import { masksFor, moderatesService, type Reader } from './readers.ts';
import { searchOf, textsWanted, type VerbatimFilter } from './verbatim-filter.ts';

/** A text with where it stands in the list. */
export interface PlacedVerbatim {
  readonly verbatim: Verbatim;
  readonly place: Place;
}

/** The texts that a reader may see and a filter holds, newest first. */
export async function readVerbatims(
  { db }: Pick<Store, 'db'>,
  reader: Reader,
  filter: VerbatimFilter,
  page: TextPage,
): Promise<readonly PlacedVerbatim[]> {
  const rows = await rowsWithPlaces(db, await newestTexts(db, reader.scope, filter, page));
  const search = searchOf(filter);
  const themesOf = await readThemes({ db }, rows);
  const touchedOf = await readTouched({ db }, rows);
  return rows.map((row) => ({
    verbatim: { ...verbatimOf(row, search, reader), themes: themesOf(row), touched: touchedOf(row) },
    place: { place: row.place, responseId: row.response_id, organisationId: row.organisation_id },
  }));
}

/** One text that a reader may see, hidden or not; null where there is none. */
export async function readVerbatim(
  { db }: Pick<Store, 'db'>,
  reader: Reader,
  key: { readonly organisationId: string; readonly responseId: string },
): Promise<Verbatim | null> {
  const { source, conditions } = textsWanted(engineOf(db), reader.scope, { state: 'whatever' });
  const text = sql<Tables['verbatims']>`(
    select verbatims.* from ${source}
    where ${sql.join(conditions, sql` and `)}
      and verbatims.organisation_id = ${key.organisationId} and verbatims.response_id = ${key.responseId})`;
  const [row] = await rowsWithPlaces(db, text);
  if (row === undefined) return null;
  const themesOf = await readThemes({ db }, [row]);
  const touchedOf = await readTouched({ db }, [row]);
  return { ...verbatimOf(row, null, reader), themes: themesOf(row), touched: touchedOf(row) };
}

/** The rows of {@link newestTexts}, with where they were written. */
async function rowsWithPlaces(
  db: Kysely<Tables>,
  rows: RawBuilder<Tables['verbatims']>,
): Promise<readonly Row[]> {
  return db
    .selectFrom(rows.as('verbatims'))
    .innerJoin('services', (join) =>
      join
        .onRef('services.organisation_id', '=', 'verbatims.organisation_id')
        .onRef('services.service_id', '=', 'verbatims.service_id'),
    )
    .innerJoin('sites', (join) =>
      join
        .onRef('sites.organisation_id', '=', 'services.organisation_id')
        .onRef('sites.site_id', '=', 'services.site_id'),
    )
    .innerJoin('responses', (join) =>
      join
        .onRef('responses.organisation_id', '=', 'verbatims.organisation_id')
        .onRef('responses.response_id', '=', 'verbatims.response_id'),
    )
    .selectAll('verbatims')
    .select(['services.name as service_name', 'sites.name as site_name'])
    .select(['responses.channel', 'responses.flags', 'responses.answers', 'responses.survey_version_id'])
    .orderBy('verbatims.place', 'desc')
    .orderBy('verbatims.response_id', 'desc')
    .orderBy('verbatims.organisation_id', 'desc')
    .execute();
}

type Row = Tables['verbatims'] & {
  readonly service_name: string;
  readonly site_name: string;
  readonly channel: string;
  readonly flags: string;
  readonly answers: string;
  readonly survey_version_id: string;
};

function verbatimOf(
  row: Row,
  search: SearchQuery | null,
  reader: Reader,
): Omit<Verbatim, 'themes' | 'touched'> {
  const place = { organisationId: row.organisation_id, serviceId: row.service_id };
  const masks = masksOf(row.masks);
  const text = maskedText(row.text, masksFor(reader, { ...place, text: row.text, masks }));
  return {
    organisationId: row.organisation_id as OrganisationId,
    responseId: row.response_id as ResponseId,
    serviceId: row.service_id as ServiceId,
    serviceName: row.service_name,
    siteName: row.site_name,
    localDate: row.local_date,
    halfDay: row.half_day,
    language: row.language,
    channel: row.channel as Channel,
    text,
    hits: search === null ? [] : [...passagesWith(termsOf(text), search.required)],
    personalData: [...personalDataKindsIn(JSON.parse(row.flags) as readonly string[])],
    readAt: row.read_at,
    readBy: row.read_by,
    ...moderationOf(row),
    original: moderatesService(reader, place)
      ? { text: row.text, masks: [...masks], proposals: [...proposedMasks(row.text, masks)] }
      : null,
  };
}
