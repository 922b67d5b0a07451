import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Overview, overviewSchema, type ServiceScore } from '../../protocol/scores.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';

let server: TestApp;
beforeEach(async () => {
  server = await openTestApp();
});
afterEach(async () => server.close());

const read = async (query = 'period=2026-W47', organisations?: readonly string[]): Promise<Overview> => {
  const reply = await (await asPerson(server, organisations)).get(`/api/v1/scores/overview?${query}`);
  expect(reply.statusCode).toBe(200);
  return v.parse(overviewSchema, reply.json());
};
const serviceOf = ({ services }: Overview, serviceId: string): ServiceScore => {
  const found = services.find((service) => service.serviceId === serviceId);
  if (found === undefined) throw new Error(`No ${serviceId}.`);
  return found;
};

/** 44 satisfied of 47, three « non concerné »; 26 of 30 and 25 of 28 before; 18 of 20 at the far end of the 13 weeks. */
async function fillHall(): Promise<void> {
  const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  await hall.receive(
    { day: '2026-08-24', levels: { 'very-satisfied': 18, 'very-dissatisfied': 2 } },
    { day: '2026-11-08', levels: { 'fairly-satisfied': 25, 'fairly-dissatisfied': 3 } },
    { day: '2026-11-09', levels: { 'very-satisfied': 20, 'fairly-satisfied': 6 } },
    { day: '2026-11-15', levels: { 'fairly-dissatisfied': 4 } },
    { day: '2026-11-16', levels: { 'very-satisfied': 34, 'not-applicable': 3 } },
    {
      day: '2026-11-22',
      hour: 23.5,
      levels: { 'fairly-satisfied': 10, 'fairly-dissatisfied': 2, 'very-dissatisfied': 1 },
    },
  );
}

describe('the overview of a week', () => {
  it('tells the figures worked out by hand', async () => {
    await fillHall();
    const overview = await read();
    expect(overview).toMatchObject({
      firstDay: '2026-11-16',
      lastDay: '2026-11-22',
      isOpen: false,
      comparedPeriod: '2026-W46',
      today: '2026-11-23',
    });
    const hall = serviceOf(overview, 'accueil-general');
    expect(hall).toMatchObject({ responses: 50, comparedResponses: 30, target: 0.9, revision: null });
    expect(hall.figure).toMatchObject({
      base: 47,
      disclosure: 'comparable',
      counts: {
        'very-satisfied': 34,
        'fairly-satisfied': 10,
        'fairly-dissatisfied': 2,
        'very-dissatisfied': 1,
        'not-applicable': 3,
      },
      verdict: 'not-yet-demonstrated',
    });
    expect(hall.figure.measures?.shareSatisfied).toBeCloseTo(44 / 47, 12);
    expect(hall.figure.measures?.netSatisfaction).toBeCloseTo(0.8723404255, 9);
    expect(hall.figure.measures?.happyIndex).toBeCloseTo(87.9432624, 6);
    expect(hall.figure.measures?.netPromoterScore).toBeNull();
    expect(hall.figure.interval?.low).toBeCloseTo(0.8283738582, 9);
    expect(hall.figure.interval?.high).toBeCloseTo(0.9780546148, 9);
    expect(hall.compared).toMatchObject({ base: 30, disclosure: 'comparable' });
    expect(hall.rolling4).toMatchObject({ base: 105 });
    expect(hall.rolling4.measures?.shareSatisfied).toBeCloseTo(95 / 105, 12);
    expect(hall.rolling13).toMatchObject({ base: 125 });
    expect(hall.rolling13.measures?.shareSatisfied).toBeCloseTo(113 / 125, 12);
    // Fisher's exact test of 44 of 47 against 69 of 78, worked out with whole numbers.
    expect(hall.signal).toMatchObject({ kind: 'no-signal' });
    expect(hall.signal.kind === 'no-signal' && hall.signal.p).toBeCloseTo(0.53254292, 8);
    expect(overview.total).toMatchObject({ responses: 50, figure: { base: 47, disclosure: 'comparable' } });
  });

  it('tells a fall as a signal', async () => {
    const counter = await openReception(server, VILLE, 'guichet-etat-civil');
    await counter.receive(
      { day: '2026-11-10', levels: { 'very-satisfied': 40, 'very-dissatisfied': 4 } },
      { day: '2026-11-18', levels: { 'very-satisfied': 20, 'very-dissatisfied': 20 } },
    );
    const { signal, figure } = serviceOf(await read(), 'etat-civil');
    expect(signal).toMatchObject({ kind: 'signal', direction: 'down' });
    expect(signal.kind === 'signal' && signal.p).toBeCloseTo(3.4716e-5, 8);
    expect(figure.verdict).toBe('not-reached');
  });

  it('is useful with three answers', async () => {
    const library = await openReception(server, VILLE, 'accueil-mediatheque');
    await library.receive(
      { day: '2026-11-03', levels: { 'very-satisfied': 9 } },
      { day: '2026-11-18', levels: { 'very-satisfied': 2, 'very-dissatisfied': 1 } },
    );
    const { responses, figure, rolling4, signal } = serviceOf(await read(), 'mediatheque');
    expect(responses).toBe(3);
    expect(figure).toEqual({
      base: 3,
      disclosure: 'hidden',
      counts: null,
      measures: null,
      interval: null,
      verdict: null,
    });
    expect(rolling4).toMatchObject({ base: 12, disclosure: 'small-base', verdict: null });
    expect(rolling4.measures?.shareSatisfied).toBeCloseTo(11 / 12, 12);
    // p is worked out from the very counts that are hidden.
    expect(signal).toEqual({ kind: 'not-enough' });
  });

  it('adds up the active services, but not where that would give a hidden one away', async () => {
    await fillHall();
    const counter = await openReception(server, VILLE, 'guichet-etat-civil');
    await counter.receive({ day: '2026-11-18', levels: { 'very-satisfied': 30, 'very-dissatisfied': 3 } });
    const preparing = await openReception(server, VILLE, 'accueil-espace-familles');
    await preparing.receive({ day: '2026-11-18', levels: { 'very-satisfied': 2 } });
    const before = await read();
    expect(before.total).toMatchObject({ responses: 83, figure: { base: 80, disclosure: 'comparable' } });
    expect(before.total.figure.counts?.['very-satisfied']).toBe(64);

    const library = await openReception(server, VILLE, 'accueil-mediatheque');
    await library.receive({ day: '2026-11-18', levels: { 'very-satisfied': 2 } });
    const { total } = await read();
    expect(total.figure).toEqual({
      base: 82,
      disclosure: 'hidden',
      counts: null,
      measures: null,
      interval: null,
      verdict: null,
    });
    expect(total.responses).toBe(85);
  });

  it('keeps each organisation to those who may see it', async () => {
    await fillHall();
    const overview = await read('period=2026-W47', [CCAS]);
    expect(new Set(overview.services.map((service) => service.organisationId))).toEqual(new Set([CCAS]));
    expect(overview.total).toMatchObject({ responses: 0, figure: { disclosure: 'none' } });
  });

  it('tells a late arrival as a dated revision: 91 → 90 %', async () => {
    const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
    await hall.receive(
      { day: '2026-11-10', levels: { 'very-satisfied': 56, 'very-dissatisfied': 6 } },
      { day: '2026-11-12', levels: { 'very-satisfied': 4 }, receivedOn: '2026-11-15' },
      {
        day: '2026-11-12',
        levels: { 'very-satisfied': 2, 'very-dissatisfied': 1 },
        receivedOn: '2026-11-17',
      },
      { day: '2026-11-13', levels: { 'not-applicable': 1 }, receivedOn: '2026-11-19' },
    );
    const { revision, figure } = serviceOf(await read('period=2026-W46'), 'accueil-general');
    expect(figure.base).toBe(69);
    expect(revision).toEqual({
      week: '2026-W46',
      revisedOn: '2026-11-19',
      addedResponses: 1,
      includedResponses: 0,
      excludedResponses: 0,
      baseBefore: 69,
      baseAfter: 69,
      shareBefore: 62 / 69,
      shareAfter: 62 / 69,
    });
    const detail = (
      await (await asPerson(server)).get(`/api/v1/scores/services/${VILLE}/accueil-general?period=2026-W46`)
    ).json<{ revisions: { revisedOn: string; shareBefore: number; shareAfter: number }[] }>();
    expect(detail.revisions.map((one) => one.revisedOn)).toEqual(['2026-11-19', '2026-11-17']);
    const [, second] = detail.revisions;
    expect(second).toMatchObject({
      addedResponses: 3,
      baseBefore: 66,
      baseAfter: 69,
      shareBefore: 60 / 66,
      shareAfter: 62 / 69,
    });
    expect(Math.round((second?.shareBefore ?? 0) * 100)).toBe(91);
    expect(Math.round((second?.shareAfter ?? 0) * 100)).toBe(90);
    // The month is not a week: it has no closing day of its own.
    expect(serviceOf(await read('period=2026-11'), 'accueil-general').revision).toBeNull();
  });

  it('counts the tablets that give no sign of life while their reception is open', async () => {
    await openReception(server, VILLE, 'accueil-hotel-de-ville');
    server.clock.advance(50 * 60_000);
    expect(serviceOf(await read(), 'accueil-general').tablets).toMatchObject([
      { pointName: 'Accueil de l’Hôtel de Ville', outboxDepth: 0, isSilent: false },
    ]);
    server.clock.advance(60 * 60_000);
    expect(serviceOf(await read(), 'accueil-general').tablets).toMatchObject([{ isSilent: true }]);
  });
});

describe('the days of a period', () => {
  it('are the site’s own, on the night the clocks change too', async () => {
    const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
    await hall.receive(
      // 25 October 2026 has 25 hours; its last is still Sunday.
      { day: '2026-10-25', hour: 24.5, levels: { 'very-satisfied': 6 } },
      { day: '2026-10-26', hour: 0.5, levels: { 'very-satisfied': 5 } },
    );
    const countIn = async (period: string) =>
      serviceOf(await read(`period=${period}`), 'accueil-general').responses;
    expect(await countIn('2026-W43')).toBe(6);
    expect(await countIn('2026-W44')).toBe(5);
  });

  it('may be a month, a quarter or a year, and add up', async () => {
    await fillHall();
    const hall = async (query: string) => serviceOf(await read(query), 'accueil-general');
    expect(await hall('period=2026-11')).toMatchObject({ responses: 108, figure: { base: 105 } });
    expect(await hall('period=2026-Q3')).toMatchObject({
      responses: 20,
      figure: { base: 20, disclosure: 'small-base' },
    });
    expect(await hall('period=2026')).toMatchObject({ responses: 128 });
    expect(await hall('period=2026-Q4')).toMatchObject({ comparedResponses: 20 });
    const lastYear = await read('period=2027&compare=last-year');
    expect(lastYear).toMatchObject({ comparedPeriod: '2026', isOpen: true });
    expect(serviceOf(lastYear, 'accueil-general')).toMatchObject({ responses: 0, comparedResponses: 128 });
  });

  it('end with today while the period is open', async () => {
    await fillHall();
    const open = await read('period=2026-11');
    expect(open.isOpen).toBe(true);
    // W45 to W48: the week of the 8th, of the 9th, of the 16th, and today's.
    expect(serviceOf(open, 'accueil-general').rolling4.base).toBe(105);
    const week = await read('period=2026-W48');
    expect(week).toMatchObject({ isOpen: true, comparedPeriod: '2026-W47' });
    expect(serviceOf(week, 'accueil-general').comparedResponses).toBe(50);
  });

  it('are this week’s when none are asked for', async () => {
    expect(await read('')).toMatchObject({ period: '2026-W48', compare: 'before' });
  });

  it('are refused with the field at fault when they do not exist', async () => {
    const person = await asPerson(server);
    for (const [query, field] of [
      ['period=2026-W54', 'period'],
      ['period=0001', 'period'],
      ['period=9999-12', 'period'],
      ['period=', 'period'],
      ['period=2026&period=2025', 'period'],
      ['period=2026&compare=never', 'compare'],
    ] as const) {
      const reply = await person.get(`/api/v1/scores/overview?${query}`);
      expect(reply.json(), query).toMatchObject({ code: 'unprocessable', errors: [{ field }] });
    }
  });
});
