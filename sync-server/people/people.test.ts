import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionSchema } from '../../protocol/people.ts';
import * as v from 'valibot';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, OWN_PAGE, personWith } from '../test-person.ts';
import { FRESH_LINK_MS } from './proofs.ts';
import { TRIES_PER_ADDRESS } from './sign-in.ts';
import { createSignInLink, LINK_LIFETIME_MS } from './sign-in-links.ts';

const EMAIL = 'qualite@libourne.example';
const PASSWORD = 'une phrase assez longue';
const MINUTE_MS = 60_000;

let server: TestApp;
beforeEach(async () => {
  server = await openTestApp();
});
afterEach(async () => server.close());

const linkToken = async (email = EMAIL) => {
  const { url } = await createSignInLink(server.deps, { email });
  return url.slice(url.indexOf('#link=') + '#link='.length);
};
const redeem = (token: string, headers: Record<string, string> = {}) =>
  server.app.inject({
    method: 'POST',
    url: '/api/v1/sign-in-link-redemptions',
    headers: { ...OWN_PAGE, ...headers },
    payload: { token },
  });
const signIn = (email: string, password: string, headers: Record<string, string> = {}) =>
  server.app.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    headers: { ...OWN_PAGE, ...headers },
    payload: { email, password },
  });
const cookieOf = (reply: { headers: Record<string, unknown> }) =>
  String(reply.headers['set-cookie']).split(';', 1)[0] ?? '';
const signedIn = async (email = EMAIL) =>
  personWith(server.app, cookieOf(await redeem(await linkToken(email))));
const withPassword = async () => {
  const person = await signedIn();
  const reply = await person.send('PUT', '/api/v1/account', {
    name: 'Mission qualité',
    email: EMAIL,
    newPassword: PASSWORD,
  });
  expect(reply.statusCode).toBe(200);
  return person;
};

describe('a sign-in link', () => {
  it('makes the account, shows every organisation, and gives a cookie no script can read', async () => {
    const reply = await redeem(await linkToken());
    expect(reply.statusCode).toBe(201);
    const session = v.parse(sessionSchema, reply.json());
    expect(session.person).toMatchObject({ name: 'qualite', email: EMAIL, hasPassword: false });
    expect(new Set(session.services.map((service) => service.organisationId)).size).toBe(2);
    expect(session).toMatchObject({ timeZone: 'Europe/Paris', today: '2026-11-23', firstAnswerOn: null });
    const attributes = String(reply.headers['set-cookie']).split('; ').slice(1).toSorted();
    expect(attributes).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
    expect(cookieOf(reply)).toMatch(/^__Host-parvis=ville-de-libourne\.[\w-]{43}$/);
  });

  it('works once, for an hour', async () => {
    const token = await linkToken();
    const [first, second] = await Promise.all([redeem(token), redeem(token)]);
    expect([first.statusCode, second.statusCode].toSorted((a, b) => a - b)).toEqual([201, 404]);
    const late = await linkToken();
    server.clock.advance(LINK_LIFETIME_MS);
    const refused = await redeem(late);
    expect(refused.json()).toMatchObject({ code: 'link-unknown' });
    expect((await redeem('nonsense')).json()).toMatchObject({ code: 'link-unknown' });
  });

  it('is not spent where the browser would drop the cookie', async () => {
    const token = await linkToken();
    const from = async (origin: string) =>
      redeem(token, { origin, host: new URL(origin).host, 'sec-fetch-site': 'same-origin' });
    expect((await from('http://192.0.2.7:8080')).json()).toMatchObject({ code: 'origin-refused' });
    expect((await from('http://parvis.libourne.example')).json()).toMatchObject({ code: 'origin-refused' });
    expect((await from('https://parvis.libourne.example')).statusCode).toBe(201);
    for (const origin of ['http://127.0.0.1:1', 'http://[::1]:1', 'http://admin.localhost:1'])
      expect((await from(origin)).json()).toMatchObject({ code: 'link-unknown' });
  });

  it('is tried at most fifty times in a quarter of an hour from one address', async () => {
    for (let guess = 0; guess < TRIES_PER_ADDRESS; guess += 1)
      expect((await redeem('nonsense')).statusCode).toBe(404);
    expect((await redeem(await linkToken())).json()).toMatchObject({ code: 'too-many-requests' });
    server.clock.advance(15 * MINUTE_MS);
    expect((await redeem(await linkToken())).statusCode).toBe(201);
  });

  it('keeps neither its own token nor a session’s', async () => {
    const token = await linkToken();
    const cookie = cookieOf(await redeem(token));
    const rows = JSON.stringify([
      await server.deps.store.db.selectFrom('sign_in_links').selectAll().execute(),
      await server.deps.store.db.selectFrom('sessions').selectAll().execute(),
    ]);
    expect(rows).not.toContain(token.split('.').at(-1));
    expect(rows).not.toContain(cookie.split('.').at(-1));
  });

  it('leaves the rights of an account as they are', async () => {
    await asPerson(server);
    await asPerson(server, ['ccas-de-libourne'], 'ccas@libourne.example');
    const person = await signedIn('CCAS@libourne.example');
    const { services } = v.parse(sessionSchema, (await person.get('/api/v1/session')).json());
    expect(new Set(services.map((service) => service.organisationId))).toEqual(new Set(['ccas-de-libourne']));
  });
});

describe('a session', () => {
  it('slides for half an hour at a time and ends after twelve', async () => {
    const person = await signedIn();
    for (let passed = 0; passed < 11 * 60; passed += 29) {
      server.clock.advance(29 * MINUTE_MS);
      expect((await person.get('/api/v1/session')).statusCode).toBe(200);
    }
    server.clock.advance(29 * MINUTE_MS);
    expect((await person.get('/api/v1/session')).statusCode).toBe(200);
    server.clock.advance(29 * MINUTE_MS);
    expect((await person.get('/api/v1/session')).json()).toMatchObject({ code: 'not-signed-in' });
  });

  it('ends after half an hour without a request', async () => {
    const person = await signedIn();
    server.clock.advance(30 * MINUTE_MS - 1);
    expect((await person.get('/api/v1/session')).statusCode).toBe(200);
    server.clock.advance(30 * MINUTE_MS);
    expect((await person.get('/api/v1/session')).statusCode).toBe(401);
  });

  it('writes a sign of life at most once a minute', async () => {
    const person = await signedIn();
    const lastSeen = async () =>
      (await server.deps.store.db.selectFrom('sessions').select('last_seen_at').executeTakeFirstOrThrow())
        .last_seen_at;
    const opened = await lastSeen();
    server.clock.advance(59_000);
    await person.get('/api/v1/session');
    expect(await lastSeen()).toBe(opened);
    server.clock.advance(1_000);
    await person.get('/api/v1/session');
    expect(await lastSeen()).not.toBe(opened);
  });

  it('gets a new name at sign-in, and the one presented is ended', async () => {
    const first = await signedIn();
    const reply = await redeem(await linkToken(), { cookie: first.cookie });
    expect(cookieOf(reply)).not.toBe(first.cookie);
    expect((await first.get('/api/v1/session')).statusCode).toBe(401);
    const planted = '__Host-parvis=ville-de-libourne.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    const other = await redeem(await linkToken(), { cookie: planted });
    expect(cookieOf(other)).not.toBe(planted);
    expect((await personWith(server.app, planted).get('/api/v1/session')).statusCode).toBe(401);
  });

  it('ends at sign-out, and the browser is told to forget it', async () => {
    const person = await signedIn();
    const reply = await person.send('DELETE', '/api/v1/session');
    expect(reply.statusCode).toBe(204);
    expect(reply.headers['set-cookie']).toContain('Max-Age=0');
    expect((await person.get('/api/v1/session')).statusCode).toBe(401);
  });
});

describe('a password', () => {
  it('signs in, whatever the case of the e-mail', async () => {
    await withPassword();
    const reply = await signIn('Qualite@Libourne.Example ', PASSWORD);
    expect(reply.statusCode).toBe(201);
    expect(reply.json()).toMatchObject({ person: { name: 'Mission qualité', hasPassword: true } });
    const { password_hash: hash } = await server.deps.store.db
      .selectFrom('people')
      .select('password_hash')
      .executeTakeFirstOrThrow();
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('is the same whichever way its accents are typed', async () => {
    const person = await signedIn();
    const change = { name: 'Q', email: EMAIL, newPassword: 'l’été à Libourne'.normalize('NFC') };
    expect((await person.send('PUT', '/api/v1/account', change)).statusCode).toBe(200);
    expect((await signIn(EMAIL, 'l’été à Libourne'.normalize('NFD'))).statusCode).toBe(201);
  });

  it('fails with one answer, for whatever reason', async () => {
    await withPassword();
    await linkToken('nopassword@libourne.example');
    const replies = await Promise.all([
      signIn(EMAIL, 'wrong'),
      signIn('nobody@libourne.example', PASSWORD),
      signIn('nopassword@libourne.example', ''),
    ]);
    expect(new Set(replies.map((reply) => reply.body)).size).toBe(1);
    expect(replies[0]?.json()).toMatchObject({ code: 'wrong-credentials', status: 401 });
  });

  it('takes as long for nobody as for somebody', async () => {
    await withPassword();
    const timed = async (email: string) => {
      const start = performance.now();
      await signIn(email, 'wrong');
      return performance.now() - start;
    };
    await timed('warm-up@libourne.example');
    const somebody = [await timed(EMAIL), await timed(EMAIL), await timed(EMAIL)];
    const nobody = [await timed('a@x.example'), await timed('b@x.example'), await timed('c@x.example')];
    // A reply without a hash takes 1 ms, one with a hash at least 15.
    expect(Math.min(...nobody)).toBeGreaterThan(Math.min(...somebody) / 3);
  });

  it('is guessed at most five times in a quarter of an hour', async () => {
    await withPassword();
    for (let guess = 0; guess < 5; guess += 1) expect((await signIn(EMAIL, 'wrong')).statusCode).toBe(401);
    const stopped = await signIn(EMAIL, PASSWORD);
    expect(stopped.json()).toMatchObject({ code: 'too-many-requests' });
    expect(stopped.headers['retry-after']).toBe(String(15 * 60));
    expect((await signIn('someone-else@x.example', 'wrong')).statusCode).toBe(401);
    server.clock.advance(15 * MINUTE_MS);
    expect((await signIn(EMAIL, PASSWORD)).statusCode).toBe(201);
  });

  it('may be guessed no more often by asking all at once', async () => {
    await withPassword();
    const replies = await Promise.all(Array.from({ length: 12 }, () => signIn(EMAIL, 'wrong')));
    expect(replies.filter((reply) => reply.statusCode === 401)).toHaveLength(5);
  });

  it('that is changed ends the other sessions and needs the current one', async () => {
    const here = await withPassword();
    const elsewhere = personWith(server.app, cookieOf(await signIn(EMAIL, PASSWORD)));
    // A link of the machine is there for a forgotten password too, but not for long.
    server.clock.advance(FRESH_LINK_MS);
    const change = { name: 'Q', email: EMAIL, newPassword: 'une autre phrase longue' };
    const refused = await here.send('PUT', '/api/v1/account', change);
    expect(refused.json()).toMatchObject({ code: 'unprocessable', errors: [{ field: 'currentPassword' }] });
    const wrong = await here.send('PUT', '/api/v1/account', { ...change, currentPassword: 'wrong' });
    expect(wrong.statusCode).toBe(422);
    const open = await linkToken();
    const done = await here.send('PUT', '/api/v1/account', { ...change, currentPassword: PASSWORD });
    expect(done.statusCode).toBe(200);
    expect((await here.get('/api/v1/session')).statusCode).toBe(200);
    expect((await elsewhere.get('/api/v1/session')).statusCode).toBe(401);
    expect((await redeem(open)).statusCode).toBe(404);
    expect((await signIn(EMAIL, PASSWORD)).statusCode).toBe(401);
  });

  it('that would be guessed at once is refused, and so is another’s e-mail', async () => {
    await linkToken('other@libourne.example');
    const person = await signedIn();
    const field = async (change: object) =>
      (await person.send('PUT', '/api/v1/account', { name: 'Q', email: EMAIL, ...change })).json<{
        errors: { field: string }[];
      }>().errors[0]?.field;
    expect(await field({ newPassword: 'aaaaaaaaaaaaaa' })).toBe('newPassword');
    expect(await field({ newPassword: 'short' })).toBe('newPassword');
    expect(await field({ newPassword: EMAIL })).toBe('newPassword');
    expect(await field({ email: 'Other@libourne.example' })).toBe('email');
    expect(await field({ email: 'nonsense' })).toBe('email');
  });
});
