import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeScope } from '../people/scope.ts';
import { ManualClock, openTestStore, type TestStore } from '../store/test-store.ts';
import type { Place } from './cursor.ts';
import { newestTexts } from './newest-texts.ts';
import { keepTestTexts, VILLE } from './test-texts.ts';

const CCAS = 'ccas-de-libourne';
const SCOPE = wholeScope([VILLE, CCAS]);
const TEXTS = 3_000;

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore(new ManualClock('2026-11-23T09:00:00.000Z'), 'postgres');
  await keepTestTexts(store, [{ text: 'le seul' }]);
  // As many again by themselves, in turn of either organisation, four at each place; `cherch` grows frequent only lately.
  await sql`alter table verbatims disable trigger all`.execute(store.db);
  await sql`insert into verbatims
      (organisation_id, response_id, service_id, local_date, half_day, language, text, place, search_terms)
    select case when n % 2 = 0 then ${VILLE} else ${CCAS} end, 'r' || lpad((n * 7919 % 10007)::text, 6, '0'),
      case when n % 3 = 0 then 'accueil-general' else 'etat-civil' end, '2026-11-18', 'am',
      case when n % 20 = 0 then 'en' else 'fr' end, 'x', 10 + n / 4,
      'accueil' || case when n % 4 = 0 then ' long attent' else ' attent long' end
        || case when n % 4 = 1 then ' quart' else '' end || case when n = 1500 then ' perl' else '' end || case when n > ${TEXTS - 400} then ' cherch' else '' end
        || case when n < 2000 and n % 3 = 0 then ' ancien' else '' end
    from generate_series(1, ${TEXTS}) as n`.execute(store.db);
  await sql`analyze verbatims`.execute(store.db);
});
afterAll(async () => store.close());

type Filter = Parameters<typeof newestTexts>[2];

async function planOf(filter: Filter, limit = 51, scope = SCOPE): Promise<string> {
  const texts = await newestTexts(store.db, scope, filter, { after: null, limit });
  const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select * from ${texts} as texts`.execute(
    store.db,
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

async function pagesOf(filter: Filter, limit: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (let after: Place | null = null; ; ) {
    const texts = await newestTexts(store.db, SCOPE, filter, { after, limit });
    const { rows } = await sql<{ place: number; response_id: string; organisation_id: string }>`
      select place, response_id, organisation_id from ${texts} as texts
      order by place desc, response_id desc, organisation_id desc`.execute(store.db);
    found.push(...rows.map((row) => `${row.place} ${row.response_id}`));
    const last = rows.at(-1);
    if (last === undefined) return found;
    after = { place: last.place, responseId: last.response_id, organisationId: last.organisation_id };
  }
}

describe('on PostgreSQL', () => {
  it.each([{}, { search: 'accueil' }, { search: '"longue attente"' }, { search: '-perle' }])(
    'what many texts hold is met on a walk, of each organisation’s own, and nothing is sorted: %o',
    async (filter) => {
      const plan = await planOf(filter);
      expect(plan).toMatch(/Merge Append/);
      expect(plan.match(/Index Scan Backward using verbatims__organisation_id__place/g)).toHaveLength(2);
      expect(plan).not.toMatch(/(?<!Incremental )Sort {2}\(|verbatims__search/);
    },
  );

  it.each([
    { search: 'perle' },
    { search: '"accueil perle"' },
    { search: 'perle -seul' },
    { search: 'ancien' },
  ])('what few hold is looked up in the index of words: %o', async (filter) => {
    const plan = await planOf(filter);
    expect(plan).toMatch(/verbatims__search/);
    // To see by the index how words follow each other would be to make its entries anew.
    expect(plan).not.toMatch(/<->/);
  });

  it('what only older texts hold is not waited for on a walk', async () => {
    const plan = await planOf({ search: 'ancien' }, 51, wholeScope([VILLE]));
    expect(plan).toMatch(/verbatims__search/);
  });

  it('as many as are to be counted decide too', async () => {
    expect(await planOf({ search: 'quart' }, 51)).toMatch(/Merge Append/);
    expect(await planOf({ search: 'quart' }, 1_000)).toMatch(/verbatims__search/);
  });

  it.each([
    [{ search: 'accueil' }, () => true],
    [{ search: '"longue attente"' }, (n: number) => n % 4 === 0],
    [{ search: 'accueil -"longue attente"' }, (n: number) => n % 4 !== 0],
    [{ search: 'perle' }, (n: number) => n === 1_500],
    [{ search: 'accueil perle' }, (n: number) => n === 1_500],
    [{ search: '"accueil perle"' }, () => false],
    [{ search: '"attente perle"' }, (n: number) => n === 1_500],
    [{ search: 'ancien' }, (n: number) => n < 2_000 && n % 3 === 0],
    [{ search: 'cherche' }, (n: number) => n > TEXTS - 400],
    [{ search: 'accueil', language: 'en' }, (n: number) => n % 20 === 0],
  ] as const)('%o comes by pages that neither skip nor repeat, newest first', async (filter, holds) => {
    const wanted = Array.from({ length: TEXTS }, (_, index) => index + 1)
      .filter(holds)
      .map((n) => ({
        place: 10 + Math.floor(n / 4),
        id: `r${String((n * 7_919) % 10_007).padStart(6, '0')}`,
      }))
      .toSorted((a, b) => b.place - a.place || (a.id < b.id ? 1 : -1))
      .map(({ place, id }) => `${place} ${id}`);
    expect(await pagesOf(filter, 397)).toEqual(wanted);
  });
});
