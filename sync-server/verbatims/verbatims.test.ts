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
const search = async (words: string) => textsOf(await list(`search=${encodeURIComponent(words)}`));
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

  it('finds words whatever their case and accents, each of them, and takes no sign for a joker', async () => {
    await receive(
      '2026-11-18',
      'L’ACCUEIL était chaleureux, 100 % parfait',
      'Attente trop longue à l’accueil',
      'a_b\\c',
    );
    expect(await search('ACCUEIL')).toHaveLength(2);
    expect(await search('etait')).toHaveLength(1);
    expect(await search('accueil  ATTENTE')).toEqual(['Attente trop longue à l’accueil']);
    expect(await search('100 %')).toHaveLength(1);
    expect(await search('%')).toHaveLength(1);
    expect(await search('a_b')).toHaveLength(1);
    expect(await search('a%c')).toHaveLength(0);
    expect(await search('\\c')).toHaveLength(1);
    await receive('2026-11-19', 'Un grand merci de tout cœur à l’équipe');
    expect(await search("COEUR l'equipe")).toHaveLength(1);
    expect(await search("' or 1=1 --")).toHaveLength(0);
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
    for (const cursor of ['x', 'W10', Buffer.from('["2026-11-01","xx","y","z"]').toString('base64url')])
      expect((await person.get(`/api/v1/verbatims?cursor=${cursor}`)).json(), cursor).toMatchObject({
        code: 'unprocessable',
        errors: [{ field: 'cursor' }],
      });
  });
});

describe('a change', () => {
  it('marks as read with who and when; the first to read stays the reader', async () => {
    await receive('2026-11-18', 'bonjour');
    expect((await change('bonjour', { change: 'mark-read' })).statusCode).toBe(204);
    const other = await asPerson(server, undefined, 'autre@libourne.example');
    server.clock.advance(60_000);
    expect((await change('bonjour', { change: 'mark-read' }, other)).statusCode).toBe(204);
    const [read] = (await list('state=read')).verbatims;
    expect(read).toMatchObject({ readBy: 'lecteur', readAt: '2026-11-23T09:00:00.000Z' });
    expect((await list('state=unread')).verbatims).toEqual([]);
    await change('bonjour', { change: 'mark-unread' });
    expect(await list('state=unread')).toMatchObject({ total: 1, unreadCount: 1 });
  });

  it('hides with a reason, out of every list but that of the hidden', async () => {
    await receive('2026-11-18', 'Madame Untel est aimable', 'autre chose');
    const hide = { change: 'hide', reason: 'nomme un agent' };
    expect((await change('Madame Untel est aimable', { change: 'hide', reason: ' x ' })).statusCode).toBe(
      422,
    );
    expect((await change('Madame Untel est aimable', hide)).statusCode).toBe(204);
    expect(textsOf(await list())).toEqual(['autre chose']);
    expect(textsOf(await list('state=unread'))).toEqual(['autre chose']);
    expect(await list('search=untel')).toMatchObject({ total: 0, verbatims: [] });
    expect((await list('state=hidden')).verbatims).toMatchObject([
      { hidden: { by: 'lecteur', at: '2026-11-23T09:00:00.000Z', reason: 'nomme un agent' } },
    ]);
    expect((await change('Madame Untel est aimable', hide)).statusCode).toBe(204);
    const conflict = await change('Madame Untel est aimable', { change: 'hide', reason: 'injurieux' });
    expect(conflict.json()).toMatchObject({ code: 'conflict' });
    await change('Madame Untel est aimable', { change: 'show' });
    expect(textsOf(await list())).toHaveLength(2);
  });

  it('is not found outside the scope, nor for what is not there', async () => {
    await receive('2026-11-18', 'bonjour');
    const [verbatim] = (await list()).verbatims;
    const url = `/api/v1/verbatims/${VILLE}/${verbatim?.responseId}`;
    const stranger = await asPerson(server, [CCAS]);
    expect((await stranger.send('PATCH', url, { change: 'mark-read' })).statusCode).toBe(404);
    const elsewhere = `/api/v1/verbatims/${CCAS}/${verbatim?.responseId}`;
    expect((await person.send('PATCH', elsewhere, { change: 'mark-read' })).statusCode).toBe(404);
    expect((await person.send('PATCH', `/api/v1/verbatims/${VILLE}/x`, { change: 'show' })).statusCode).toBe(
      404,
    );
    expect((await person.send('PATCH', url, { change: 'erase' })).statusCode).toBe(422);
    expect((await list()).unreadCount).toBe(1);
  });
});
