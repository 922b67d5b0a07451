import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnLists } from './column-lists.ts';
import { openTestStore, type TestStore } from './test-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore(undefined, 'postgres');
});
afterAll(async () => store.close());

const TEXTS = [
  '',
  'null',
  'NULL',
  'a, b',
  '{"itemId":"accueil","codes":["a\\\\b"]}',
  'l’« é » \u00a0\u202f😀 \u2028 \u007f',
  '\\n is no new line',
  '\\\\',
  '"',
  '}{',
  ' blank at both ends ',
];
const CONTROLS = ['a\nb', 'a\tb\r', '\u0001', '\u001f', '\b\f'];

async function roundTrip(rows: readonly { answers: unknown; count: unknown; content_hash: unknown }[]) {
  const columns = ['answers', 'count', 'content_hash'] as const;
  const { text, parameters } = columnLists(columns, rows);
  const select = `select * from ${text} as told (${columns.join(', ')})`;
  const { rows: told } = await store.db.executeQuery(CompiledQuery.raw(select, [...parameters]));
  return told;
}

describe('rows handed to PostgreSQL as lists', () => {
  it.each([
    ['any text that has no control character', TEXTS],
    ['control characters too', [...TEXTS, ...CONTROLS]],
  ])('arrive as they are: %s', async (_what, texts) => {
    const rows = texts.map((answers, index) => ({
      answers,
      count: index * 1_000_000_007,
      content_hash: Buffer.from([index, 0, 0x5c, 0x22, 0xff, 0x6e]),
    }));
    expect(await roundTrip(rows)).toEqual(rows);
  });

  it('arrive as nothing where there is nothing', async () => {
    expect(await roundTrip([])).toEqual([]);
    const empty = { answers: null, count: null, content_hash: null };
    expect(await roundTrip([empty])).toEqual([empty]);
  });
});
