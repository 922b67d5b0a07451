import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { overviewSchema, type ServiceDetail, serviceDetailSchema } from '../../protocol/scores.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson } from '../test-person.ts';

const VILLE = 'ville-de-libourne';
const SERVICE = 'accueil-general';
const WEEK = 'period=2026-W47';

let server: TestApp;
beforeEach(async () => {
  server = await openTestApp();
});
afterEach(async () => server.close());

/** Whole answers of one week, all to the question asked of everybody, put straight into the tallies. */
async function addAnswers(channel: string, counts: Record<string, number>): Promise<void> {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const rows = [
    ...Object.entries(counts).map(([code, count]) => ({ item: 'GLOB', scale: 'four-level', code, count })),
    { item: '', scale: '', code: 'complete', count: all },
  ];
  await server.deps.store.db
    .insertInto('tallies')
    .values(
      rows.map(({ item, scale, code, count }) => ({
        organisation_id: VILLE,
        grain: 'week' as const,
        service_id: SERVICE,
        item_id: item,
        scale_id: scale,
        starts_on: '2026-11-16',
        channel,
        integrity: 'clear' as const,
        code,
        count,
      })),
    )
    .execute();
}

async function read(query = WEEK): Promise<ServiceDetail> {
  const reply = await (await asPerson(server)).get(`/api/v1/scores/services/${VILLE}/${SERVICE}?${query}`);
  return v.parse(serviceDetailSchema, reply.json());
}

function globalOf({ items }: ServiceDetail) {
  const figure = items.find(({ isGlobal }) => isGlobal)?.figure;
  return [figure?.base, figure?.disclosure, figure?.measures?.shareSatisfied ?? null];
}

describe('answers by the way they came', () => {
  it('are told apart, each way with its own figure', async () => {
    await addAnswers('tablet', { 'very-satisfied': 30, 'very-dissatisfied': 10 });
    await addAnswers('phone', { 'very-satisfied': 6, 'very-dissatisfied': 14 });
    const detail = await read();
    expect(globalOf(detail)).toEqual([60, 'comparable', 0.6]);
    expect(
      detail.channels.map(({ channel, responses, figure }) => [
        channel,
        responses,
        figure.base,
        figure.measures?.shareSatisfied,
      ]),
    ).toEqual([
      ['tablet', 40, 40, 0.75],
      ['phone', 20, 20, 0.3],
    ]);
  });

  it('can be looked at one way alone, trend and all', async () => {
    await addAnswers('tablet', { 'very-satisfied': 30, 'very-dissatisfied': 10 });
    await addAnswers('phone', { 'very-satisfied': 6, 'very-dissatisfied': 14 });
    const detail = await read(`${WEEK}&channel=phone`);
    expect([detail.channel, detail.responses, ...globalOf(detail)]).toEqual([
      'phone',
      20,
      20,
      'small-base',
      0.3,
    ]);
    expect(detail.trend.at(-1)).toMatchObject({
      responses: 20,
      figure: { base: 20 },
      rolling13: { base: 20 },
    });
    expect(detail.channels).toHaveLength(2);
    expect((await read(`${WEEK}&channel=tablet`)).trend.at(-1)?.rolling13.measures?.shareSatisfied).toBe(
      0.75,
    );
  });

  it('are held against the commonest, with the interval of the difference', async () => {
    await addAnswers('tablet', { 'very-satisfied': 180, 'very-dissatisfied': 20 });
    await addAnswers('phone', { 'very-satisfied': 30, 'very-dissatisfied': 10 });
    await addAnswers('paper', { 'very-satisfied': 8 });
    const differences = (await read()).channels.map(({ channel, difference }) => [channel, difference]);
    expect(differences).toMatchObject([
      ['tablet', null],
      ['phone', { difference: expect.closeTo(-0.15, 10), isOpen: false }],
      ['paper', null],
    ]);
  });

  it('are hidden below five, and so is whatever would give them away beside the whole', async () => {
    await addAnswers('tablet', { 'very-satisfied': 30, 'very-dissatisfied': 10 });
    await addAnswers('phone', { 'very-dissatisfied': 4 });
    const whole = await read();
    expect(globalOf(whole).slice(0, 2)).toEqual([44, 'comparable']);
    expect(whole.channels.map(({ figure }) => [figure.base, figure.disclosure, figure.counts])).toEqual([
      [40, 'hidden', null],
      [4, 'hidden', null],
    ]);
    for (const channel of ['tablet', 'phone']) {
      const detail = await read(`${WEEK}&channel=${channel}`);
      expect(globalOf(detail).slice(1)).toEqual(['hidden', null]);
      expect(detail.trend.at(-1)?.figure.disclosure).toBe('hidden');
    }
  });

  it('hide nothing where all came one way', async () => {
    await addAnswers('tablet', { 'very-satisfied': 30, 'very-dissatisfied': 10 });
    const detail = await read(`${WEEK}&channel=tablet`);
    expect(globalOf(detail)).toEqual([40, 'comparable', 0.75]);
    expect(globalOf(await read(`${WEEK}&channel=phone`)).slice(0, 2)).toEqual([0, 'none']);
  });

  it('are counted on the weekly page', async () => {
    await addAnswers('tablet', { 'very-satisfied': 30 });
    await addAnswers('phone', { 'very-satisfied': 7 });
    const reply = await (await asPerson(server)).get(`/api/v1/scores/overview?${WEEK}`);
    const { services } = v.parse(overviewSchema, reply.json());
    const service = services.find(({ serviceId }) => serviceId === SERVICE);
    expect([service?.responses, service?.phoneResponses]).toEqual([37, 7]);
  });

  it('refuse a way that there is not', async () => {
    const reply = await (await asPerson(server)).get(
      `/api/v1/scores/services/${VILLE}/${SERVICE}?${WEEK}&channel=pigeon`,
    );
    expect(reply.json()).toMatchObject({ code: 'unprocessable', errors: [{ field: 'channel' }] });
  });
});
