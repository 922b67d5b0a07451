import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Mailer, openMailer } from './send-mail.ts';
import { openMailServer, type TestMailServer } from './test-mail-server.ts';

const ACCOUNT = { user: 'parvis', password: 's3cret' };
const LETTER = {
  to: 'claire.martin@ville.example',
  subject: 'Votre lien de connexion à Parvis',
  text: 'Bonjour,\n\nÀ bientôt.\n',
};
let server: TestMailServer;
let mailer: Mailer;
beforeEach(async () => {
  server = await openMailServer(ACCOUNT);
  const opened = openMailer(server.config);
  if (opened === null) throw new Error('No mailer was opened.');
  mailer = opened;
});
afterEach(async () => {
  mailer.close();
  await server.close();
});

it('hands a letter to the mail server, accents and all, to one person', async () => {
  const sent = await mailer.send({
    ...LETTER,
    html: '<p>Bonjour</p>',
    unsubscribeUrl: 'https://qualite.ville.example/desabonnement',
    messageId: '<2026-W48.1@parvis>',
  });
  expect(sent).toEqual({ ok: true, value: undefined });
  expect(server.letters).toHaveLength(1);
  const [letter] = server.letters;
  expect(letter).toMatchObject({
    subject: LETTER.subject,
    text: LETTER.text,
    html: '<p>Bonjour</p>',
    messageId: '<2026-W48.1@parvis>',
  });
  expect(letter?.from?.text).toContain('parvis@ville.example');
  expect([letter?.to].flat().map((to) => to?.text)).toEqual([LETTER.to]);
  expect(letter?.headers.get('auto-submitted')).toBe('auto-generated');
  expect(letter?.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line).toContain(
    'https://qualite.ville.example/desabonnement',
  );
});

it('tells what may be tried again from what will be refused again', async () => {
  server.refuseWith(451);
  expect(await mailer.send(LETTER)).toMatchObject({ ok: false, error: { kind: 'later' } });
  server.refuseWith(550);
  expect(await mailer.send(LETTER)).toMatchObject({ ok: false, error: { kind: 'never' } });
  server.refuseWith(null);
  expect((await mailer.send(LETTER)).ok).toBe(true);
  expect(server.letters).toHaveLength(1);
});

it('asks to try later where the account is wrong or nobody listens, and gives the password away in neither', async () => {
  const wrong = openMailer({ ...server.config, smtpUrl: server.config.smtpUrl.replace('s3cret', 'w0rse') });
  const refused = await wrong?.send(LETTER);
  expect(refused).toMatchObject({ ok: false, error: { kind: 'later', detail: 'EAUTH 535' } });
  wrong?.close();
  await server.close();
  const absent = await mailer.send(LETTER);
  expect(absent).toMatchObject({ ok: false, error: { kind: 'later' } });
  expect(JSON.stringify([refused, absent])).not.toMatch(/s3cret|w0rse/);
});

it('writes to nobody else, whatever the address or the subject pretends', async () => {
  await mailer.send({ ...LETTER, to: 'a@ville.example, b@ailleurs.example' });
  await mailer.send({ ...LETTER, to: 'a@ville.example>\r\nRCPT TO:<b@ailleurs.example' });
  await mailer.send({ ...LETTER, subject: 'Bonjour\r\nBcc: b@ailleurs.example' });
  expect(server.recipients).not.toContain('b@ailleurs.example');
  expect(server.recipients).toContain(LETTER.to);
  expect(server.letters.map(({ bcc, cc }) => bcc ?? cc)).toEqual(server.letters.map(() => undefined));
});

it('is none where no mail server is set', () => {
  expect(openMailer(null)).toBeNull();
});
