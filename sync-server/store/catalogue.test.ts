import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnType } from './column-types.ts';
import { type Catalogue, readCatalogue } from './test-catalogue.ts';
import { openTestStore, type TestStore } from './test-store.ts';

/** What no organisation owns, and why. */
const OF_THE_STORE_ITSELF: Readonly<Record<string, string>> = {
  instance: 'the one row that says which store this is',
  migrations: 'the steps the tables have taken',
};
const LEADER = 'organisation_id';
const ENGINES = ['sqlite', 'postgres'] as const;

const stores = new Map<(typeof ENGINES)[number], TestStore>();
const catalogues = new Map<(typeof ENGINES)[number], Catalogue>();
beforeAll(async () => {
  for (const engine of ENGINES) {
    const store = await openTestStore(undefined, engine);
    stores.set(engine, store);
    catalogues.set(engine, await readCatalogue(store));
  }
});
afterAll(async () => {
  for (const store of stores.values()) await store.close();
});

function of(engine: (typeof ENGINES)[number]): Catalogue {
  const catalogue = catalogues.get(engine);
  if (catalogue === undefined) throw new Error(`${engine} was not opened.`);
  return catalogue;
}

/** Whatever is not led by the organisation, one line each. */
function offences({ tables, uniqueKeys, foreignKeys }: Catalogue): string[] {
  const owned = tables.filter((table) => !(table in OF_THE_STORE_ITSELF));
  return [
    ...owned
      .filter((table) => !uniqueKeys.some((key) => key.table === table))
      .map((table) => `${table} has no key at all`),
    ...uniqueKeys
      .filter(({ table, columns }) => owned.includes(table) && columns[0] !== LEADER)
      .map(({ table, columns }) => `${table} (${columns.join()}) is unique without ${LEADER} in front`),
    ...foreignKeys
      .filter(({ pairs }) => !pairs.some(([from, to]) => from === LEADER && to === LEADER))
      .map(
        ({ table, to, pairs }) =>
          `${table} (${pairs.map(([from]) => from).join()}) → ${to} leaves the organisation`,
      ),
  ];
}

describe.each(ENGINES)('the keys of %s', (engine) => {
  it('are all led by the organisation: primary, unique, foreign, and so whatever a conflict may name', () => {
    expect(of(engine).uniqueKeys.length).toBeGreaterThan(20);
    expect(of(engine).foreignKeys.length).toBeGreaterThan(15);
    expect(offences(of(engine))).toEqual([]);
  });

  it('leave aside only tables that are there', () => {
    expect(of(engine).tables).toEqual(expect.arrayContaining(Object.keys(OF_THE_STORE_ITSELF)));
  });

  it('would be told if one were not', async () => {
    const store = stores.get(engine);
    if (store === undefined) throw new Error('Not opened.');
    await sql`create unique index astray on responses (response_id, organisation_id)`.execute(store.db);
    await sql`create table strayed (site_id text primary key)`.execute(store.db);
    try {
      expect(offences(await readCatalogue(store))).toEqual([
        'responses (response_id,organisation_id) is unique without organisation_id in front',
        'strayed (site_id) is unique without organisation_id in front',
      ]);
    } finally {
      await sql`drop index astray`.execute(store.db);
      await sql`drop table strayed`.execute(store.db);
    }
  });
});

describe('both databases', () => {
  it('have the same tables, columns, types and keys', () => {
    const sorted = ({ tables, uniqueKeys, foreignKeys, columns }: Catalogue) => ({
      tables: tables.toSorted(),
      columns,
      uniqueKeys: uniqueKeys.map((key) => JSON.stringify(key)).toSorted(),
      foreignKeys: foreignKeys.map((key) => JSON.stringify(key)).toSorted(),
    });
    expect(sorted(of('postgres'))).toEqual(sorted(of('sqlite')));
  });

  it('hold in each column what lists of it are told to be', () => {
    const types = { integer: 'bigint', blob: 'bytea', real: 'double precision', text: 'text' } as const;
    for (const [path, described] of Object.entries(of('sqlite').columns)) {
      const [, column = ''] = path.split('.');
      const type = described.split(' ')[0] as keyof typeof types;
      expect([path, columnType(column)]).toEqual([path, types[type]]);
    }
  });
});
