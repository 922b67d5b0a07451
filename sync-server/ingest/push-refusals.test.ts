import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../protocol/problem.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { anEntry, aPush } from './a-push.ts';

let server: TestApp;
let tablet: TestTablet;
beforeAll(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
});
afterAll(async () => server.close());

async function refused(payload: string, headers: Record<string, string> = {}): Promise<Problem> {
  const reply = await server.app.inject({
    method: 'POST',
    url: '/api/v1/push',
    headers: { authorization: `Bearer ${tablet.token}`, 'content-type': 'application/json', ...headers },
    payload,
  });
  expect(reply.headers['content-type']).toContain('application/problem+json');
  const problem = reply.json<Problem>();
  expect(problem.status).toBe(reply.statusCode);
  return problem;
}

const whole = () => JSON.stringify(aPush([anEntry(1)]));

describe('a push that is refused', () => {
  it('says that a body was cut short', async () => {
    expect(await refused(whole().slice(0, -20))).toMatchObject({ status: 400, code: 'malformed-request' });
  });

  it('says that there is no body', async () => {
    expect(await refused('')).toMatchObject({ status: 400, code: 'malformed-request' });
  });

  it('says which fields are wrong', async () => {
    const problem = await refused(JSON.stringify({ ...aPush([]), batchId: 'x', sentAt: 'yesterday' }));
    expect(problem).toMatchObject({ status: 422, code: 'unprocessable' });
    expect(new Set(problem.errors?.map(({ field }) => field))).toEqual(new Set(['batchId', 'sentAt']));
  });

  it('says which version it speaks', async () => {
    expect(await refused(JSON.stringify({ ...aPush([]), protocol: 2 }))).toMatchObject({
      status: 422,
      code: 'protocol-unsupported',
    });
  });

  it('refuses more entries than the limit, and more bytes', async () => {
    const entries = Array.from({ length: 101 }, (_, index) => ({ n: index }));
    expect(await refused(JSON.stringify(aPush(entries)))).toMatchObject({ status: 413, code: 'too-large' });
    expect(await refused(JSON.stringify(aPush(['x'.repeat(262_144)])))).toMatchObject({
      status: 413,
      code: 'too-large',
    });
  });

  it.each(['gzip', 'br', 'zstd', 'identity'])(
    'refuses a body encoded as %s before reading it',
    async (encoding) => {
      expect(await refused('not even JSON', { 'content-encoding': encoding })).toMatchObject({
        status: 415,
        code: 'encoding-refused',
      });
    },
  );

  it('refuses another media type', async () => {
    expect(await refused('a=1', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 415,
      code: 'media-type-refused',
    });
  });

  it('refuses nesting that would exhaust the stack', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(await refused(whole().replace('"entries":[', `"entries":[${deep},`))).toMatchObject({
      status: 400,
      code: 'malformed-request',
    });
  });

  it.each([
    ['none', ''],
    ['one of another scheme', 'Basic abc'],
    ['one nobody gave', `Bearer ville-de-libourne.${crypto.randomUUID()}.${'A'.repeat(43)}`],
  ])('does not know a device by %s', async (_what, authorization) => {
    expect(await refused(whole(), { authorization })).toMatchObject({ status: 401, code: 'device-unknown' });
  });

  it('does not take a token with one letter changed', async () => {
    const last = tablet.token.at(-2) === 'A' ? 'B' : 'A';
    const authorization = `Bearer ${tablet.token.slice(0, -2)}${last}${tablet.token.at(-1)}`;
    expect(await refused(whole(), { authorization })).toMatchObject({ code: 'device-unknown' });
  });

  it('honours a revocation at once', async () => {
    const other = await enrolTablet(server, 'accueil-mediatheque');
    expect((await other.push(aPush([]))).status).toBe(201);
    await server.deps.store.db
      .updateTable('enrolments')
      .set({ revoked_at: '2026-11-23T09:00:00.000Z' })
      .where('enrolment_id', '=', other.enrolmentId)
      .execute();
    const { status, reply } = await other.push(aPush([anEntry(1)]));
    expect([status, reply]).toMatchObject([403, { code: 'device-revoked' }]);
    const stored = await server.deps.store.db
      .selectFrom('responses')
      .select('response_id')
      .where('enrolment_id', '=', other.enrolmentId)
      .execute();
    expect(stored).toEqual([]);
  });
});
