import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Overview,
  type ServiceDetail,
  seriesKeyOf,
  serviceDetailSchema,
} from '../../protocol/scores.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
const HALL = `/api/v1/scores/services/${VILLE}/accueil-general`;

let server: TestApp;
beforeEach(async () => {
  server = await openTestApp();
});
afterEach(async () => server.close());

const read = async (query = 'period=2026-W47'): Promise<ServiceDetail> => {
  const reply = await (await asPerson(server)).get(`${HALL}?${query}`);
  expect(reply.statusCode).toBe(200);
  return v.parse(serviceDetailSchema, reply.json());
};
/** Counts put straight into the tallies: of items and versions that no tablet asks today. */
const addTally = async (itemId: string, scaleId: string, counts: Record<string, number>) =>
  server.deps.store.db
    .insertInto('tallies')
    .values(
      Object.entries(counts).map(([code, count]) => ({
        organisation_id: VILLE,
        grain: 'week' as const,
        service_id: 'accueil-general',
        item_id: itemId,
        scale_id: scaleId,
        starts_on: '2026-11-16',
        channel: 'tablet',
        integrity: 'clear' as const,
        code,
        count,
      })),
    )
    .execute();
const publish = async (surveyVersionId: string, number: number, items: readonly object[]) =>
  server.deps.store.db
    .insertInto('survey_versions')
    .values({
      organisation_id: VILLE,
      survey_version_id: surveyVersionId,
      survey_id: 'accueil-mairie',
      number,
      content: JSON.stringify({
        surveyId: 'accueil-mairie',
        surveyVersionId,
        number,
        maxDrawnItems: 3,
        items,
      }),
      published_at: '2026-11-01T00:00:00.000Z',
    })
    .execute();

describe('a service’s page', () => {
  it('shows every item in the questionnaire’s order, labelled in French', async () => {
    await addTally('ORIE', 'four-level-agreement', {
      'very-satisfied': 8,
      'fairly-dissatisfied': 1,
      'not-applicable': 2,
    });
    const { items, trendItemId, service } = await read();
    expect(service).toMatchObject({ serviceName: 'Accueil général', target: 0.9 });
    expect(items.map((item) => item.itemId)).toEqual(
      'GLOB ORIE AMAB ATTE LOCA SIGN REPO CLAR HORA ACCE SUGG'.split(' '),
    );
    expect(items.filter((item) => item.isGlobal).map((item) => item.itemId)).toEqual(['GLOB']);
    expect(trendItemId).toBe('GLOB');
    const [, orientation] = items;
    expect(orientation?.options.map((option) => option.label)).toEqual([
      'Oui, tout à fait',
      'Plutôt oui',
      'Plutôt non',
      'Non, pas du tout',
      'Non concerné',
    ]);
    expect(orientation?.figure).toMatchObject({
      base: 9,
      disclosure: 'counts-only',
      counts: { 'very-satisfied': 8, 'fairly-dissatisfied': 1, 'not-applicable': 2 },
      measures: null,
      interval: null,
    });
  });

  it('draws the 52 weeks that end with the period, each with the 13 weeks up to it', async () => {
    const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
    await hall.receive(
      { day: '2025-10-07', levels: { 'very-satisfied': 20 } },
      { day: '2025-11-25', levels: { 'very-satisfied': 12 } },
      { day: '2026-11-16', levels: { 'very-satisfied': 30, 'very-dissatisfied': 10 } },
    );
    const { trend } = await read();
    expect(trend).toHaveLength(52);
    expect(trend[0]).toMatchObject({ week: '2025-W48', firstDay: '2025-11-24', responses: 12 });
    // The week of 7 October 2025 is before the trend and within the 13 weeks of its first point.
    expect(trend[0]?.rolling13.base).toBe(32);
    expect(trend.at(-1)).toMatchObject({
      week: '2026-W47',
      responses: 40,
      figure: { base: 40, verdict: 'not-reached' },
    });
    expect(trend[20]).toMatchObject({ responses: 0, figure: { disclosure: 'none' } });
  });

  it('keeps a former item that was answered in the period, and a changed scale as a series of its own', async () => {
    const current = await server.deps.store.db
      .selectFrom('survey_versions')
      .select('content')
      .where('survey_version_id', '=', 'accueil-mairie-2')
      .executeTakeFirstOrThrow();
    const { items: former } = JSON.parse(current.content) as {
      items: { itemId: string; scaleId?: string }[];
    };
    await publish('accueil-mairie-3', 3, [
      ...former
        .filter((item) => item.itemId !== 'ORIE')
        .map((item) => (item.itemId === 'AMAB' ? { ...item, scaleId: 'yes-no' } : item)),
      {
        kind: 'choice',
        itemId: 'OBJET',
        stem: { fr: 'Pourquoi êtes-vous venu ?' },
        isMultiple: true,
        options: [
          { code: 'papiers', label: { fr: 'Papiers' } },
          { code: 'autre', label: { fr: 'Autre chose' } },
        ],
      },
    ]);
    await addTally('ORIE', 'four-level-agreement', { 'very-satisfied': 12 });
    await addTally('AMAB', 'four-level-agreement', { 'very-satisfied': 5 });
    await addTally('AMAB', 'yes-no', { yes: 31, no: 1 });
    await addTally('OBJET', '', { papiers: 3, autre: 3 });
    const { items } = await read();
    const shown = items.map(({ itemId, scaleId, figure }) => [itemId, scaleId, figure.base]);
    expect(shown.slice(-3)).toEqual([
      ['OBJET', null, 3],
      ['ORIE', 'four-level-agreement', 12],
      ['AMAB', 'four-level-agreement', 5],
    ]);
    expect(shown).toContainEqual(['AMAB', 'yes-no', 32]);
    // Six options chosen may be three people: the counts stay hidden.
    expect(items.find((item) => item.itemId === 'OBJET')?.figure).toMatchObject({
      disclosure: 'hidden',
      counts: null,
    });
  });

  it('tells two scales of one item apart, and reads a period before the change on the scale of its time', async () => {
    await addTally('GLOB', 'four-level', { 'very-satisfied': 40 });
    const before = await read();
    expect(before.items.filter((item) => item.isGlobal).map(({ scaleId }) => scaleId)).toEqual([
      'four-level',
    ]);
    expect([before.trendScaleId, before.trend.at(-1)?.figure.base]).toEqual(['four-level', 40]);
    expect(before.items[0]?.options[0]?.label).toBe('Oui, tout à fait');
    const overview = async () => {
      const reply = await (await asPerson(server)).get('/api/v1/scores/overview?period=2026-W47');
      return reply.json<Overview>().services.find(({ serviceId }) => serviceId === 'accueil-general');
    };
    expect(await overview()).toMatchObject({ scaleId: 'four-level', figure: { base: 40 } });

    await addTally('GLOB', 'four-level-agreement', { 'very-satisfied': 30 });
    const both = await read();
    const globals = both.items.filter((item) => item.isGlobal);
    expect(globals.map(({ scaleId, figure }) => [scaleId, figure.base])).toEqual([
      ['four-level-agreement', 30],
      ['four-level', 40],
    ]);
    expect(globals.map(({ options }) => options[0]?.label)).toEqual(['Oui, tout à fait', 'Très satisfait']);
    expect(new Set(both.items.map(seriesKeyOf)).size).toBe(both.items.length);
    expect(both.trend.at(-1)?.figure.base).toBe(30);
    expect(await overview()).toMatchObject({ scaleId: 'four-level-agreement', figure: { base: 30 } });
    const former = await read('period=2026-W47&item=GLOB.four-level');
    expect([former.trendScaleId, former.trend.at(-1)?.figure.base]).toEqual(['four-level', 40]);
  });

  it('lists the themes touched beside the texts, by the rules of small bases', async () => {
    await publish('accueil-mairie-9', 9, [
      {
        kind: 'verbatim',
        itemId: 'SUGG',
        stem: { fr: 'Une suggestion ?' },
        maxLength: 500,
        themes: [
          { code: 'wait', label: { fr: 'L’attente' } },
          { code: 'premises', label: { fr: 'Les locaux' } },
        ],
      },
    ]);
    const themes = async () => (await read()).items.find((item) => item.itemId === 'SUGG');
    await addTally('SUGG', '', { wait: 4, premises: 4 });
    expect(await themes()).toMatchObject({
      stem: 'Thèmes touchés',
      kind: 'choice',
      scaleId: null,
      figure: { base: 4, disclosure: 'hidden', counts: null },
    });
    await server.deps.store.db.updateTable('tallies').set({ count: 7 }).where('code', '=', 'wait').execute();
    expect(await themes()).toMatchObject({
      options: [
        { code: 'wait', label: 'L’attente' },
        { code: 'premises', label: 'Les locaux' },
      ],
      figure: { base: 7, disclosure: 'counts-only', counts: { wait: 7, premises: 4 }, measures: null },
    });
  });

  it('draws the trend of the item asked for, and says when there is none', async () => {
    await addTally('ORIE', 'four-level-agreement', { 'very-satisfied': 12 });
    const { trendItemId, trend } = await read('period=2026-W47&item=ORIE');
    expect(trendItemId).toBe('ORIE');
    expect(trend.at(-1)?.figure.base).toBe(12);
    const wrong = await (await asPerson(server)).get(`${HALL}?item=NONE`);
    expect(wrong.json()).toMatchObject({ code: 'unprocessable', errors: [{ field: 'item' }] });
  });
});
