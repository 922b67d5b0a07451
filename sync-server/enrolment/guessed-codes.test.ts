import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OrganisationId, PointId } from '../../domain/ids.ts';
import { CODE_ALPHABET, CODE_LENGTH } from '../../protocol/enrolment.ts';
import { seededRandom } from '../demo/random.ts';
import { aReport } from '../ingest/a-push.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { createEnrolmentCode } from './codes.ts';

const GUESSES = process.env['PARVIS_NIGHTLY'] === '1' ? 100_000 : 3_000;
const ADDRESSES = 200;
const LIVE_CODES = 10;
const ABREAST = 20;
/** Failures an hour that are looked at; whatever comes beyond them is refused unseen. */
const LOOKED_AT = 200;
const random = seededRandom(25);

let server: TestApp;
let port = 0;
const live: string[] = [];
beforeAll(async () => {
  server = await openTestApp({ trustProxy: ['127.0.0.1'] });
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = server.app.server.address() as AddressInfo);
  for (let index = 0; index < LIVE_CODES; index += 1) {
    const made = await createEnrolmentCode(server.deps.store, server.clock, {
      organisationId: 'ville-de-libourne' as OrganisationId,
      pointId: 'accueil-mediatheque' as PointId,
    });
    if (!made.ok) throw new Error(made.error.kind);
    live.push(made.value.code.replace('-', ''));
  }
});
afterAll(async () => {
  server.app.server.closeAllConnections();
  await server.close();
});

function guess(code: string, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/api/v1/enrolments',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      },
      (reply) => {
        reply.resume();
        reply.on('end', () => resolve(reply.statusCode ?? 0));
      },
    );
    asked.on('error', reject);
    asked.end(JSON.stringify({ code, report: aReport() }));
  });
}

function aGuess(): string {
  const letters = Array.from(
    { length: CODE_LENGTH },
    () => CODE_ALPHABET[Math.floor(random() * CODE_ALPHABET.length)],
  );
  const code = letters.join('');
  return live.includes(code) ? aGuess() : code;
}

it(`T25 gives nothing to ${GUESSES} guesses from ${ADDRESSES} addresses at ${LIVE_CODES} live codes`, {
  timeout: 600_000,
}, async ({ task }) => {
  const statuses: Record<number, number> = {};
  let made = 0;
  const guessing = Array.from({ length: ABREAST }, async () => {
    while (made < GUESSES) {
      const number = made;
      made += 1;
      const address = `198.51.${Math.floor((number % ADDRESSES) / 100)}.${number % 100}`;
      const status = await guess(aGuess(), address);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  });
  await Promise.all(guessing);
  expect(statuses).toEqual({ 404: LOOKED_AT, 429: GUESSES - LOOKED_AT });
  const { db } = server.deps.store;
  expect(await db.selectFrom('enrolments').selectAll().execute()).toEqual([]);
  // The door is shut on the right code too, while somebody guesses; an hour later it opens.
  expect(await guess(live[0] ?? '', '203.0.113.1')).toBe(429);
  const chancePerHour = (LOOKED_AT * LIVE_CODES) / CODE_ALPHABET.length ** CODE_LENGTH;
  task.meta.figures = { guesses: made, successes: statuses[201] ?? 0, lookedAt: LOOKED_AT, chancePerHour };
  expect(chancePerHour).toBeLessThan(1e-9);
});
