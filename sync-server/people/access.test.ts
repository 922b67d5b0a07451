import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, OWN_PAGE } from '../test-person.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';
interface Route {
  readonly method: string;
  readonly path: string;
}

let server: TestApp;
let routes: readonly Route[];
beforeAll(async () => {
  server = await openTestApp();
  const { paths } = (await server.app.inject('/api/v1/openapi.json')).json<{
    paths: Record<string, Record<string, { security: object[] }>>;
  }>();
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security.some((one) => 'person' in one))
      .map(([method]) => ({ method: method.toUpperCase(), path })),
  );
});
afterAll(async () => server.close());

const addressOf = (path: string) => path.replaceAll(/\{(\w+)\}/g, 'x');

describe('every route of the web view', () => {
  it('refuses changes asked for by another site’s page, by a form, or by nobody we know', async () => {
    const { cookie } = await asPerson(server, [VILLE, CCAS], 'csrf@libourne.example');
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
          payload: '{}',
        });
        expect(reply.json(), `${method} ${path} ${JSON.stringify(headers)}`).toMatchObject({ code });
      }
    const empty = await server.app.inject({
      method: 'POST',
      url: addressOf('/api/v1/fleet/enrolments/{organisationId}/{enrolmentId}/revocation'),
      headers: { cookie, ...OWN_PAGE },
    });
    expect(empty.json()).toMatchObject({ code: 'media-type-refused' });
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
