import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type VerbatimPage, verbatimPageSchema } from '../../protocol/verbatims.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';
import { openReception, type TestReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';

let server: TestApp;
let hall: TestReception;
let person: TestPerson;
beforeEach(async () => {
  server = await openTestApp();
  hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  person = await asPerson(server, undefined, 'lecteur@libourne.example');
});
afterEach(async () => server.close());

const list = async (query = '', who = person): Promise<VerbatimPage> => {
  const reply = await who.get(`/api/v1/verbatims?${query}`);
  expect(reply.statusCode, reply.body).toBe(200);
  return v.parse(verbatimPageSchema, reply.json());
};
const textsOf = (page: VerbatimPage) => page.verbatims.map((verbatim) => verbatim.text);
const receive = (day: string, ...texts: string[]) => hall.receive({ day, texts });
const change = async (text: string, wanted: object, who = person) => {
  const all = [...(await list()).verbatims, ...(await list('state=hidden')).verbatims];
  const found = all.find((verbatim) => verbatim.text === text);
  return who.send('PATCH', `/api/v1/verbatims/${found?.organisationId}/${found?.responseId}`, wanted);
};

describe('the list', () => {
  it('shows texts exactly as they were written, newest first, morning after afternoon', async () => {
    const hostile = '<script>alert(1)</script>\n=1+1 \u202Eabc Élève « À bientôt » 😀';
    await receive('2026-11-18', hostile);
    await hall.receive(
      { day: '2026-11-20', hour: 14, texts: ['après-midi'] },
      { day: '2026-11-20', hour: 9, texts: ['matin'] },
    );
    const page = await list();
    expect(textsOf(page)).toEqual(['après-midi', 'matin', hostile]);
    expect(page.verbatims[0]).toMatchObject({
      serviceName: 'Accueil général',
      siteName: 'Hôtel de Ville',
      localDate: '2026-11-20',
      halfDay: 'pm',
      readAt: null,
      hidden: null,
    });
    // On a small base the text and the rating together would name somebody.
    expect(JSON.stringify(page)).not.toContain('satisfied');
  });

  it('tells what the tablet found personal in a text, and its visitor left there', async () => {
    await receive('2026-11-18', 'Mme Martin', 'anonyme');
    await server.deps.store.db
      .updateTable('responses')
      .set({ flags: JSON.stringify(['speeding', 'personal-data-name', 'personal-data-telephone']) })
      .where('response_id', 'in', (query) =>
        query.selectFrom('verbatims').select('response_id').where('text', '=', 'Mme Martin'),
      )
      .execute();
    const page = await list();
    expect(Object.fromEntries(page.verbatims.map(({ text, personalData }) => [text, personalData]))).toEqual({
      'Mme Martin': ['telephone', 'name'],
      anonyme: [],
    });
  });

  it('narrows by period, organisation and service', async () => {
    const social = await openReception(server, CCAS, 'accueil-social-ccas');
    await receive('2026-11-18', 'ville');
    await social.receive({ day: '2026-11-09', texts: ['ccas'] });
    expect(textsOf(await list('period=2026-W47'))).toEqual(['ville']);
    expect(textsOf(await list('period=2026-11'))).toEqual(['ville', 'ccas']);
    expect(textsOf(await list(`organisation=${CCAS}&service=ccas-accueil-social`))).toEqual(['ccas']);
    expect(textsOf(await list('', await asPerson(server, [CCAS])))).toEqual(['ccas']);
    expect(textsOf(await list(`organisation=${VILLE}`, await asPerson(server, [CCAS])))).toEqual([]);
  });

  it('comes by pages of fifty that neither skip nor repeat while texts arrive', async () => {
    for (let day = 2; day <= 21; day += 1)
      await receive(
        `2026-11-${String(day).padStart(2, '0')}`,
        ...Array.from({ length: 6 }, (_, index) => `${day} ${index}`),
      );
    const first = await list();
    expect(first).toMatchObject({ total: 120, unreadCount: 120 });
    expect(first.verbatims).toHaveLength(50);
    await receive('2026-11-22', 'arrived meanwhile');
    const second = await list(`cursor=${first.nextCursor}`);
    const third = await list(`cursor=${second.nextCursor}`);
    expect(third.nextCursor).toBeNull();
    const read = [first, second, third].flatMap(textsOf);
    expect(new Set(read).size).toBe(120);
    expect(read).toHaveLength(120);
    for (const cursor of ['x', 'W10', Buffer.from('[-1,"y","z"]').toString('base64url')])
      expect((await person.get(`/api/v1/verbatims?cursor=${cursor}`)).json(), cursor).toMatchObject({
        code: 'unprocessable',
        errors: [{ field: 'cursor' }],
      });
  });
});

describe('a change', () => {
  it('marks as read with who and when; the first to read stays the reader', async () => {
    await receive('2026-11-18', 'bonjour');
    expect((await change('bonjour', { change: 'mark-read' })).statusCode).toBe(200);
    const other = await asPerson(server, undefined, 'autre@libourne.example');
    server.clock.advance(60_000);
    expect((await change('bonjour', { change: 'mark-read' }, other)).statusCode).toBe(200);
    const [read] = (await list('state=read')).verbatims;
    expect(read).toMatchObject({ readBy: 'lecteur', readAt: '2026-11-23T09:00:00.000Z' });
    expect((await list('state=unread')).verbatims).toEqual([]);
    await change('bonjour', { change: 'mark-unread' });
    expect(await list('state=unread')).toMatchObject({ total: 1, unreadCount: 1 });
  });

  it('is not found outside the scope, nor for what is not there', async () => {
    await receive('2026-11-18', 'bonjour');
    const [verbatim] = (await list()).verbatims;
    const url = `/api/v1/verbatims/${VILLE}/${verbatim?.responseId}`;
    const stranger = await asPerson(server, [CCAS]);
    expect((await stranger.send('PATCH', url, { change: 'mark-read' })).statusCode).toBe(404);
    const elsewhere = `/api/v1/verbatims/${CCAS}/${verbatim?.responseId}`;
    expect((await person.send('PATCH', elsewhere, { change: 'mark-read' })).statusCode).toBe(404);
    const nowhere = `/api/v1/verbatims/${VILLE}/x`;
    expect((await person.send('PATCH', nowhere, { change: 'mark-read' })).statusCode).toBe(404);
    expect((await person.send('PATCH', url, { change: 'erase' })).statusCode).toBe(422);
    expect((await list()).unreadCount).toBe(1);
  });
});
