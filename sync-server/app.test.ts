import { connect } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS, type Problem } from '../protocol/problem.ts';
import { anEntry, aPush } from './ingest/a-push.ts';
import { withFullDisk, withoutWrites } from './store/test-faults.ts';
import { openTestApp, type TestApp } from './test-app.ts';
import { enrolTablet, type TestTablet } from './test-tablet.ts';

let server: TestApp;
let tablet: TestTablet;
beforeAll(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
});
afterAll(async () => server.close());

interface Description {
  readonly paths: Record<string, Record<string, { responses: Record<string, unknown>; summary: string }>>;
}

describe('a failure', () => {
  it('is a problem where there is nothing', async () => {
    const reply = await server.app.inject('/nowhere');
    expect(reply.statusCode).toBe(404);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(reply.json()).toMatchObject({ code: 'not-found', type: '/problems#not-found' });
  });

  it.each([
    ['DELETE', '/api/v1/push', 'POST'],
    ['PUT', '/api/v1/assignment', 'GET, HEAD'],
    ['POST', '/health/live', 'GET, HEAD'],
  ] as const)('is a 405 with the methods there are: %s %s', async (method, url, allow) => {
    const reply = await server.app.inject({ method, url });
    expect([reply.statusCode, reply.json<Problem>().code]).toEqual([405, 'method-not-allowed']);
    expect(String(reply.headers['allow']).split(', ').toSorted()).toEqual(allow.split(', ').toSorted());
  });

  it('tells a full disk as 507 with a time to come back, and stores nothing', async () => {
    const { db } = server.deps.store;
    const entries = Array.from({ length: 100 }, (_, index) => anEntry(index + 1));
    await withFullDisk(server.deps.store, async () => {
      const { status, reply, headers } = await tablet.push(aPush(entries));
      expect([status, reply]).toMatchObject([507, { code: 'storage-full' }]);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    });
    expect(await db.selectFrom('responses').select('response_id').execute()).toEqual([]);
    expect(
      (await tablet.push(aPush(entries))).reply.verdicts.every(({ verdict }) => verdict === 'accepted'),
    ).toBe(true);
  });

  it('says nothing of the code when something breaks', async () => {
    const broken = await openTestApp();
    const other = await enrolTablet(broken);
    await sql`drop table tombstones`.execute(broken.deps.store.db);
    const { status, reply } = await other.push(aPush([anEntry(1)]));
    expect([status, reply]).toEqual([
      500,
      { type: '/problems#internal', title: PROBLEMS.internal.title, status: 500, code: 'internal' },
    ]);
    await broken.close();
  });

  it('is a problem even where the request was not HTTP', async () => {
    const address = await server.app.listen({ port: 0, host: '127.0.0.1' });
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(address).port), '127.0.0.1', () =>
        socket.write('HELO parvis\r\n\r\n'),
      );
      let received = '';
      socket.on('data', (chunk) => {
        received += String(chunk);
      });
      socket.on('close', () => resolve(received));
      socket.on('error', reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('"code":"malformed-request"');
  });
});

describe('every reply of the API', () => {
  it.each(['/api/v1/openapi.json', '/api/v1/assignment', '/api/v1/nothing'])(
    'may be neither kept nor rendered: %s',
    async (url) => {
      const { headers } = await server.app.inject(url);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain('sandbox');
      expect(headers['strict-transport-security']).toBeUndefined();
      expect(headers).not.toHaveProperty('x-powered-by');
    },
  );

  it('tells of HTTPS only where it is spoken', async () => {
    const behind = await openTestApp({ trustProxy: ['127.0.0.1'] });
    const headers = { 'x-forwarded-proto': 'https' };
    const told = (await behind.app.inject({ url: '/health/live', headers })).headers[
      'strict-transport-security'
    ];
    await behind.close();
    expect(told).toBe('max-age=31536000');
    // From somebody who is not the proxy it is a claim.
    expect((await server.app.inject({ url: '/health/live', headers })).headers).not.toHaveProperty(
      'strict-transport-security',
    );
  });
});

describe('the description of the API', () => {
  it('names every route with what it may answer', async () => {
    const { paths } = (await server.app.inject('/api/v1/openapi.json')).json<Description>();
    for (const path of ['/api/v1/push', '/api/v1/enrolments', '/api/v1/assignment'])
      expect(Object.keys(paths)).toContain(path);
    expect(Object.keys(paths['/api/v1/push']?.['post']?.responses ?? {})).toEqual(
      expect.arrayContaining(['201', '400', '401', '403', '408', '413', '415', '422', '500', '503', '507']),
    );
    for (const [path, methods] of Object.entries(paths))
      for (const operation of Object.values(methods))
        expect(operation.summary.length, path).toBeGreaterThan(5);
  });
});

describe('the state of the process', () => {
  it('is told to who watches it', async () => {
    expect((await server.app.inject('/health/live')).json()).toEqual({ status: 'live' });
    expect((await server.app.inject('/health/ready')).json()).toMatchObject({ status: 'ready' });
    const { body } = await server.app.inject('/metrics');
    expect(body).toMatch(/parvis_entries_total\{verdict="accepted"\} \d+/);
    expect(body).toContain('parvis_quarantine_entries 0');
    expect(body).not.toContain('enrolment');
  });

  it('is not ready when the database cannot be written to, though it can be read', async () => {
    const full = await openTestApp();
    const ready = async () => (await full.app.inject('/health/ready')).statusCode;
    expect(await ready()).toBe(200);
    await withoutWrites(full.deps.store, async () => {
      full.clock.advance(1_000);
      expect(await ready()).toBe(503);
    });
    expect(await ready()).toBe(200);
    await full.close();
  });
});
