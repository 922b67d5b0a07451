import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Clock } from '../clock.ts';
import { loadTown } from '../surveys/load-town.ts';
import { readTownFile } from '../surveys/town-file.ts';
import { openPostgresStore } from './open-postgres-store.ts';

/** The town file of the tests. */
export const LIBOURNE = new URL('../surveys/libourne.json', import.meta.url).pathname;
const TEMPLATE = 'parvis_template';
let admin: Promise<string> | undefined;

/** A database of its own on the PostgreSQL of this test run. */
export interface TestDatabase {
  readonly url: string;
  /** Throws whoever is still connected out. */
  drop(): Promise<void>;
}

/** Makes a database: empty, or a copy of one whose tables are made and hold Libourne already. */
export async function createTestDatabase(from: 'empty' | 'libourne' = 'empty'): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(async (client) => {
    await client.query(
      `create database ${name} template ${from === 'libourne' ? TEMPLATE : 'template0'} encoding 'UTF8'`,
    );
  });
  return {
    url: await addressOf(name),
    drop: async () =>
      onServer(async (client) => void (await client.query(`drop database ${name} with (force)`))),
  };
}

/** Runs statements on the server itself, as an account that may do anything. */
export async function onServer(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(await adminUrl());
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function adminUrl(): Promise<string> {
  admin ??= start();
  return admin;
}

/** The first to ask makes the template, under a lock; its identity is taken out, so that each copy gets its own. */
async function start(): Promise<string> {
  const desk = process.env['PARVIS_TEST_POSTGRES'];
  if (desk === undefined) throw new Error('Vitest’s global setup offers no PostgreSQL.');
  const reply = await fetch(desk);
  const url = await reply.text();
  if (!reply.ok) throw new Error(url);
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(1)');
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
    if (rowCount === 0) await makeTemplate(client, url);
  } finally {
    await client.end();
  }
  return url;
}

async function makeTemplate(client: pg.Client, url: string): Promise<void> {
  const making = `${TEMPLATE}_being_made`;
  await client.query(`create database ${making} template template0 encoding 'UTF8'`);
  const clock: Clock = { now: () => Date.parse('2026-01-01T00:00:00.000Z') };
  const store = await openPostgresStore(databaseUrl(url, making), clock);
  await loadTown(store, readTownFile(LIBOURNE), clock);
  await store.db.deleteFrom('instance').execute();
  await store.close();
  await client.query(`alter database ${making} rename to ${TEMPLATE}`);
}

async function addressOf(name: string): Promise<string> {
  return databaseUrl(await adminUrl(), name);
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
