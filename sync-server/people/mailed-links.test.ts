import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { sessionListSchema } from '../../protocol/people.ts';
import { openMailServer, type TestMailServer } from '../mail/test-mail-server.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, OWN_PAGE, personWith } from '../test-person.ts';
import { ASKED_LINK_MINUTES, LETTERS_PER_ADDRESS } from './link-routes.ts';

const VILLE = 'ville-de-libourne';
const EMAIL = 'claire.martin@ville.example';
const MINUTE_MS = 60_000;

let mail: TestMailServer;
let server: TestApp;
beforeEach(async () => {
  mail = await openMailServer();
  server = await openTestApp({ mail: mail.config });
});
afterEach(async () => {
  await server.close();
  await mail.close();
});

const ask = (email: string, headers: Record<string, string> = OWN_PAGE) =>
  server.app.inject({ method: 'POST', url: '/api/v1/sign-in-links', headers, payload: { email } });
const redeem = (token: string, userAgent = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko Firefox/140.0') =>
  server.app.inject({
    method: 'POST',
    url: '/api/v1/sign-in-link-redemptions',
    headers: { ...OWN_PAGE, 'user-agent': userAgent },
    payload: { token },
  });
const tokenOf = async (index: number) => {
  await expect.poll(() => mail.letters.length).toBeGreaterThan(index);
  return /#link=(\S+)/.exec(mail.letters[index]?.text ?? '')?.[1] ?? '';
};
const cookieOf = (reply: { headers: Record<string, unknown> }) =>
  String(reply.headers['set-cookie']).split(';', 1)[0] ?? '';

describe('a link by e-mail', () => {
  it('opens the account once, within twenty minutes', async () => {
    await asPerson(server, [VILLE], EMAIL);
    expect((await ask(' Claire.Martin@ville.example ')).statusCode).toBe(202);
    const token = await tokenOf(0);
    expect(mail.recipients).toEqual([EMAIL]);
    expect((await redeem(token)).json()).toMatchObject({ person: { email: EMAIL } });
    expect((await redeem(token)).statusCode).toBe(404);
    await ask(EMAIL);
    const late = await tokenOf(1);
    server.clock.advance(ASKED_LINK_MINUTES * MINUTE_MS);
    expect((await redeem(late)).statusCode).toBe(404);
  });

  it('is answered the same for nobody, for somebody, for somebody deactivated, and where the letter cannot leave', async () => {
    await asPerson(server, [VILLE], EMAIL);
    await asPerson(server, [VILLE], 'parti@ville.example');
    await server.deps.store.db
      .updateTable('people')
      .set({ deactivated_at: '2026-11-01T00:00:00.000Z' })
      .where('email', '=', 'parti@ville.example')
      .execute();
    const known = await ask(EMAIL);
    await tokenOf(0);
    mail.refuseWith(550);
    const replies = [
      known,
      await ask('nobody@ville.example'),
      await ask('parti@ville.example'),
      await ask(EMAIL),
      await ask('no address at all'),
    ].map(({ statusCode, body, headers: { date: _date, ...headers } }) => ({ statusCode, body, headers }));
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    // Asked for by all five; the other letters would have left by now.
    await expect.poll(() => mail.recipients.length).toBe(2);
    expect(mail.recipients).toEqual([EMAIL, EMAIL]);
    expect(mail.letters).toHaveLength(1);
  });

  it('fills no mailbox, and waits for a stranger’s address as it does for one that is known', async () => {
    await asPerson(server, [VILLE], EMAIL);
    for (const email of [EMAIL, 'nobody@ville.example']) {
      for (let time = 0; time < LETTERS_PER_ADDRESS; time += 1)
        expect((await ask(email)).statusCode).toBe(202);
      expect((await ask(email)).json()).toMatchObject({ code: 'too-many-requests' });
    }
    await tokenOf(LETTERS_PER_ADDRESS - 1);
    expect(mail.letters).toHaveLength(LETTERS_PER_ADDRESS);
  });

  it('is asked for by our own pages alone, and where no mail server is set the page is told so', async () => {
    expect(
      (await ask(EMAIL, { origin: 'https://evil.example', host: 'localhost:8080' })).json(),
    ).toMatchObject({ code: 'origin-refused' });
    const ways = await server.app.inject('/api/v1/sign-in-ways');
    expect(ways.json()).toEqual({ canMailLinks: true });
    const mute = await openTestApp();
    expect((await mute.app.inject('/api/v1/sign-in-ways')).json()).toEqual({ canMailLinks: false });
    const refused = await mute.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in-links',
      headers: OWN_PAGE,
      payload: { email: EMAIL },
    });
    expect(refused.json()).toMatchObject({ code: 'not-found' });
    await mute.close();
  });
});

describe('one’s own sessions', () => {
  const signIn = async (userAgent: string, index: number) => {
    await ask(EMAIL);
    return personWith(server.app, cookieOf(await redeem(await tokenOf(index), userAgent)));
  };
  const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const IPHONE =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile/15E148 Safari/604.1';

  it('are listed by device, and end one by one or all at once, with the links that are still open', async () => {
    await asPerson(server, [VILLE], EMAIL);
    await server.deps.store.db.deleteFrom('sessions').execute();
    const desk = await signIn(FIREFOX, 0);
    server.clock.advance(MINUTE_MS);
    const phone = await signIn(IPHONE, 1);
    const list = async () => v.parse(sessionListSchema, (await desk.get('/api/v1/sessions')).json()).sessions;
    const told = await list();
    expect(new Set(told.map(({ device, isCurrent }) => `${device} ${isCurrent}`))).toEqual(
      new Set(['Safari, iPhone false', 'Firefox, Windows true']),
    );
    const other = told.find(({ isCurrent }) => !isCurrent);
    const stranger = await asPerson(server, [VILLE]);
    const end = `/api/v1/sessions/${other?.sessionId}`;
    expect((await stranger.send('DELETE', end)).statusCode).toBe(404);
    expect((await phone.get('/api/v1/session')).statusCode).toBe(200);
    expect((await desk.send('DELETE', end)).statusCode).toBe(204);
    expect((await phone.get('/api/v1/session')).statusCode).toBe(401);
    expect(await list()).toHaveLength(1);
    await ask(EMAIL);
    const open = await tokenOf(2);
    const everywhere = await desk.send('DELETE', '/api/v1/sessions');
    expect([everywhere.statusCode, everywhere.headers['set-cookie']]).toEqual([
      204,
      expect.stringContaining('Max-Age=0'),
    ]);
    expect((await desk.get('/api/v1/session')).statusCode).toBe(401);
    expect((await redeem(open)).statusCode).toBe(404);
    expect((await stranger.get('/api/v1/session')).statusCode).toBe(200);
  });
});
