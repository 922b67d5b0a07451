import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerbatimPage } from '../../protocol/verbatims.ts';
import { wholeScope } from '../people/scope.ts';
import { eraseResponse } from '../retention/erase-response.ts';
import type { Engine } from '../store/engine.ts';
import { ManualClock, openTestStore, TEST_ENGINE, type TestStore } from '../store/test-store.ts';
import { findVerbatims } from './find-verbatims.ts';
import { outsider } from './readers.ts';
import { keepTestTexts, type TestText, VILLE } from './test-texts.ts';
import type { SearchWay } from './search-condition.ts';
import { textsWanted } from './verbatim-filter.ts';

const IS_NIGHTLY = process.env['PARVIS_NIGHTLY'] === '1';
const CLOCK = new ManualClock('2026-11-23T09:00:00.000Z');
const READER = outsider(wholeScope([VILLE]));
/** Both, so that they are held against each other; on the run of one engine alone its own. */
const ENGINES: readonly Engine[] = TEST_ENGINE === 'postgres' ? ['postgres'] : ['sqlite', 'postgres'];

const TEXTS: readonly TestText[] = [
  { text: 'L’ACCUEIL était chaleureux, 100 % parfait' },
  { text: 'Attente trop longue à l’accueil' },
  { text: 'Deux guichets ouverts sur cinq' },
  { text: 'Le guichet de droite est fermé', day: '2026-10-05' },
  { text: 'Élèves bien accueillis à la médiathèque' },
  { text: 'Un eleve perdu' },
  { text: 'Une œuvre remarquable dans le hall' },
  { text: 'Les oeuvres du hall' },
  { text: 'Aujourd’hui j’ai attendu une heure' },
  { text: 'temps d’attente' },
  { text: 'attente : longtemps' },
  { text: 'The desk was closed', language: 'en' },
  { text: 'الاستقبال جيد جدا', language: 'ar' },
  { text: 'a_b\\c' },
  { text: '50 € le timbre' },
];
/** What is typed, and what must be found. */
const SEARCHES: readonly (readonly [string, readonly number[]])[] = [
  ['guichet', [2, 3]],
  ['GUICHETS', [2, 3]],
  ['élève', [4, 5]],
  ['eleves', [4, 5]],
  ['œuvre', [6, 7]],
  ['oeuvre hall', [6, 7]],
  ['accueil', [0, 1, 4]],
  ["l'accueil", [0, 1, 4]],
  ['l’accueil -attente', [0, 4]],
  ['attente', [1, 9, 10]],
  ['attendu', [8]],
  ["aujourd'hui", [8]],
  ['"temps d’attente"', [9]],
  ['« temps d’attente »', [9]],
  ['attente -"temps attente"', [1, 10]],
  ['100 %', [0]],
  ['desk', [11]],
  ['استقبال', []],
  ['الاستقبال', [12]],
  ['a_b', [13]],
  ['a%c', []],
  ['50 €', [14]],
  ['dans le hall', [6, 7]],
  ['"dans le hall"', [6]],
  ['xylophone', []],
  ['%', []],
  ["' or 1=1 --", []],
];

const stores = new Map<Engine, TestStore>();
beforeAll(async () => {
  for (const engine of ENGINES) {
    const store = await openTestStore(CLOCK, engine);
    await keepTestTexts(store, TEXTS);
    stores.set(engine, store);
  }
});
afterAll(async () => {
  for (const store of stores.values()) await store.close();
});

const on = (engine: Engine): TestStore => {
  const store = stores.get(engine);
  if (store === undefined) throw new Error(`${engine} was not opened.`);
  return store;
};
const pageOf = async (engine: Engine, query: Parameters<typeof findVerbatims>[2]): Promise<VerbatimPage> =>
  findVerbatims({ store: on(engine), clock: CLOCK }, READER, query);
const found = async (engine: Engine, search: string): Promise<readonly string[]> =>
  (await pageOf(engine, { search })).verbatims.map(({ text }) => text);

/** The newest texts with it, past all that a page adds to them: so many strings are tried that it would take most of the time. */
const listed = async (engine: Engine, search: string, way: SearchWay): Promise<readonly string[]> => {
  const { source, conditions, place } = textsWanted(engine, READER.scope, { search }, way);
  const { rows } = await sql<{ text: string }>`select verbatims.text from ${source}
    where ${sql.join([...conditions], sql` and `)} order by ${place} desc limit 20`.execute(on(engine).db);
  return rows.map(({ text }) => text);
};
/** PostgreSQL has two ways to the same texts. */
const WAYS = ENGINES.flatMap((engine) =>
  (['words', 'newest'] as const)
    .filter((way) => engine === 'postgres' || way === 'words')
    .map((way) => ({ engine, way })),
);

describe.each(ENGINES)('a search on %s', (engine) => {
  it.each(SEARCHES)('for %s finds what a person would', async (typed, expected) => {
    expect((await found(engine, typed)).toSorted()).toEqual(
      expected.map((index) => TEXTS[index]?.text).toSorted(),
    );
  });

  it.each(SEARCHES)('for %s finds the same either way', async (typed, expected) => {
    for (const { way } of WAYS.filter((one) => one.engine === engine))
      expect((await listed(engine, typed, way)).toSorted()).toEqual(
        expected.map((index) => TEXTS[index]?.text).toSorted(),
      );
  });

  it('leaves out words alone too', async () => {
    expect(await found(engine, '-accueil')).toHaveLength(TEXTS.length - 3);
    expect(await found(engine, '-accueil -guichet -"temps d’attente"')).toHaveLength(TEXTS.length - 6);
  });

  it('says where each hit is', async () => {
    const { verbatims } = await pageOf(engine, { search: 'oeuvre' });
    expect(verbatims.map(({ text, hits }) => hits.map(({ start, end }) => text.slice(start, end)))).toEqual(
      expect.arrayContaining([['œuvre'], ['oeuvres']]),
    );
  });

  it('is narrowed by period, language, service and state together', async () => {
    expect((await pageOf(engine, { search: 'guichet', period: '2026-10' })).verbatims).toMatchObject([
      { text: TEXTS[3]?.text },
    ]);
    expect((await pageOf(engine, { search: 'desk', language: 'fr' })).total).toBe(0);
    expect((await pageOf(engine, { language: 'ar' })).verbatims).toMatchObject([{ text: TEXTS[12]?.text }]);
    expect((await pageOf(engine, { search: 'guichet', service: 'nulle-part' })).total).toBe(0);
    expect((await pageOf(engine, { search: 'guichet', state: 'read' })).total).toBe(0);
    expect(await pageOf(engine, { search: 'guichet', moderation: 'to-moderate' })).toMatchObject({
      total: 2,
      unreadCount: 2,
      toModerateCount: 2,
    });
  });

  it('comes by pages that neither skip nor repeat', async () => {
    const many = Array.from({ length: 120 }, (_, index) => ({
      text: `parapluie ${index}`,
      day: `2026-09-${String((index % 7) + 1).padStart(2, '0')}`,
    }));
    await keepTestTexts(on(engine), many);
    const texts: string[] = [];
    const days: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await pageOf(engine, { search: 'parapluie', ...(cursor === undefined ? {} : { cursor }) });
      expect(page.total).toBe(120);
      texts.push(...page.verbatims.map(({ text }) => text));
      days.push(...page.verbatims.map(({ localDate }) => localDate));
      cursor = page.nextCursor;
    }
    expect(texts.toSorted()).toEqual(many.map(({ text }) => text).toSorted());
    expect(days).toEqual(days.toSorted().toReversed());
  });

  it('forgets what is erased', async () => {
    const [erased] = await keepTestTexts(on(engine), [{ text: 'un zinzolin perlimpinpin' }]);
    expect(await found(engine, 'zinzolin')).toHaveLength(1);
    await eraseResponse(on(engine), CLOCK, { organisationId: VILLE, responseId: erased ?? '' });
    expect(await found(engine, 'zinzolin')).toEqual([]);
    expect(await found(engine, '"un zinzolin"')).toEqual([]);
  });
});

describe('any string at all', () => {
  it('is a query, and both engines find the same with it, either way', async () => {
    for (const engine of ENGINES)
      for (const typed of NASTY)
        expect((await pageOf(engine, { search: typed })).countedUpTo).not.toBe(undefined);
    for (const typed of [...NASTY, ...Array.from({ length: IS_NIGHTLY ? 20_000 : 2_000 }, aString)]) {
      const [first = [], ...others] = await Promise.all(
        WAYS.map(async ({ engine, way }) => listed(engine, typed, way)),
      );
      for (const other of others) expect([typed, other]).toEqual([typed, first]);
    }
  });
});

const NASTY = [
  '"',
  '""',
  "'",
  'AND',
  'accueil OR',
  'NOT accueil',
  'NEAR(accueil attente)',
  '^accueil',
  'accueil*',
  'search_terms:accueil',
  '{search_terms} : accueil',
  '(((',
  'a & b | !c <-> d:*',
  "'a' <-> ",
  '\\',
  '--',
  '-"',
  '\u0000accueil\u0000',
  '\ud800',
  'é'.repeat(200),
  'a '.repeat(100),
  '-a '.repeat(60),
];
const SIGNS = [...'aàbeéilnorstuœ’\'"«»“”()*:^&|!<>-–_%\\;,.?/0123456789 \t\n\u0000\u202e\ud83dمر😀'];
const WORDS = ['accueil', 'guichets', 'AND', 'OR', 'NOT', 'NEAR', 'temps', 'attente', '-', '"', 'l’'];

function aString(): string {
  return Array.from({ length: randomInt(1, 12) }, () =>
    randomInt(3) === 0 ? (WORDS[randomInt(WORDS.length)] ?? '') : (SIGNS[randomInt(SIGNS.length)] ?? ''),
  ).join(randomInt(2) === 0 ? '' : ' ');
}
