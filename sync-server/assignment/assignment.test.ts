import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignmentSchema } from '../../protocol/assignment.ts';
import { aPush } from '../ingest/a-push.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';

let server: TestApp;
let tablet: TestTablet;
beforeAll(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server, 'accueil-social-ccas', 'ccas-de-libourne');
});
afterAll(async () => server.close());

async function assignment(headers: Record<string, string> = {}) {
  return server.app.inject({
    url: '/api/v1/assignment',
    headers: { authorization: `Bearer ${tablet.token}`, ...headers },
  });
}

describe('the assignment', () => {
  it('tells a tablet what to ask, where it stands and to which key it seals', async () => {
    const reply = await assignment();
    const told = v.parse(assignmentSchema, reply.json());
    expect(told).toMatchObject({
      organisation: { name: 'CCAS de Libourne' },
      service: { serviceId: 'ccas-accueil-social' },
      point: { pointId: 'accueil-social-ccas' },
      surveyVersion: { surveyVersionId: 'accueil-ccas-2', maxDrawnItems: 3 },
      sealingKey: { publicKey: server.deps.sealingKeys.current.publicKey },
      isDemonstration: false,
    });
    expect(told.texts.notice.fr).toContain('CCAS');
    expect(reply.body).not.toContain(server.deps.sealingKeys.current.privateKey);
  });

  it('is not sent again to a tablet that has it', async () => {
    const { etag } = (await assignment()).headers;
    const again = await assignment({ 'if-none-match': String(etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await assignment({ 'if-none-match': '"another"' })).statusCode).toBe(200);
  });

  it('has the tag that each push tells, which changes with it', async () => {
    const { reply } = await tablet.push(aPush([]));
    expect(`"${reply.assignmentTag}"`).toBe((await assignment()).headers.etag);
    await server.deps.store.db
      .updateTable('points')
      .set({ name: 'Un autre accueil' })
      .where('point_id', '=', 'accueil-social-ccas')
      .execute();
    server.clock.advance(10_000);
    const { reply: later } = await tablet.push(aPush([]));
    expect(later.assignmentTag).not.toBe(reply.assignmentTag);
    expect((await assignment()).headers.etag).toBe(`"${later.assignmentTag}"`);
  });

  it('is told to enrolled tablets only', async () => {
    expect((await assignment({ authorization: 'Bearer x' })).json()).toMatchObject({
      code: 'device-unknown',
    });
    await server.deps.store.db
      .updateTable('enrolments')
      .set({ revoked_at: '2026-01-01T00:00:00.000Z' })
      .execute();
    expect((await assignment()).json()).toMatchObject({ code: 'device-revoked' });
  });
});
