import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createResponseId } from '../../../domain/response-id.ts';
import { openTestApp, type TestApp } from '../../test-app.ts';
import { asPerson, type TestPerson } from '../../test-person.ts';
import { openReception } from '../../test-reception.ts';
import { wholeScope } from '../../people/scope.ts';
import { impatientStream } from './impatient-stream.ts';
import { runExport } from './run-export.ts';
import { wantedResponses } from './wanted-responses.ts';

const VILLE = 'ville-de-libourne';
const HALL = 'accueil-general';
const DESK = 'mediatheque';
/** More than the buffers between server and reader hold. */
const ROWS = 40_000;
const EXPORT_ID = '3b0c0d7e-6b3e-4c5a-9f67-1f3a5d2c8e90';

let server: TestApp;
let person: TestPerson;
beforeAll(async () => {
  server = await openTestApp();
  const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  await hall.receive({ day: '2026-11-18', levels: { 'very-satisfied': 1 } });
  const { db } = server.deps.store;
  const template = await db.selectFrom('responses').selectAll().executeTakeFirstOrThrow();
  const copies = Array.from({ length: ROWS }, (_, index) => ({
    ...template,
    response_id: createResponseId(index, crypto.getRandomValues(new Uint8Array(12))),
    sequence: index + 2,
  }));
  const unreadable = {
    ...template,
    response_id: 'ffffffff-0000-8000-8000-000000000000',
    answers: '[{"itemId"',
  };
  const few = copies.slice(0, 5_000).map((row) => ({
    ...row,
    service_id: DESK,
    response_id: row.response_id.replace(/..$/, 'zz'),
  }));
  const all = [...copies, ...few, { ...unreadable, service_id: DESK }];
  for (let start = 0; start < all.length; start += 1_000)
    await db
      .insertInto('responses')
      .values(all.slice(start, start + 1_000))
      .execute();
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  person = await asPerson(server);
});
afterAll(async () => server.close());

const open = async (query: string): Promise<IncomingMessage> => {
  const { port } = server.app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get(
      {
        host: '127.0.0.1',
        port,
        path: `/api/v1/exports/responses.csv?${query}`,
        headers: { cookie: person.cookie },
        agent: false,
      },
      resolve,
    ).once('error', reject);
  });
};

it('breaks visibly where it fails half-way: nobody takes a part for the whole', async () => {
  const reply = await open(`services=${VILLE}/${DESK}`);
  expect(reply.statusCode).toBe(200);
  expect(reply.headers['x-parvis-rows']).toBe('5001');
  let bytes = 0;
  const ending = await new Promise<string>((resolve) => {
    reply.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    reply.on('end', () => resolve('whole'));
    reply.on('error', (error) => resolve(error.message));
  });
  expect(bytes).toBeGreaterThan(100_000);
  expect(ending).toBe('aborted');
  expect(reply.complete).toBe(false);
});

it('ends the work of whoever goes away, and lets the next have the place', async () => {
  const whole = `services=${VILLE}/${HALL}`;
  // Nobody reads them: both wait with what does not fit between server and reader.
  const waiting = [await open(`${whole}&exportId=${EXPORT_ID}`), await open(whole)];
  const progress = async () =>
    (await person.get(`/api/v1/exports/progress/${EXPORT_ID}`)).json<{ rows: number; total: number }>();
  await expect.poll(async () => (await progress()).rows, { timeout: 20_000 }).toBeGreaterThan(0);
  const { rows, total } = await progress();
  expect(total).toBe(ROWS + 1);
  expect(rows).toBeLessThan(total);
  expect((await person.get(`/api/v1/exports/responses.csv?${whole}`)).statusCode).toBe(503);
  expect((await (await asPerson(server)).get(`/api/v1/exports/progress/${EXPORT_ID}`)).statusCode).toBe(404);

  for (const reply of waiting) reply.destroy();
  await expect
    .poll(async () => (await person.get('/api/v1/exports/responses.csv?from=2027-01-01')).statusCode, {
      timeout: 20_000,
    })
    .toBe(200);
  expect((await progress()).rows).toBeLessThan(total);
});

it('ends a download of which nothing is taken, so that it holds no place for ever', async () => {
  const { store, clock, config } = server.deps;
  const sources = { store, clock, databaseUrl: config.databaseUrl };
  const { request } = await wantedResponses(sources, wholeScope([VILLE]), {}, 'csv');
  const started = await runExport(request, 400);
  if (!started.ok) throw new Error('It was refused.');
  const { content, ended, rows, total } = started.value;
  const broken = once(content, 'error');
  let isOver = false;
  void ended.then(() => (isOver = true));
  await expect.poll(() => isOver, { timeout: 20_000 }).toBe(true);
  expect(String(await broken)).toContain('Nothing of it was taken for too long.');
  expect(rows()).toBeLessThan(total);
});

it('waits for a writer that has nothing ready, however long', async () => {
  const stream = impatientStream(20);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(stream.destroyed).toBe(false);
  stream.end('late');
  expect(await text(stream)).toBe('late');
});
