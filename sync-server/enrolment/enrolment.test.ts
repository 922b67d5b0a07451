import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrganisationId, PointId } from '../../domain/ids.ts';
import { CODE_ALPHABET } from '../../protocol/enrolment.ts';
import { aReport } from '../ingest/a-push.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { createEnrolmentCode, type EnrolmentCode, enrolmentLink } from './codes.ts';

let server: TestApp;
beforeEach(async () => {
  server = await openTestApp({ trustProxy: ['127.0.0.1'] });
});
afterEach(async () => server.close());

async function aCode(): Promise<EnrolmentCode> {
  const made = await createEnrolmentCode(server.deps.store, server.clock, {
    organisationId: 'ville-de-libourne' as OrganisationId,
    pointId: 'accueil-mediatheque' as PointId,
  });
  if (!made.ok) throw new Error(made.error.kind);
  return made.value;
}

async function enrol(code: string, ip = '192.0.2.1') {
  return server.app.inject({
    method: 'POST',
    url: '/api/v1/enrolments',
    headers: { 'x-forwarded-for': ip },
    payload: { code, report: aReport() },
  });
}

describe('enrolling', () => {
  it('gives a tablet its place for a typed code, whatever its case, spaces and dashes', async () => {
    const { code } = await aCode();
    expect(code).toMatch(new RegExp(`^[${CODE_ALPHABET}]{5}-[${CODE_ALPHABET}]{5}$`));
    const reply = await enrol(` ${code.toLowerCase().replace('-', ' – ')} `);
    expect(reply.statusCode).toBe(201);
    expect(reply.json()).toMatchObject({ storeId: server.deps.store.storeId });
    expect(reply.json<{ token: string }>().token).toMatch(/^ville-de-libourne\.[0-9a-f-]{36}\.[\w-]{43}$/);
  });

  it('spends both forms of a code at once', async () => {
    const { code, linkSecret } = await aCode();
    expect((await enrol(linkSecret)).statusCode).toBe(201);
    expect((await enrol(linkSecret)).json()).toMatchObject({ code: 'code-unknown' });
    expect((await enrol(code)).json()).toMatchObject({ code: 'code-unknown' });
  });

  it('gives one of two tablets that present a code at the same moment the place', async () => {
    const { code, linkSecret } = await aCode();
    const replies = await Promise.all([enrol(code), enrol(linkSecret), enrol(code)]);
    expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 404, 404]);
    expect(await server.deps.store.db.selectFrom('enrolments').selectAll().execute()).toHaveLength(1);
  });

  it('forgets a code after an hour', async () => {
    const { code } = await aCode();
    server.clock.advance(3_600_000);
    expect((await enrol(code)).statusCode).toBe(404);
  });

  it('keeps nothing that gives a code or a token away', async () => {
    const { code, linkSecret } = await aCode();
    const { token } = (await enrol(linkSecret)).json<{ token: string }>();
    const { db } = server.deps.store;
    const kept = JSON.stringify([
      await db.selectFrom('enrolment_codes').selectAll().execute(),
      await db.selectFrom('enrolments').selectAll().execute(),
    ]);
    for (const secret of [code.replace('-', ''), linkSecret, token.split('.').at(-1) ?? ''])
      expect(kept).not.toContain(secret);
    expect(enrolmentLink('https://avis.example.fr', linkSecret)).toBe(
      `https://avis.example.fr/kiosk/#code=${linkSecret}`,
    );
  });

  it('slows down whoever guesses, by address, and lets the others through', async () => {
    for (let guess = 0; guess < 20; guess += 1) expect((await enrol('ZZZZZZZZZ')).statusCode).toBe(404);
    const { code, linkSecret } = await aCode();
    const refused = await enrol(code);
    expect(refused.json()).toMatchObject({ code: 'too-many-requests' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_000);
    expect((await enrol(linkSecret, '198.51.100.7')).statusCode).toBe(201);
    server.clock.advance(3_600_000);
    expect((await enrol('ZZZZZZZZZ')).statusCode).toBe(404);
  });

  it('slows down whoever guesses from many addresses', async () => {
    let refusals = 0;
    for (let guess = 0; guess < 220; guess += 1)
      if ((await enrol('nonsense', `10.0.${guess}.1`)).statusCode === 429) refusals += 1;
    expect(refusals).toBe(20);
  });

  it('holds no success against anybody', async () => {
    for (let tablet = 0; tablet < 25; tablet += 1)
      expect((await enrol((await aCode()).linkSecret)).statusCode).toBe(201);
  });

  it('says which field of the request is wrong', async () => {
    const reply = await server.app.inject({
      method: 'POST',
      url: '/api/v1/enrolments',
      payload: { code: 'x' },
    });
    expect(reply.json()).toMatchObject({ status: 422, errors: [{ field: 'report' }] });
  });
});
