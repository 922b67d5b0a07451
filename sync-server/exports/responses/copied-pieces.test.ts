import pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../store/test-postgres.ts';
import { CopiedPieces } from './copied-pieces.ts';

const ROWS = 20_000;
const WIDTH = 400;
let database: TestDatabase;
let client: pg.Client;
let beside: pg.Client;
beforeEach(async () => {
  database = await createTestDatabase();
  [client, beside] = [new pg.Client(database.url), new pg.Client(database.url)];
  client.on('error', () => undefined);
  for (const one of [client, beside]) await one.connect();
});
afterEach(async () => {
  for (const one of [client, beside]) await one.end();
  await database.drop();
});

const copied = (query: string) => client.query(new CopiedPieces(`copy (${query}) to stdout`));
async function textOf(pieces: AsyncIterable<Buffer>): Promise<string> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString('utf8');
}

it('gives what PostgreSQL copies, byte for byte, however long a row is', async () => {
  expect(await textOf(copied(`select n, repeat('é', 100000) from generate_series(1, 3) n`))).toBe(
    [1, 2, 3].map((n) => `${n}\t${'é'.repeat(100_000)}\n`).join(''),
  );
  expect(await textOf(copied(`select n from generate_series(1, ${ROWS}) n`))).toBe(
    Array.from({ length: ROWS }, (_, index) => `${index + 1}\n`).join(''),
  );
  expect(await textOf(copied('select 1 where false'))).toBe('');
});

it('leaves the connection to the next question', async () => {
  await textOf(copied('select 1'));
  const { rows } = await client.query('select 2 as two');
  expect(rows).toEqual([{ two: 2 }]);
});

it('has PostgreSQL wait for whoever takes nothing, and loses nothing by it', async () => {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pieces = copied(`select lpad(n::text, ${WIDTH}, '0') from generate_series(1, ${ROWS}) n`);
  const waitsFor = async () =>
    (await beside.query('select wait_event from pg_stat_activity where pid = $1', [rows[0]?.pid])).rows;
  await vi.waitFor(async () => expect(await waitsFor()).toEqual([{ wait_event: 'ClientWrite' }]), {
    timeout: 20_000,
  });
  const lines = (await textOf(pieces)).trimEnd().split('\n');
  expect(lines.map(Number)).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));
});

it('throws what PostgreSQL says, before the first row and in their midst', async () => {
  await expect(textOf(copied('select nothing'))).rejects.toThrow('column "nothing" does not exist');
  await expect(textOf(copied(`select 1 / (1000 - n) from generate_series(1, ${ROWS}) n`))).rejects.toThrow(
    'division by zero',
  );
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

it('throws where the connection ends', async () => {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const read = textOf(copied('select pg_sleep(60)'));
  await Promise.all([
    expect(read).rejects.toThrow(/terminat/),
    beside.query('select pg_terminate_backend($1)', [rows[0]?.pid]),
  ]);
});
