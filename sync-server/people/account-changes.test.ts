import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMailServer, type TestMailServer } from '../mail/test-mail-server.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';
import { FRESH_LINK_MS } from './proofs.ts';

const VILLE = 'ville-de-libourne';
const EMAIL = 'claire.martin@ville.example';
const OTHER = 'c.martin@ville.example';
const PASSWORD = 'une phrase assez longue';
const NEXT = 'une autre phrase, plus longue';

let mail: TestMailServer;
let server: TestApp;
let person: TestPerson;
beforeEach(async () => {
  mail = await openMailServer();
  server = await openTestApp({ mail: mail.config });
  person = await asPerson(server, [VILLE], EMAIL);
});
afterEach(async () => {
  await server.close();
  await mail.close();
});

const change = async (fields: object) => {
  const reply = await person.send('PUT', '/api/v1/account', { name: 'Claire', email: EMAIL, ...fields });
  const { code, errors } = reply.json<{ code?: string; errors?: { field: string }[] }>();
  return reply.statusCode === 200 ? 'done' : (errors?.[0]?.field ?? code);
};
const told = async () => {
  const rows = await server.deps.store.db.selectFrom('audit_entries').selectAll().execute();
  return rows
    .filter(({ action }) => action === 'account-changed')
    .map(({ detail }) => detail)
    .toSorted();
};
const codeNow = async () => {
  const begun = await person.send('POST', '/api/v1/account/second-factor', {});
  const { secret } = begun.json<{ secret: string }>();
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const code = (steps: number) => totp.generate({ timestamp: server.clock.now() + steps * 30_000 });
  await person.send('PUT', '/api/v1/account/second-factor', { code: code(0) });
  server.clock.advance(60_000);
  return code(0);
};

describe('another address or password of an account', () => {
  it('is taken with the current password, and not with another or none', async () => {
    await change({ newPassword: PASSWORD });
    expect(await change({ email: OTHER })).toBe('currentPassword');
    expect(await change({ email: OTHER, currentPassword: NEXT })).toBe('currentPassword');
    expect(await change({ newPassword: NEXT })).toBe('currentPassword');
    expect(await change({ newPassword: NEXT, currentPassword: PASSWORD })).toBe('done');
    expect(await change({ email: OTHER, currentPassword: NEXT })).toBe('done');
    expect(await told()).toEqual(['{"change":"email"}', '{"change":"password"}', '{"change":"password"}']);
  });

  it('is taken with a code of the second factor instead', async () => {
    await change({ newPassword: PASSWORD });
    const code = await codeNow();
    expect(await change({ email: OTHER, code: '000000' })).toBe('code');
    expect(await change({ email: OTHER, code })).toBe('done');
  });

  it('is taken soon after a link has let somebody in who has neither, and not later', async () => {
    server.clock.advance(FRESH_LINK_MS);
    expect(await change({ email: OTHER })).toBe('fresh-link-needed');
    expect(await change({ newPassword: PASSWORD })).toBe('fresh-link-needed');
    expect(await change({ name: 'Claire Martin' })).toBe('done');
    person = await asPerson(server, [VILLE], 'paul@ville.example');
    expect(await change({ email: 'paul.durand@ville.example', newPassword: PASSWORD })).toBe('done');
  });

  it('is guessed five times in a quarter of an hour', async () => {
    await change({ newPassword: PASSWORD });
    for (let guess = 0; guess < 5; guess += 1)
      expect(await change({ email: OTHER, currentPassword: 'not the password' })).toBe('currentPassword');
    expect(await change({ email: OTHER, currentPassword: PASSWORD })).toBe('too-many-requests');
    expect(await change({ name: 'Claire Martin' })).toBe('done');
    server.clock.advance(15 * 60_000);
    expect(await change({ email: OTHER, currentPassword: PASSWORD })).toBe('done');
  });

  it('is told to the address of before, which is nobody’s way in any more', async () => {
    await person.send('POST', '/api/v1/sign-in-links', { email: EMAIL });
    await expect.poll(() => mail.letters.length).toBe(1);
    expect(await change({ email: OTHER })).toBe('done');
    await expect.poll(() => mail.letters.length).toBe(2);
    const letter = mail.letters[1];
    expect([mail.recipients[1], letter?.subject]).toEqual([EMAIL, 'Votre compte Parvis a été modifié']);
    expect(letter?.text).toContain('L’adresse électronique de votre compte Parvis vient d’être changée.');
    expect(letter?.text).not.toMatch(/http|c\.martin/);
    expect(await server.deps.store.db.selectFrom('sign_in_links').selectAll().execute()).toEqual([]);
  });
});
