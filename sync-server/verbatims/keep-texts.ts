import type { Transaction } from 'kysely';
import { searchTextOf } from '../../domain/search-terms.ts';
import { insertRows } from '../store/insert-rows.ts';
import type { Tables } from '../store/tables.ts';
import { freePlaces, placeOfText } from './place.ts';

/** What a visitor wrote, with where and when. */
export type NewText = Pick<
  Tables['verbatims'],
  'organisation_id' | 'response_id' | 'service_id' | 'local_date' | 'half_day' | 'language' | 'text'
>;

const COLUMNS = [
  'organisation_id',
  'response_id',
  'service_id',
  'local_date',
  'half_day',
  'language',
  'text',
  'place',
  'search_terms',
] as const;

/** Keeps texts exactly as typed, each where it can be found: the index of words is kept by the same transaction. */
export async function keepTexts(trx: Transaction<Tables>, texts: readonly NewText[]): Promise<void> {
  if (texts.length === 0) return;
  const places = await freePlaces(trx, texts.map(placeOfText));
  const rows = texts.map((text, index) => ({
    ...text,
    place: places[index] ?? 0,
    search_terms: searchTextOf(text.text),
  }));
  // SQLite's index of words takes places in their order in one go; one that comes before the last is written out by itself.
  rows.sort((a, b) => a.place - b.place);
  // The other columns have their defaults: nobody has read, decided or masked anything yet.
  await insertRows(trx, 'verbatims', COLUMNS, rows as unknown as readonly Tables['verbatims'][], '');
}
