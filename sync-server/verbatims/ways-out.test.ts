import { readXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerbatimPage } from '../../protocol/verbatims.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
/** What must never leave, and what may. */
const CANARIES = { waiting: 'Perlimpinpin', hidden: 'Abracadabrant', masked: 'Zinzolin' } as const;
const RELEASED = 'Turlututu';
/** The pages of the web view on which texts are read and decided about; whatever else the API gives is a way out. */
const READING_ROUTES = ['/api/v1/verbatims'];

let server: TestApp;
let person: TestPerson;
let paths: readonly string[];
beforeAll(async () => {
  server = await openTestApp();
  const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  await hall.receive({
    day: '2026-11-18',
    levels: { 'very-satisfied': 40 },
    texts: [
      `${CANARIES.waiting} attend`,
      `${CANARIES.hidden} est masqué`,
      `Mme ${CANARIES.masked} ${RELEASED}`,
    ],
  });
  person = await asPerson(server);
  const { verbatims } = (await person.get('/api/v1/verbatims')).json<VerbatimPage>();
  const decide = async (word: string, ...changes: object[]) => {
    const verbatim = verbatims.find(({ text }) => text.includes(word));
    const url = `/api/v1/verbatims/${VILLE}/${verbatim?.responseId}`;
    for (const change of changes)
      expect((await person.send('PATCH', url, change)).statusCode, word).toBe(200);
  };
  await decide(CANARIES.hidden, { change: 'hide', version: 1, category: 'insult', reason: '' });
  const mask = { start: 0, end: `Mme ${CANARIES.masked}`.length, kind: 'name' };
  await decide(
    CANARIES.masked,
    { change: 'mask', version: 1, masks: [mask] },
    { change: 'release', version: 2 },
  );
  const { paths: described } = (await server.app.inject('/api/v1/openapi.json')).json<{
    paths: Record<string, Record<string, unknown>>;
  }>();
  paths = Object.entries(described)
    .filter(([path, methods]) => 'get' in methods && !READING_ROUTES.includes(path))
    .map(([path]) => path);
});
afterAll(async () => server.close());

const QUERIES = [
  '',
  '?period=2026-W47',
  '?period=2026-W47&state=hidden',
  '?state=all&moderation=to-moderate',
];
const SERVICE = `organisation=${VILLE}&service=accueil-general`;
const addressOf = (path: string) =>
  path.replace('{organisationId}', VILLE).replace('{serviceId}', 'accueil-general');

const isOfResponses = (path: string) => path.includes('/exports/responses.');
/**
 * Raw responses are written by a process of their own, to which it is all one what is asked. Compressed formats hold the same tables as those
 * that can be read as they are; that they do is their own tests' business.
 */
const isReadable = (path: string) =>
  !/\.(pdf|ods|parquet)$/.test(path) && (!isOfResponses(path) || /\.(csv|json)$/.test(path));

/** All that a reply says, a workbook's cells included. */
async function saidBy(url: string): Promise<string> {
  const reply = await person.get(url);
  const isWorkbook = reply.statusCode === 200 && url.includes('.xlsx');
  return isWorkbook ? JSON.stringify((await readXlsx(reply.rawPayload)).sheets) : reply.body;
}

describe('whatever leaves the web view', () => {
  it('holds no word that is hidden, masked or still to be moderated, on any route and with any parameter', async () => {
    expect(paths).toEqual(
      expect.arrayContaining(['/api/v1/exports/verbatims.csv', '/api/v1/exports/verbatims.xlsx']),
    );
    for (const path of paths.filter(isReadable))
      for (const query of isOfResponses(path) ? [''] : [...QUERIES, `?${SERVICE}&period=2026-W47`]) {
        const said = await saidBy(`${addressOf(path)}${query}`);
        for (const word of Object.values(CANARIES)) expect(said, `${path}${query}`).not.toContain(word);
      }
  });

  it('holds what was released', async () => {
    expect(await saidBy('/api/v1/exports/responses.json')).toContain(`[nom masqué] ${RELEASED}`);
    for (const format of ['csv', 'xlsx'])
      expect(await saidBy(`/api/v1/exports/verbatims.${format}?period=2026-W47`), format).toContain(
        `[nom masqué] ${RELEASED}`,
      );
  });
});
