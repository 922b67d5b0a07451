import { createHash } from 'node:crypto';
import { readXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, OWN_PAGE, type TestPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';
/** What would give away that something of the Ville was read. */
const OF_THE_VILLE = [VILLE, 'Ville de Libourne', 'Hôtel de Ville', 'Médiathèque', 'secret de la mairie'];

interface Route {
  readonly method: string;
  readonly path: string;
}

let server: TestApp;
let routes: readonly Route[];
let stranger: TestPerson;
let parameters: Readonly<Record<string, string>>;
beforeAll(async () => {
  server = await openTestApp();
  const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  await hall.receive({ day: '2026-11-18', levels: { 'very-satisfied': 40 }, texts: ['secret de la mairie'] });
  const social = await openReception(server, CCAS, 'accueil-social-ccas');
  await social.receive({ day: '2026-11-18', levels: { 'very-satisfied': 33 }, texts: ['au CCAS'] });
  const { response_id: responseId } = await server.deps.store.db
    .selectFrom('verbatims')
    .select('response_id')
    .where('organisation_id', '=', VILLE)
    .executeTakeFirstOrThrow();
  parameters = {
    organisationId: VILLE,
    serviceId: 'accueil-general',
    responseId,
    enrolmentId: hall.enrolmentId,
    improvementId: '00000000-0000-4000-8000-000000000001',
  };
  const { paths } = (await server.app.inject('/api/v1/openapi.json')).json<{
    paths: Record<string, Record<string, { security: object[] }>>;
  }>();
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security.some((one) => 'person' in one))
      .map(([method]) => ({ method: method.toUpperCase(), path })),
  );
  stranger = await asPerson(server, [CCAS]);
});
afterAll(async () => server.close());

const addressOf = (path: string, values = parameters) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'x');
/** A body each changing route would take. */
const bodyFor = (path: string): object => {
  if (path.endsWith('/account')) return { name: 'X', email: 'x@libourne.example' };
  if (path.includes('/verbatims/')) return { change: 'hide', reason: 'nomme un agent' };
  if (path.includes('/improvements')) return { said: 'On attend trop.', done: 'Un guichet de plus.' };
  if (path.includes('/staff-codes/')) return { code: '80264' };
  if (path.endsWith('/rescues'))
    return {
      format: 'parvis-rescue',
      version: 1,
      madeAt: '2026-11-20T17:00:00.000Z',
      appVersion: '0.1.0',
      organisationId: VILLE,
      enrolmentId: parameters['enrolmentId'],
      pointName: 'Accueil',
      entries: [],
      checksum: createHash('sha256').update('[]').digest('hex'),
    };
  if (path.endsWith('/enrolment-codes')) return { organisationId: VILLE, pointId: 'accueil-hotel-de-ville' };
  return {};
};
const counts = async () => {
  const { db } = server.deps.store;
  return {
    codes: (await db.selectFrom('enrolment_codes').selectAll().execute()).length,
    revoked: (await db.selectFrom('enrolments').selectAll().where('revoked_at', 'is not', null).execute())
      .length,
    hidden: (await db.selectFrom('verbatims').selectAll().where('hidden_at', 'is not', null).execute())
      .length,
    people: await db.selectFrom('people').select(['name', 'email']).execute(),
  };
};

describe('every route of the web view', () => {
  it('is among those tried here', () => {
    expect(routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
      [
        'GET /api/v1/session',
        'DELETE /api/v1/session',
        'PUT /api/v1/account',
        'GET /api/v1/scores/overview',
        'GET /api/v1/scores/services/{organisationId}/{serviceId}',
        'GET /api/v1/verbatims',
        'PATCH /api/v1/verbatims/{organisationId}/{responseId}',
        'GET /api/v1/fleet',
        'POST /api/v1/fleet/enrolment-codes',
        'POST /api/v1/fleet/enrolments/{organisationId}/{enrolmentId}/revocation',
        'POST /api/v1/fleet/rescues',
        'GET /api/v1/publications',
        'POST /api/v1/publications/{organisationId}/{serviceId}/result',
        'DELETE /api/v1/publications/{organisationId}/{serviceId}/result',
        'POST /api/v1/publications/{organisationId}/{serviceId}/improvements',
        'PUT /api/v1/publications/{organisationId}/{serviceId}/improvements/{improvementId}',
        'DELETE /api/v1/publications/{organisationId}/{serviceId}/improvements/{improvementId}',
        'PUT /api/v1/fleet/staff-codes/{organisationId}',
        'GET /api/v1/exports/overview.csv',
        'GET /api/v1/exports/overview.xlsx',
        'GET /api/v1/exports/service.csv',
        'GET /api/v1/exports/service.xlsx',
        'GET /api/v1/exports/verbatims.csv',
        'GET /api/v1/exports/verbatims.xlsx',
        'GET /api/v1/exports/codebook.csv',
        'GET /api/v1/exports/progress/{exportId}',
        'GET /api/v1/exports/responses-codes.csv',
        'GET /api/v1/exports/responses.csv',
        'GET /api/v1/exports/responses.json',
        'GET /api/v1/exports/responses.ods',
        'GET /api/v1/exports/responses.parquet',
        'GET /api/v1/exports/responses.xlsx',
      ].toSorted(),
    );
  });

  it('is closed to whoever is not signed in', async () => {
    const before = await counts();
    for (const { method, path } of routes) {
      const reply = await server.app.inject({
        method: method as 'GET',
        url: addressOf(path),
        headers: OWN_PAGE,
        ...(method === 'GET' || method === 'DELETE' ? {} : { payload: bodyFor(path) }),
      });
      expect(reply.json(), `${method} ${path}`).toMatchObject({ code: 'not-signed-in' });
    }
    expect(await counts()).toEqual(before);
  });

  it('shows nothing of an organisation to whoever may not see it', async () => {
    for (const { path } of routes.filter(({ method }) => method === 'GET')) {
      const queries = path.includes('/service.')
        ? [`?organisation=${VILLE}&service=accueil-general`]
        : path.includes('/verbatims')
          ? ['', `?organisation=${VILLE}`, '?search=secret', '?state=hidden']
          : ['', '?period=2026-W47'];
      for (const query of queries) {
        const reply = await stranger.get(`${addressOf(path)}${query}`);
        const isOfTheVille = path.includes('{') || path.includes('/service.');
        expect(reply.statusCode, path).toBe(isOfTheVille ? 404 : 200);
        const text =
          path.endsWith('.xlsx') && reply.statusCode === 200
            ? JSON.stringify((await readXlsx(reply.rawPayload)).sheets.map((sheet) => sheet.rows))
            : reply.body;
        for (const word of OF_THE_VILLE) expect(text, `${path}${query}`).not.toContain(word);
      }
    }
    const own = await stranger.get('/api/v1/scores/overview?period=2026-W47');
    expect(own.json()).toMatchObject({ total: { responses: 33 } });
  });

  it('is closed to whoever has no role anywhere, but for their own account', async () => {
    const nobody = await asPerson(server, []);
    for (const { path } of routes.filter((route) => route.method === 'GET'))
      expect((await nobody.get(addressOf(path))).statusCode, path).toBe(
        path === '/api/v1/session' ? 200 : 403,
      );
  });

  it('changes nothing of an organisation for whoever may not see it', async () => {
    const before = await counts();
    const changing = routes.filter(
      ({ method, path }) =>
        ['POST', 'PATCH'].includes(method) || (method === 'PUT' && path.includes('{organisationId}')),
    );
    for (const { method, path } of changing) {
      const reply = await stranger.send(method as 'POST', addressOf(path), bodyFor(path));
      expect(reply.json(), `${method} ${path}`).toMatchObject({ code: 'not-found' });
    }
    expect(await counts()).toEqual(before);
  });

  it('refuses changes asked for by another site’s page, by a form, or by nobody we know', async () => {
    const before = await counts();
    const { cookie } = await asPerson(server, [VILLE, CCAS], 'csrf@libourne.example');
    const { people: _, ...rest } = before;
    const json = { 'content-type': 'application/json', host: OWN_PAGE.host };
    const refusals: readonly (readonly [string, Record<string, string>])[] = [
      ['origin-refused', { ...json, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
      ['origin-refused', { ...json, 'sec-fetch-site': 'same-site', origin: 'http://localhost:9' }],
      ['origin-refused', { ...json, 'sec-fetch-site': 'none' }],
      ['origin-refused', { ...json, origin: 'https://evil.example' }],
      ['origin-refused', { ...json, origin: 'null' }],
      ['origin-refused', { ...json, 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }],
      ['origin-refused', json],
      ['media-type-refused', { ...OWN_PAGE, 'content-type': 'text/plain' }],
      ['media-type-refused', { ...OWN_PAGE, 'content-type': 'application/x-www-form-urlencoded' }],
    ];
    const changing = [
      ...routes.filter(({ method }) => method !== 'GET'),
      { method: 'POST', path: '/api/v1/sessions' },
      { method: 'POST', path: '/api/v1/sign-in-link-redemptions' },
    ];
    for (const { method, path } of changing)
      for (const [code, headers] of refusals) {
        const reply = await server.app.inject({
          method: method as 'POST',
          url: addressOf(path),
          headers: { cookie, ...headers },
          payload: JSON.stringify(bodyFor(path)),
        });
        expect(reply.json(), `${method} ${path} ${JSON.stringify(headers)}`).toMatchObject({ code });
      }
    const empty = await server.app.inject({
      method: 'POST',
      url: addressOf('/api/v1/fleet/enrolments/{organisationId}/{enrolmentId}/revocation'),
      headers: { cookie, ...OWN_PAGE },
    });
    expect(empty.json()).toMatchObject({ code: 'media-type-refused' });
    const { people: _after, ...after } = await counts();
    expect(after).toEqual(rest);
  });
});

it('lets the web view’s own origin in where it has one', async () => {
  const own = await openTestApp({ adminOrigin: 'https://admin.libourne.example' });
  const { cookie } = await asPerson(own);
  const signOut = (origin: string) =>
    own.app.inject({
      method: 'DELETE',
      url: '/api/v1/session',
      headers: { cookie, origin, host: 'admin.libourne.example' },
    });
  expect((await signOut('http://admin.libourne.example')).statusCode).toBe(403);
  expect((await signOut('https://admin.libourne.example')).statusCode).toBe(204);
  await own.close();
});
