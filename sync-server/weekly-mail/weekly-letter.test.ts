import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Overview } from '../../protocol/scores.ts';
import { type Mailer, openMailer } from '../mail/send-mail.ts';
import { openMailServer, type TestMailServer } from '../mail/test-mail-server.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { personByEmail } from '../people/people.ts';
import { SESSION_COOKIE } from '../people/session-cookie.ts';
import { openSession } from '../people/sessions.ts';
import { asPerson, OWN_PAGE, personWith, type TestPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';
import { sendDueLetters, type WeeklyPorts } from './send-weekly.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';
const CLAIRE = 'claire.martin@ville.example';
const HOUR_MS = 3_600_000;

let server: TestApp;
let mail: TestMailServer;
let mailer: Mailer;
let ports: WeeklyPorts;
beforeEach(async () => {
  mail = await openMailServer();
  // Monday 23 November 2026, 6 o’clock at Libourne.
  server = await openTestApp({ mail: mail.config }, '2026-11-23T05:00:00.000Z');
  const opened = openMailer(mail.config);
  if (opened === null) throw new Error('No mailer was opened.');
  mailer = opened;
  ports = { ...server.deps, mailer, log: { error: () => undefined } };
  const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  await hall.receive(
    { day: '2026-11-10', levels: { 'very-satisfied': 90, 'very-dissatisfied': 2 } },
    {
      day: '2026-11-18',
      levels: { 'very-satisfied': 24, 'fairly-satisfied': 10, 'very-dissatisfied': 13 },
      texts: ['<script>alert(1)</script>', 'merci'],
    },
  );
  const desk = await openReception(server, CCAS, 'accueil-ccas');
  await desk.receive({ day: '2026-11-18', levels: { 'very-satisfied': 3 } });
  await asPerson(server, [VILLE], CLAIRE);
});
afterEach(async () => {
  mailer.close();
  await server.close();
  await mail.close();
});

const at = async (hours: number) => {
  server.clock.nowMs = Date.parse('2026-11-23T00:00:00+01:00') + hours * HOUR_MS;
  await sendDueLetters(ports);
};
/** Claire signed in just now: hours pass in these tests, and sessions with them. */
const claire = async (): Promise<TestPerson> => {
  const person = await personByEmail(server.deps.store.db, CLAIRE);
  if (person === null) throw new Error('Claire has no account.');
  const { token } = await openSession(server.deps, person, { device: 'Firefox, Linux', way: 'link' });
  return personWith(server.app, `${SESSION_COOKIE}=${token}`);
};
const pathOf = (url: string) => url.slice(url.indexOf('/desabonnement'));

describe('the letter of Monday', () => {
  it('leaves at 7 of the site, and once, however often and by however many it is looked at', async () => {
    await at(6.9);
    expect(mail.letters).toEqual([]);
    await Promise.all([at(7), at(7)]);
    await at(8);
    await at(24 + 9);
    expect(mail.recipients).toEqual([CLAIRE]);
    expect(mail.letters).toHaveLength(1);
    // The week after has a letter of its own.
    await at(24 * 7 + 7);
    expect(mail.letters).toHaveLength(2);
    expect(mail.letters.map(({ subject }) => subject?.replaceAll('\u00a0', ' '))).toEqual([
      'Parvis, semaine 47 : signal en baisse : Accueil général',
      'Parvis, semaine 48 : aucune réponse',
    ]);
  });

  it('is not sent when the week is old', async () => {
    await at(24 * 2 + 1);
    expect(mail.letters).toEqual([]);
  });

  it('says what the weekly page says, in text and in HTML: figure, interval, base, signal, words, one thing to do', async () => {
    await at(7);
    const overview = (await (await claire()).get('/api/v1/scores/overview?period=2026-W47')).json<Overview>();
    const hall = overview.services.find(({ serviceId }) => serviceId === 'accueil-general');
    expect(hall?.figure).toMatchObject({ base: 47, verdict: 'not-reached' });
    const [letter] = mail.letters;
    const texts = [letter?.text ?? '', String(letter?.html).replaceAll(/<[^>]+>/g, ' ')].map((text) =>
      text.replaceAll(/\s+/g, ' '),
    );
    for (const text of texts) {
      expect(text).toContain(
        '72,3 % de satisfaits [58,2 – 83,1 %], 47 réponses exprimées : objectif de 90 % non atteint',
      );
      expect(text).toContain('Signal : en baisse');
      expect(text).toContain('2 suggestions à lire');
      expect(text).toContain('À faire : Cherchez ce qui a changé à « Accueil général »');
      expect(text).toContain('Répondants volontaires, non représentatif');
    }
    expect(letter?.html).not.toContain('<script>');
  });

  it('tells each of their own services alone', async () => {
    await asPerson(server, [CCAS], 'paul@ccas.example');
    await at(7);
    const of = (address: string) =>
      mail.letters.find(({ to }) => [to].flat().some((one) => one?.text === address))?.text ?? '';
    expect(of(CLAIRE)).not.toContain('CCAS');
    expect(of('paul@ccas.example')).toContain('3 réponses exprimées\u00a0: trop peu pour une part');
    expect(of('paul@ccas.example')).not.toContain('Médiathèque');
  });

  it('is not written to whoever has no account any more', async () => {
    await server.deps.store.db
      .updateTable('people')
      .set({ deactivated_at: '2026-11-01T00:00:00.000Z' })
      .where('email', '=', CLAIRE)
      .execute();
    await at(7);
    expect(mail.letters).toEqual([]);
  });

  it('is tried again where the mail server cannot take it now, and not where it never will', async () => {
    mail.refuseWith(451);
    await at(7);
    await at(7.2);
    expect(mail.letters).toEqual([]);
    mail.refuseWith(null);
    await at(7.4);
    await at(7.6);
    expect(mail.letters).toHaveLength(1);

    mail.refuseWith(550);
    await at(24 * 7 + 7);
    mail.refuseWith(null);
    await at(24 * 7 + 8);
    expect(mail.letters).toHaveLength(1);
  });

  it('is never sent a second time by a server that was killed while it was sent', async () => {
    const dying: Mailer = {
      ...mailer,
      send: async (letter) => {
        await mailer.send(letter);
        throw new Error('killed');
      },
    };
    await at(6);
    server.clock.nowMs += 2 * HOUR_MS;
    await sendDueLetters({ ...ports, mailer: dying });
    expect(mail.letters).toHaveLength(1);
    await at(9);
    expect(mail.letters).toHaveLength(1);
  });

  it('ends with one click, from the letter or from the mail program, and looking at the link ends nothing', async () => {
    await at(7);
    const [, url = ''] = /Ne plus la recevoir\u00a0: (\S+)/.exec(mail.letters[0]?.text ?? '') ?? [];
    const header = mail.letters[0]?.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line;
    expect(header).toContain('List-Unsubscribe=One-Click');
    const page = await server.app.inject(pathOf(url));
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('<form method="post">');
    expect((await (await claire()).get('/api/v1/weekly-letter')).json()).toEqual({
      isWanted: true,
      canBeSent: true,
    });

    const posted = await server.app.inject({
      method: 'POST',
      url: pathOf(url),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    });
    expect(posted.statusCode).toBe(200);
    await at(24 * 7 + 7);
    expect(mail.letters).toHaveLength(1);

    await (await claire()).send('PUT', '/api/v1/weekly-letter', { isWanted: true });
    await at(24 * 7 + 8);
    expect(mail.letters).toHaveLength(2);
  });

  it('takes no other’s name: a link that was altered opens nothing', async () => {
    await at(7);
    const [, url = ''] = /Ne plus la recevoir\u00a0: (\S+)/.exec(mail.letters[0]?.text ?? '') ?? [];
    for (const altered of [
      `${url}x`,
      url.replace('jeton=', 'jeton=A'),
      url.slice(0, url.indexOf('?')),
      '/desabonnement?jeton=.',
    ])
      for (const method of ['GET', 'POST'] as const)
        expect((await server.app.inject({ method, url: pathOf(altered) })).statusCode, altered).toBe(404);
  });

  it('is shown to its reader before it leaves, and runs nothing', async () => {
    const preview = await (await claire()).get('/api/v1/weekly-letter/preview.html');
    expect(preview.statusCode).toBe(200);
    expect(preview.headers['content-security-policy']).toContain('sandbox');
    expect(preview.headers['content-security-policy']).not.toContain('script-src');
    expect(preview.body).toContain('<h1');
    expect(preview.body).toContain('Accueil général');
    expect(
      (await server.app.inject({ url: '/api/v1/weekly-letter/preview.html', headers: OWN_PAGE })).statusCode,
    ).toBe(401);
    expect((await (await claire()).get('/api/v1/weekly-letter/preview.txt')).body).toContain(
      'Semaine 47, du 16 novembre 2026',
    );
  });
});
