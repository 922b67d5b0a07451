import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wholeScope } from '../people/scope.ts';
import { eraseResponse } from '../retention/erase-response.ts';
import { ManualClock, openTestStore, type TestStore } from '../store/test-store.ts';
import { findVerbatims } from './find-verbatims.ts';
import { indexOlderTexts } from './index-older-texts.ts';
import { freePlaces, placeOfText, placesOfDays } from './place.ts';
import { outsider } from './readers.ts';
import { keepTestTexts, VILLE } from './test-texts.ts';
import { textsWanted } from './verbatim-filter.ts';

const CLOCK = new ManualClock('2026-11-23T09:00:00.000Z');
/** Its stem is itself, so that its very letters would be in the index. */
const WORD = 'zinzolinx';

let store: TestStore;
beforeEach(async () => {
  store = await openTestStore(CLOCK, 'sqlite');
});
afterEach(async () => store.close());

const found = async (search: string) =>
  (await findVerbatims({ store, clock: CLOCK }, outsider(wholeScope([VILLE])), { search })).total;
/** Every byte of the database, once the log is written back. */
function bytes(): Buffer {
  const database = new Database(store.file ?? '');
  database.pragma('wal_checkpoint(truncate)');
  database.close();
  return readFileSync(store.file ?? '');
}

describe('an erased text', () => {
  it('leaves no byte in the index of words, nor where it stood', async () => {
    const around = Array.from({ length: 300 }, (_, index) => ({ text: `merci pour le numéro ${index}` }));
    await keepTestTexts(store, around.slice(0, 150));
    const [responseId = ''] = await keepTestTexts(store, [{ text: `Un ${WORD} ici.` }]);
    await keepTestTexts(store, around.slice(150));
    expect(bytes().includes(WORD)).toBe(true);
    expect(await found(WORD)).toBe(1);
    await eraseResponse(store, CLOCK, { organisationId: VILLE, responseId });
    expect(await found(WORD)).toBe(0);
    // The whole word may have been split where the one before it begins alike: its end cannot.
    expect(bytes().includes(WORD.slice(4))).toBe(false);
  });

  it('leaves the index whole', async () => {
    const ids = await keepTestTexts(
      store,
      Array.from({ length: 60 }, (_, index) => ({ text: `accueil ${index}` })),
    );
    for (const responseId of ids.slice(0, 30))
      await eraseResponse(store, CLOCK, { organisationId: VILLE, responseId });
    expect(await found('accueil')).toBe(30);
    const database = new Database(store.file ?? '');
    // FTS5 holds its index against the texts it is of.
    database.exec("insert into verbatim_index (verbatim_index, rank) values ('integrity-check', 1)");
    database.close();
  });
});

describe('a database of an older version', () => {
  it('has its texts indexed before anybody is served, once', async () => {
    await keepTestTexts(
      store,
      Array.from({ length: 1_100 }, (_, index) => ({ text: `parapluie numéro ${index}` })),
    );
    await store.db.updateTable('verbatims').set({ place: 0, search_terms: '' }).execute();
    expect(await found('parapluie')).toBe(0);
    expect(await indexOlderTexts(store)).toBe(1_100);
    expect(await found('parapluie')).toBe(1_000);
    expect(await found('"numéro 7"')).toBe(1);
    expect(await indexOlderTexts(store)).toBe(0);
  });
});

describe('a page of texts', () => {
  it.each([{}, { search: 'accueil' }, { search: '-accueil' }])(
    '%o is read off an index, and nothing is sorted',
    async (filter) => {
      const scope = wholeScope([VILLE, 'ccas-de-libourne']);
      const { orderedSource, conditions, newestFirst } = textsWanted('sqlite', scope, filter);
      const { rows } = await sql<{
        detail: string;
      }>`explain query plan select verbatims.response_id from ${orderedSource}
      where ${sql.join([...conditions], sql` and `)} order by ${newestFirst} limit 50`.execute(store.db);
      const plan = rows.map(({ detail }) => detail).join('\n');
      expect(plan).toMatch(/verbatims__place|verbatim_index/);
      expect(plan).not.toContain('ORDER BY');
    },
  );
});

describe('the place of a text', () => {
  const at = (local_date: string, half_day: 'am' | 'pm', response_id = '1-fffffffff') =>
    placeOfText({ local_date, half_day, response_id });

  it('is later for a later half-day, and within the days it is of', () => {
    expect(at('2026-11-18', 'pm', 'x-000000000')).toBeGreaterThan(at('2026-11-18', 'am'));
    expect(at('2026-11-19', 'am', 'x-000000000')).toBeGreaterThan(at('2026-11-18', 'pm'));
    const { first, last } = placesOfDays('2026-11-18', '2026-11-18');
    expect(at('2026-11-18', 'am', 'x-000000000')).toBe(first);
    expect(at('2026-11-18', 'pm')).toBe(last);
    expect(Number.isSafeInteger(at('2149-01-01', 'pm'))).toBe(true);
    expect(at('1969-01-01', 'am', 'x-000000000')).toBe(1);
  });

  it('is no other text’s', async () => {
    await keepTestTexts(store, [{ text: 'un' }]);
    const { place } = await store.db.selectFrom('verbatims').select('place').executeTakeFirstOrThrow();
    const places = await store.db
      .transaction()
      .execute(async (trx) => freePlaces(trx, [place, place, place + 1, place + 9]));
    expect(places.toSorted((a, b) => a - b)).toEqual([place + 1, place + 2, place + 3, place + 9]);
  });
});
