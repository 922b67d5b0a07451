import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSealingKey, sealingKeysOf } from '../assignment/sealing-keys.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, OWN_PAGE, type TestPerson } from '../test-person.ts';
import { createSignInLink } from './sign-in-links.ts';

const VILLE = 'ville-de-libourne';
const EMAIL = 'claire.martin@ville.example';
const PASSWORD = 'une phrase assez longue';
const HALF_MINUTE_MS = 30_000;

let server: TestApp;
let person: TestPerson;
let secret: string;
let uri: string;
let recoveryCodes: readonly string[];
beforeEach(async () => {
  server = await openTestApp();
  person = await asPerson(server, [VILLE], EMAIL);
  await person.send('PUT', '/api/v1/account', { name: 'Claire', email: EMAIL, newPassword: PASSWORD });
  const begun = await person.send('POST', '/api/v1/account/second-factor', {});
  ({ secret, uri } = begun.json<{ secret: string; uri: string }>());
  const confirmed = await person.send('PUT', '/api/v1/account/second-factor', { code: codeAt(0) });
  ({ recoveryCodes } = confirmed.json<{ recoveryCodes: string[] }>());
  server.clock.advance(2 * HALF_MINUTE_MS);
});
afterEach(async () => server.close());

/** What the person's telephone shows, so many half minutes from now. */
const codeAt = (steps: number) =>
  new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({
    timestamp: server.clock.now() + steps * HALF_MINUTE_MS,
  });
const signIn = async (code?: string) => {
  const reply = await server.app.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    headers: OWN_PAGE,
    payload: { email: EMAIL, password: PASSWORD, ...(code === undefined ? {} : { code }) },
  });
  return reply.statusCode === 201 ? 'in' : reply.json<{ code: string }>().code;
};

describe('the second factor', () => {
  it('is set up by an address that authenticators know', () => {
    expect(uri).toMatch(/^otpauth:\/\/totp\/Parvis:claire\.martin%40ville\.example\?/);
    expect(new URL(uri).searchParams.get('secret')).toBe(secret);
  });

  it('is asked for with the right password alone, and opens with the code of now or of a neighbour', async () => {
    expect(await signIn()).toBe('second-factor-needed');
    expect(await signIn(codeAt(-2))).toBe('second-factor-wrong');
    expect(await signIn(codeAt(-1))).toBe('in');
    expect(await signIn(codeAt(0))).toBe('in');
    const wrong = await server.app.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      headers: OWN_PAGE,
      payload: { email: EMAIL, password: 'not the password', code: codeAt(1) },
    });
    expect(wrong.json()).toMatchObject({ code: 'wrong-credentials' });
  });

  it('takes no code twice, nor one older than the last, nor one that two send at once', async () => {
    const code = codeAt(0);
    const both = await Promise.all([signIn(code), signIn(code)]);
    expect(both.toSorted()).toEqual(['in', 'second-factor-wrong']);
    expect(await signIn(code)).toBe('second-factor-wrong');
    expect(await signIn(codeAt(-1))).toBe('second-factor-wrong');
    server.clock.advance(HALF_MINUTE_MS);
    expect(await signIn(codeAt(0))).toBe('in');
  });

  it('is guessed five times in a quarter of an hour, and then even the right code waits', async () => {
    for (let guess = 0; guess < 5; guess += 1) expect(await signIn('000000')).toBe('second-factor-wrong');
    expect(await signIn(codeAt(0))).toBe('too-many-requests');
    server.clock.advance(15 * 60_000);
    expect(await signIn(codeAt(0))).toBe('in');
  });

  it('opens with each recovery code once, however it is typed', async () => {
    expect(recoveryCodes).toHaveLength(10);
    const [first = '', second = ''] = recoveryCodes;
    expect(await signIn(first.toLowerCase().replaceAll('-', ' '))).toBe('in');
    expect(await signIn(first)).toBe('second-factor-wrong');
    expect(await signIn(second)).toBe('in');
  });

  it('is replaced or taken away with a code of it alone', async () => {
    expect((await person.send('POST', '/api/v1/account/second-factor', {})).json()).toMatchObject({
      code: 'conflict',
    });
    const remove = async (code: string) =>
      (await person.send('POST', '/api/v1/account/second-factor/removal', { code })).statusCode;
    expect(await remove('000000')).toBe(401);
    expect(await remove(codeAt(0))).toBe(204);
    expect(await signIn()).toBe('in');
    const { db } = server.deps.store;
    expect(await db.selectFrom('recovery_codes').selectAll().execute()).toEqual([]);
  });

  it('is asked for once it was confirmed, and not before', async () => {
    await person.send('POST', '/api/v1/account/second-factor/removal', { code: codeAt(0) });
    await person.send('POST', '/api/v1/account/second-factor', {});
    expect(
      (await person.send('PUT', '/api/v1/account/second-factor', { code: '000000' })).json(),
    ).toMatchObject({ code: 'second-factor-wrong' });
    expect(await signIn()).toBe('in');
  });

  it('keeps the secret sealed: neither it nor a recovery code is in the database', async () => {
    const { db } = server.deps.store;
    const rows = JSON.stringify([
      await db.selectFrom('people').selectAll().execute(),
      await db.selectFrom('recovery_codes').selectAll().execute(),
      await db.selectFrom('audit_entries').selectAll().execute(),
    ]);
    const bytes = Buffer.from(Secret.fromBase32(secret).bytes);
    for (const text of [secret, bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')])
      expect(rows).not.toContain(text);
    for (const code of recoveryCodes) expect(rows).not.toContain(code);
  });

  it('does not stand in the way of a link, nor opens by itself where its key is gone', async () => {
    const { url } = await createSignInLink(server.deps, { email: EMAIL });
    const redeemed = await server.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in-link-redemptions',
      headers: OWN_PAGE,
      payload: { token: url.slice(url.indexOf('=') + 1) },
    });
    expect(redeemed.statusCode).toBe(201);
    const keys = sealingKeysOf([createSealingKey(0)]);
    Object.assign(server.deps, { sealingKeys: keys });
    expect(await signIn(codeAt(0))).toBe('second-factor-wrong');
    expect(await signIn(recoveryCodes[0])).toBe('in');
  });
});
