import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../protocol/roles.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPersonWith, OWN_PAGE, personWith, type TestPerson } from '../test-person.ts';
import { personByEmail } from './people.ts';
import { createSignInLink, linkFor } from './sign-in-links.ts';

const VILLE = 'ville-de-libourne';
const EMAIL = 'claire.martin@ville.example';
const PASSWORD = 'une phrase assez longue';

let server: TestApp;
beforeEach(async () => {
  server = await openTestApp();
});
afterEach(async () => server.close());

/** Somebody who has a password, and signs in with it. */
const withPassword = async (role: Role) => {
  const places = { siteIds: [], serviceIds: role === 'referent' ? ['accueil-general'] : [] };
  const person = await asPersonWith(server, [{ organisationId: VILLE, role, ...places }], EMAIL);
  await person.send('PUT', '/api/v1/account', { name: 'Claire', email: EMAIL, newPassword: PASSWORD });
  return person;
};
const post = async (url: string, payload: object) =>
  server.app.inject({ method: 'POST', url, headers: OWN_PAGE, payload });
const signIn = async (code?: string) => {
  const reply = await post('/api/v1/sessions', {
    email: EMAIL,
    password: PASSWORD,
    ...(code === undefined ? {} : { code }),
  });
  return personWith(server.app, String(reply.headers['set-cookie']).split(';', 1)[0] ?? '');
};
const codeOf = async (reply: Promise<{ statusCode: number; json: () => { code: string } }>) => {
  const { statusCode, json } = await reply;
  return statusCode < 300 ? 'done' : json().code;
};
/** Sets the second factor up; what the telephone shows from then on. */
const setUp = async (person: TestPerson) => {
  const begun = await person.send('POST', '/api/v1/account/second-factor', {});
  const totp = new TOTP({ secret: Secret.fromBase32(begun.json<{ secret: string }>().secret) });
  const code = () => totp.generate({ timestamp: server.clock.now() });
  expect(await codeOf(person.send('PUT', '/api/v1/account/second-factor', { code: code() }))).toBe('done');
  server.clock.advance(60_000);
  return code;
};
const redeem = (url: string, code?: string) =>
  codeOf(
    post('/api/v1/sign-in-link-redemptions', {
      token: url.slice(url.indexOf('=') + 1),
      ...(code === undefined ? {} : { code }),
    }),
  );

describe('whoever signs in by password in a role that needs a second factor', () => {
  it.each<Role>(['administrator', 'quality'])('as %s, can do nothing before it is set up', async (role) => {
    await withPassword(role);
    const person = await signIn();
    const session = (await person.get('/api/v1/session')).json<{
      mustSetSecondFactor: boolean;
      services: unknown[];
      permissions: unknown[];
    }>();
    expect(session).toMatchObject({ mustSetSecondFactor: true, services: [], permissions: [] });
    for (const url of ['/api/v1/scores/overview', '/api/v1/verbatims', '/api/v1/sessions', '/api/v1/fleet'])
      expect(await codeOf(person.get(url))).toBe('second-factor-required');
    expect(await codeOf(person.send('PUT', '/api/v1/account', { name: 'X', email: EMAIL }))).toBe(
      'second-factor-required',
    );
    const code = await setUp(person);
    expect(await codeOf(person.get('/api/v1/scores/overview'))).toBe('done');
    expect(await codeOf(person.send('DELETE', '/api/v1/session'))).toBe('done');
    expect(await codeOf((await signIn(code())).get('/api/v1/scores/overview'))).toBe('done');
  });

  it('is let in as before in another role, by a link, or where no role needs it', async () => {
    await withPassword('referent');
    expect(await codeOf((await signIn()).get('/api/v1/scores/overview'))).toBe('done');
    await server.close();
    server = await openTestApp({ secondFactorRoles: [] });
    const byLink = await withPassword('administrator');
    expect(await codeOf((await signIn()).get('/api/v1/scores/overview'))).toBe('done');
    expect(await codeOf(byLink.get('/api/v1/scores/overview'))).toBe('done');
  });
});

describe('a link', () => {
  it('that was sent asks for the code where one is set up, and is spent by the right one alone', async () => {
    const code = await setUp(await withPassword('administrator'));
    const person = await personByEmail(server.deps.store.db, EMAIL);
    if (person === null) throw new Error('Nobody has this address.');
    const url = await linkFor(server.deps, person, 60_000);
    expect(await redeem(url)).toBe('second-factor-needed');
    expect(await redeem(url, '000000')).toBe('second-factor-wrong');
    expect(await redeem(url, code())).toBe('done');
    expect(await redeem(url, code())).toBe('link-unknown');
  });

  it('is guessed with five codes in a quarter of an hour', async () => {
    const code = await setUp(await withPassword('administrator'));
    const person = await personByEmail(server.deps.store.db, EMAIL);
    if (person === null) throw new Error('Nobody has this address.');
    const url = await linkFor(server.deps, person, 3_600_000);
    for (let guess = 0; guess < 5; guess += 1)
      expect(await redeem(url, '000000')).toBe('second-factor-wrong');
    expect(await redeem(url, code())).toBe('too-many-requests');
  });

  it('of the machine lets in without it, and takes it away for whoever has lost it', async () => {
    const before = await withPassword('administrator');
    await setUp(before);
    expect(await codeOf(before.send('POST', '/api/v1/account/second-factor/removal', {}))).toBe(
      'second-factor-wrong',
    );
    const { url } = await createSignInLink(server.deps, { email: EMAIL });
    const reply = await post('/api/v1/sign-in-link-redemptions', { token: url.slice(url.indexOf('=') + 1) });
    const person = personWith(server.app, String(reply.headers['set-cookie']).split(';', 1)[0] ?? '');
    expect(await codeOf(person.get('/api/v1/scores/overview'))).toBe('done');
    expect(await codeOf(person.send('POST', '/api/v1/account/second-factor/removal', {}))).toBe('done');
  });
});
