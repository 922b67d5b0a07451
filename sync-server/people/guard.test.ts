import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../operation.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPersonWith } from '../test-person.ts';
import type { Grant } from './grants.ts';
import { assertDeclared } from './guard.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';
const grant = (organisationId: string, role: Grant['role'], places: Partial<Grant> = {}): Grant => ({
  organisationId,
  role,
  siteIds: [],
  serviceIds: [],
  ...places,
});

describe('a route of the API', () => {
  const add = (url: string, operation?: object) => {
    const app = Fastify();
    assertDeclared(app);
    app.get(url, operation === undefined ? {} : { config: { operation: operation as Operation } }, () => 'x');
  };
  const described = { summary: 'x', replies: { 200: null }, problems: [] };

  it('is refused at start where it does not say who may call it', () => {
    expect(() => add('/api/v1/forgotten')).toThrow(/GET \/api\/v1\/forgotten does not say who may call it/);
    expect(() => add('/health/live')).not.toThrow();
  });

  it('is refused at start where it is for persons and names no permission, or not what the trail notes', () => {
    expect(() => add('/api/v1/x', { ...described, caller: 'person' })).toThrow(/which permission it takes/);
    expect(() => add('/api/v1/x', { ...described, caller: 'person', permission: 'export' })).toThrow(
      /what the audit trail notes/,
    );
    expect(() =>
      add('/api/v1/x', { ...described, caller: 'person', permission: 'export', trail: null }),
    ).not.toThrow();
  });
});

describe('a role', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await openTestApp();
  });
  afterAll(async () => server.close());
  const servicesSeenBy = async (...grants: Grant[]) => {
    const person = await asPersonWith(server, grants);
    const { services } = (await person.get('/api/v1/session')).json<{
      services: { organisationId: string; serviceId: string; siteName: string }[];
    }>();
    return services;
  };

  it('of a référent reaches the services it names and those of its sites, and no other', async () => {
    const all = await servicesSeenBy(grant(VILLE, 'quality'));
    const { site_id: siteId } = await server.deps.store.db
      .selectFrom('services')
      .select('site_id')
      .where('organisation_id', '=', VILLE)
      .where('service_id', '=', 'accueil-general')
      .executeTakeFirstOrThrow();
    const bySite = await servicesSeenBy(grant(VILLE, 'referent', { siteIds: [siteId] }));
    expect(bySite.length).toBeGreaterThan(0);
    expect(bySite.length).toBeLessThan(all.length);
    expect(new Set(bySite.map(({ siteName }) => siteName)).size).toBe(1);
    const byService = await servicesSeenBy(grant(VILLE, 'referent', { serviceIds: ['etat-civil'] }));
    expect(byService.map(({ serviceId }) => serviceId)).toEqual(['etat-civil']);
    // A name that belongs to another organisation opens nothing there.
    expect(await servicesSeenBy(grant(CCAS, 'referent', { serviceIds: ['etat-civil'] }))).toEqual([]);
    expect(await servicesSeenBy(grant(VILLE, 'referent'))).toEqual([]);
  });

  it('holds in its own organisation alone', async () => {
    const person = await asPersonWith(server, [grant(VILLE, 'auditor'), grant(CCAS, 'administrator')]);
    const code = async (organisationId: string, pointId: string) =>
      (await person.send('POST', '/api/v1/fleet/enrolment-codes', { organisationId, pointId })).statusCode;
    expect(await code(CCAS, 'accueil-social-ccas')).toBe(201);
    expect(await code(VILLE, 'accueil-hotel-de-ville')).toBe(404);
    const { staffCodes } = (await person.get('/api/v1/fleet')).json<{
      staffCodes: { organisationId: string }[];
    }>();
    expect(staffCodes.map(({ organisationId }) => organisationId)).toEqual([CCAS]);
  });
});
