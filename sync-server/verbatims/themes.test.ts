import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SurveyVersion, verbatimItemOf } from '../../domain/survey.ts';
import type { ThemeList, ThemePreview, ThemeTrend } from '../../protocol/themes.ts';
import type { VerbatimPage } from '../../protocol/verbatims.ts';
import { eraseResponse } from '../retention/erase-response.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, asPersonWith, type TestPerson } from '../test-person.ts';
import { openReception, type TestReception } from '../test-reception.ts';
import { applyThemes } from './apply-themes.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';
const LIST = `/api/v1/themes/${VILLE}`;
const ATTENTE = { themeId: 'attente', name: 'L’attente', words: ['attente', 'trop long'] };
const ACCUEIL = { themeId: 'accueil', name: 'L’accueil', words: ['aimable'] };

let server: TestApp;
let hall: TestReception;
let person: TestPerson;
beforeEach(async () => {
  server = await openTestApp();
  hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  person = await asPerson(server, undefined, 'claire@libourne.example');
});
afterEach(async () => server.close());

const list = async (query = ''): Promise<VerbatimPage> =>
  (await person.get(`/api/v1/verbatims?${query}`)).json<VerbatimPage>();
const themesOf = async (text: string) =>
  (await list()).verbatims
    .find((verbatim) => verbatim.text === text)
    ?.themes.map(({ themeId, word, by }) => [themeId, word, by]);
const put = async (version: number, themes: readonly object[], who = person) =>
  who.send('PUT', LIST, { version, themes });
const setTheme = async (text: string, themeId: string, isSet: boolean) => {
  const verbatim = (await list()).verbatims.find((one) => one.text === text);
  return person.send('PATCH', `/api/v1/verbatims/${VILLE}/${verbatim?.responseId}`, {
    change: 'set-theme',
    themeId,
    isSet,
  });
};

describe('the themes of a text', () => {
  it('are told by the words of the list, each with the word that told it', async () => {
    await hall.receive({ day: '2026-11-18', texts: ['Peu d’attente, agent aimable', 'Bonjour'] });
    expect(await applyThemes(server.deps.store)).toBe(2);
    expect(await themesOf('Peu d’attente, agent aimable')).toEqual([
      ['attente', 'attente', null],
      ['amabilite', 'aimable', null],
    ]);
    expect(await themesOf('Bonjour')).toEqual([]);
    expect((await list('theme=attente')).verbatims).toHaveLength(1);
    expect(await applyThemes(server.deps.store)).toBe(0);
  });

  it('are set and taken away by hand, which no list changes any more', async () => {
    await hall.receive({ day: '2026-11-18', texts: ['Peu d’attente', 'Bonjour'] });
    await applyThemes(server.deps.store);
    expect((await setTheme('Peu d’attente', 'attente', false)).statusCode).toBe(200);
    expect((await setTheme('Bonjour', 'locaux', true)).statusCode).toBe(200);
    expect((await setTheme('Bonjour', 'nulle-part', true)).statusCode).toBe(404);
    const words = { ...ATTENTE, words: ['attente', 'bonjour'] };
    const locaux = { themeId: 'locaux', name: 'Les locaux', words: ['bonjour'] };
    expect((await put(1, [words, locaux])).json()).toMatchObject({ version: 2, pendingTexts: 0 });
    expect(await themesOf('Peu d’attente')).toEqual([]);
    expect(await themesOf('Bonjour')).toEqual([
      ['attente', 'bonjour', null],
      ['locaux', null, 'claire'],
    ]);
  });

  it('follow the list, and what is masked tells nothing', async () => {
    await hall.receive({ day: '2026-11-18', texts: ['Aimable et trop long'] });
    await put(1, [ATTENTE, ACCUEIL]);
    expect(await themesOf('Aimable et trop long')).toEqual([
      ['attente', 'trop long', null],
      ['accueil', 'aimable', null],
    ]);
    const [verbatim] = (await list()).verbatims;
    await person.send('PATCH', `/api/v1/verbatims/${VILLE}/${verbatim?.responseId}`, {
      change: 'mask',
      version: 1,
      masks: [{ start: 0, end: 7, kind: 'other' }],
    });
    await applyThemes(server.deps.store);
    expect(await themesOf('[passage masqué] et trop long')).toEqual([['attente', 'trop long', null]]);
    await put(2, [ACCUEIL]);
    expect(await themesOf('[passage masqué] et trop long')).toEqual([]);
  });

  it('stand apart from what the visitor touched on the tablet', async () => {
    await hall.receive({ day: '2026-11-18', texts: ['Bonjour'] });
    const { db } = server.deps.store;
    const { content } = await db
      .selectFrom('survey_versions')
      .innerJoin('responses', 'responses.survey_version_id', 'survey_versions.survey_version_id')
      .select('content')
      .executeTakeFirstOrThrow();
    const item = verbatimItemOf(JSON.parse(content) as SurveyVersion);
    const codes = item?.themes?.slice(0, 2).map(({ code }) => code) ?? [];
    const touched = [{ itemId: item?.itemId, kind: 'choice', codes }];
    await db
      .updateTable('responses')
      .set({ answers: JSON.stringify(touched) })
      .execute();
    await applyThemes(server.deps.store);
    expect((await list()).verbatims).toMatchObject([
      { touched: ['Le temps d’attente', 'L’amabilité'], themes: [] },
    ]);
  });

  it('go with the response that is erased', async () => {
    await hall.receive({ day: '2026-11-18', texts: ['Peu d’attente'] });
    await applyThemes(server.deps.store);
    const [verbatim] = (await list()).verbatims;
    const { db } = server.deps.store;
    const count = async () => (await db.selectFrom('verbatim_themes').selectAll().execute()).length;
    expect(await count()).toBe(1);
    await eraseResponse(server.deps.store, server.clock, {
      organisationId: VILLE,
      responseId: verbatim?.responseId ?? '',
    });
    expect(await count()).toBe(0);
  });
});

describe('the list of words', () => {
  it('is one for each organisation, changed by whoever may, and not over somebody else’s change', async () => {
    const { lists } = (await person.get('/api/v1/themes')).json<{ lists: ThemeList[] }>();
    expect(lists.map(({ organisationId, version }) => [organisationId, version])).toEqual([
      [VILLE, 1],
      [CCAS, 1],
    ]);
    await put(1, [ATTENTE]);
    const late = await put(1, [ACCUEIL]);
    expect(late.json()).toMatchObject({
      code: 'conflict',
      current: { version: 2, themes: [ATTENTE], changed: { by: 'claire' } },
    });
    const referent = await asPersonWith(server, [
      { organisationId: VILLE, role: 'referent', siteIds: ['hotel-de-ville'], serviceIds: [] },
    ]);
    expect((await put(2, [], referent)).json()).toMatchObject({ code: 'not-allowed' });
    expect((await put(2, [{ ...ATTENTE, words: ['!'] }])).json()).toMatchObject({
      code: 'unprocessable',
      errors: [{ field: 'themes[0].words[0]' }],
    });
    expect((await put(2, [ATTENTE, ATTENTE])).statusCode).toBe(422);
  });

  it('tells before it is saved how many texts it would classify, which is how many it then does', async () => {
    const texts = ['attente', 'attentes et attente', 'trop longue attente', 'trop long', 'long', 'aimable'];
    await hall.receive({ day: '2026-11-18', texts });
    await applyThemes(server.deps.store);
    await setTheme('attente', 'attente', false);
    const reply = await person.send('POST', `${LIST}/preview`, { themes: [ATTENTE, ACCUEIL] });
    const { themes } = reply.json<ThemePreview>();
    expect(themes).toEqual([
      { themeId: 'attente', texts: 3, textsNow: 3 },
      { themeId: 'accueil', texts: 1, textsNow: 0 },
    ]);
    await put(1, [ATTENTE, ACCUEIL]);
    const { themes: after } = (
      await person.send('POST', `${LIST}/preview`, { themes: [ATTENTE, ACCUEIL] })
    ).json<ThemePreview>();
    for (const { texts: would, textsNow } of after) expect(textsNow).toBe(would);
  });
});

describe('the trend of themes', () => {
  it('tells each week’s base, and by the small-base rule what may be told of it', async () => {
    const many = (count: number, text: string) => Array.from({ length: count }, () => text);
    await hall.receive(
      { day: '2026-11-18', texts: [...many(20, 'attente'), ...many(12, 'aimable')] },
      { day: '2026-11-10', texts: many(7, 'attente') },
      { day: '2026-11-03', texts: many(3, 'attente') },
    );
    await put(1, [ATTENTE, ACCUEIL]);
    const trend = (await person.get(`${LIST}/trend?period=2026-W47`)).json<ThemeTrend>();
    expect(trend.weeks).toHaveLength(13);
    const quarter = (await person.get(`${LIST}/trend?period=2026-Q4`)).json<ThemeTrend>();
    expect(quarter.weeks.at(-1)?.week).toBe('2026-W48');
    expect(trend.weeks.slice(-3)).toEqual([
      { week: '2026-W45', base: 3, disclosure: 'hidden', counts: null },
      { week: '2026-W46', base: 7, disclosure: 'counts-only', counts: { attente: 7, accueil: 0 } },
      { week: '2026-W47', base: 32, disclosure: 'comparable', counts: { attente: 20, accueil: 12 } },
    ]);
    // The hidden week is the total less the others.
    expect(trend.total).toBeNull();
    await hall.receive({ day: '2026-11-04', texts: many(4, 'aimable') });
    await applyThemes(server.deps.store);
    const whole = (await person.get(`${LIST}/trend?period=2026-W47`)).json<ThemeTrend>();
    expect(whole.total).toEqual({ base: 46, counts: { attente: 30, accueil: 16 } });
  });
});
