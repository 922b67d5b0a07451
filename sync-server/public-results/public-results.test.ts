import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPdf } from '../evidence/test-read-pdf.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';
const HALL = `/api/v1/publications/${VILLE}/accueil-general`;

let server: TestApp;
let person: TestPerson;
beforeEach(async () => {
  server = await openTestApp();
  const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  await hall.receive({ day: '2026-08-18', levels: { 'very-satisfied': 40, 'very-dissatisfied': 7 } });
  const library = await openReception(server, VILLE, 'accueil-mediatheque');
  await library.receive({ day: '2026-08-18', levels: { 'very-satisfied': 29 } });
  person = await asPerson(server);
});
afterEach(async () => server.close());

const page = async (path: string, headers = {}) => server.app.inject({ url: path, headers });
const publish = async () => {
  expect((await person.send('POST', `${HALL}/result`, {})).statusCode).toBe(204);
  const line = { said: 'On attend <b>debout</b>.', done: 'Un banc est là.', shownFrom: '2026-11-02' };
  expect((await person.send('POST', `${HALL}/improvements`, line)).statusCode).toBe(201);
};

describe('the public page', () => {
  it('shows what was published and nothing else, in French and in English, to anybody', async () => {
    await publish();
    const french = (await page('/resultats')).body;
    expect(french).toContain('<html lang="fr">');
    expect(french).toContain('85,1\u00a0% de satisfaits');
    expect(french).toContain('47 réponses exprimées');
    expect(french).toContain('72,3 – 92,6\u00a0%');
    expect(french).toMatch(/Juillet\s–\sseptembre 2026/);
    expect(french).toContain('On attend &lt;b>debout&lt;/b>.');
    expect(french).not.toContain('Médiathèque');
    const english = (await page('/resultats/en')).body;
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('85.1% satisfied');
    expect(english).toMatch(/July\s–\sSeptember 2026/);
    expect(english).toContain('<span lang="fr">Un banc est là.</span>');
  });

  it('says so where nothing is published', async () => {
    expect((await page('/resultats')).body).toContain('Aucun résultat n’est publié pour le moment.');
    expect((await page('/resultats/donnees.csv')).body.trim().split('\r\n')).toHaveLength(1);
  });

  it('never shows a base too small to be published, whatever a row says', async () => {
    expect(
      (await person.send('POST', `/api/v1/publications/${VILLE}/mediatheque/result`, {})).statusCode,
    ).toBe(409);
    await publish();
    await server.deps.store.db.updateTable('published_results').set({ base: 29 }).execute();
    server.clock.advance(61_000);
    expect((await page('/resultats')).body).not.toContain('85,1');
    expect((await page('/resultats/donnees.csv')).body).not.toContain('0.85');
  });

  it('may be kept by whoever read it, runs nothing, and asks the database once a minute', async () => {
    const first = await page('/resultats');
    expect(first.headers['cache-control']).toBe('public, max-age=300');
    expect(first.headers['content-security-policy']).toContain("default-src 'none'; style-src 'self'");
    expect((await page('/resultats', { 'if-none-match': first.headers.etag })).statusCode).toBe(304);
    await publish();
    expect((await page('/resultats')).body).toBe(first.body);
    server.clock.advance(61_000);
    expect((await page('/resultats')).body).toContain('85,1');
    expect((await page('/resultats', { 'if-none-match': first.headers.etag })).statusCode).toBe(200);
  });
});

it('publishes the same as open data, with a schema that its columns keep to', async () => {
  await publish();
  const [head = '', row = '', ...others] = (await page('/resultats/donnees.csv')).body
    .trimEnd()
    .split('\r\n');
  const schema = (await page('/resultats/table-schema.json')).json<{
    fields: { name: string; type: string }[];
  }>();
  expect(head.split(',')).toEqual(schema.fields.map(({ name }) => name));
  expect(others).toEqual([]);
  const cells = Object.fromEntries(head.split(',').map((name, index) => [name, row.split(',')[index] ?? '']));
  expect(cells).toMatchObject({ reponses_exprimees: '47', publie_le: '2026-11-23', demonstration: 'false' });
  expect(Number(cells['part_satisfaits'])).toBeCloseTo(40 / 47, 10);
  for (const { name, type } of schema.fields)
    if (type === 'number') expect(Number(cells[name])).toBeGreaterThan(0);
});

it('prints a poster of it, tagged, with the way to the page, for those who may see the service', async () => {
  await publish();
  const reply = await person.get(`${HALL}/poster.pdf`);
  expect(reply.statusCode).toBe(200);
  const { text, source, pages } = readPdf(reply.rawPayload);
  expect(pages).toHaveLength(1);
  for (const expected of [
    'Accueil général',
    '85,1 %',
    '47 réponses exprimées',
    '72,3 – 92,6 %',
    'Un banc est là.',
    '/resultats',
  ])
    expect(text).toContain(expected);
  expect(source).toContain('/S /Figure');
  expect((await (await asPerson(server, [CCAS])).get(`${HALL}/poster.pdf`)).statusCode).toBe(404);
  expect((await server.app.inject(`${HALL}/poster.pdf`)).statusCode).toBe(401);
});
