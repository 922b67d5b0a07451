import type { LightMyRequestResponse } from 'fastify';
import type { OrganisationId } from '../domain/ids.ts';
import { type Grant, setGrant } from './people/grants.ts';
import { addPerson } from './people/people.ts';
import { SESSION_COOKIE } from './people/session-cookie.ts';
import { openSession } from './people/sessions.ts';
import type { TestApp } from './test-app.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';

/** What the browser of our own pages adds to a change. */
export const OWN_PAGE = {
  'sec-fetch-site': 'same-origin',
  origin: 'http://localhost:8080',
  host: 'localhost:8080',
};

/** Somebody signed in, as the web view's own pages would ask. */
export interface TestPerson {
  readonly cookie: string;
  get(url: string): Promise<LightMyRequestResponse>;
  send(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
  ): Promise<LightMyRequestResponse>;
}

/** Makes an account that administers these organisations and signs it in. */
export async function asPerson(
  { app, deps }: TestApp,
  organisationIds: readonly string[] = [VILLE, CCAS],
  email = `person-${Math.random()}@example.fr`,
): Promise<TestPerson> {
  const grants = organisationIds.map(
    (organisationId): Grant => ({ organisationId, role: 'administrator', siteIds: [], serviceIds: [] }),
  );
  return asPersonWith({ app, deps }, grants, email);
}

/** Makes an account with these roles and signs it in. */
export async function asPersonWith(
  { app, deps }: Pick<TestApp, 'app' | 'deps'>,
  grants: readonly Grant[],
  email = `person-${Math.random()}@example.fr`,
): Promise<TestPerson> {
  const person = await addPerson(deps.store.db, VILLE as OrganisationId, email, '2026-01-01T00:00:00.000Z');
  for (const grant of grants) await setGrant(deps.store.db, person, grant);
  const { token } = await openSession(deps, person, { device: 'Firefox, Linux', way: 'link' });
  return personWith(app, `${SESSION_COOKIE}=${token}`);
}

/** Whoever presents this cookie. */
export function personWith(app: TestApp['app'], cookie: string): TestPerson {
  return {
    cookie,
    get: async (url) => app.inject({ url, headers: { cookie } }),
    send: async (method, url, body) =>
      app.inject({
        method,
        url,
        headers: { cookie, ...OWN_PAGE },
        ...(body === undefined ? {} : { payload: body }),
      }),
  };
}
