import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { overviewSchema, serviceDetailSchema } from '../../protocol/scores.ts';
import { recount } from '../ingest/recount.ts';
import { eraseResponse } from '../retention/erase-response.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson } from '../test-person.ts';
import { openReception, type TestReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
const DAY = '2026-11-18';

let server: TestApp;
let hall: TestReception;
beforeEach(async () => {
  server = await openTestApp();
  hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
});
afterEach(async () => server.close());

async function overview() {
  const reply = await (await asPerson(server)).get('/api/v1/scores/overview?period=2026-W47');
  return v.parse(overviewSchema, reply.json());
}
async function theHall() {
  const found = (await overview()).services.find(({ serviceId }) => serviceId === 'accueil-general');
  if (found === undefined) throw new Error('There is no such service.');
  return found;
}

describe('answers that are set aside', () => {
  it('leave the figures as they were, and are told with their reasons and what they would change', async () => {
    await hall.receive(
      { day: DAY, levels: { 'very-satisfied': 36, 'very-dissatisfied': 4 } },
      { day: DAY, levels: { 'very-dissatisfied': 9 }, flags: ['burst', 'speeding'] },
      { day: DAY, levels: { 'very-satisfied': 1 }, flags: ['burst', 'personal-data'] },
    );
    const { responses, figure, setAside } = await theHall();
    expect([responses, figure.base, figure.measures?.shareSatisfied]).toEqual([40, 40, 0.9]);
    expect(setAside).toEqual({
      responses: 10,
      reasons: [
        { reason: 'burst', responses: 10 },
        { reason: 'speeding', responses: 9 },
      ],
      shareWith: 37 / 50,
    });
    expect((await overview()).total.setAside).toEqual(setAside);
    const detail = await (await asPerson(server)).get(
      `/api/v1/scores/services/${VILLE}/accueil-general?period=2026-W47`,
    );
    const { setAside: same, setAsideWeeks, trend } = v.parse(serviceDetailSchema, detail.json());
    expect(same).toEqual(setAside);
    expect(setAsideWeeks).toEqual([{ week: '2026-W47', ...setAside }]);
    expect(trend.at(-1)?.figure.base).toBe(40);
  });

  it('are none of those flagged for another reason', async () => {
    await hall.receive({
      day: DAY,
      levels: { 'very-satisfied': 12 },
      flags: ['personal-data', 'clock-uncertain'],
    });
    const { responses, setAside } = await theHall();
    expect(responses).toBe(12);
    expect(setAside).toEqual({ responses: 0, reasons: [], shareWith: null });
  });

  it.each([
    ['four are set aside: subtracting would tell what they said', 40, 4],
    ['the figure itself has no share', 10, 20],
  ])('keep the share with them to themselves where %s', async (_why, clear, flagged) => {
    await hall.receive(
      { day: DAY, levels: { 'very-satisfied': clear } },
      { day: DAY, levels: { 'very-dissatisfied': flagged }, flags: ['burst'] },
    );
    expect((await theHall()).setAside).toEqual({
      responses: flagged,
      reasons: [{ reason: 'burst', responses: flagged }],
      shareWith: null,
    });
  });

  it('keep it in the total too, where one service’s would be learnt from it', async () => {
    const desk = await openReception(server, VILLE, 'guichet-etat-civil');
    await hall.receive(
      { day: DAY, levels: { 'very-satisfied': 40 } },
      { day: DAY, levels: { 'very-dissatisfied': 9 }, flags: ['burst'] },
    );
    await desk.receive({ day: DAY, levels: { 'very-satisfied': 40 } });
    expect((await overview()).total.setAside.shareWith).toBe(80 / 89);
    await desk.receive({ day: DAY, levels: { 'very-dissatisfied': 2 }, flags: ['burst'] });
    expect((await overview()).total.setAside).toMatchObject({ responses: 11, shareWith: null });
  });

  it('revise no closed week when they come late', async () => {
    await hall.receive(
      { day: '2026-11-10', levels: { 'very-satisfied': 40 } },
      { day: '2026-11-10', levels: { 'very-dissatisfied': 9 }, flags: ['burst'], receivedOn: '2026-11-20' },
    );
    const reply = await (await asPerson(server)).get('/api/v1/scores/overview?period=2026-W46');
    const [first] = v.parse(overviewSchema, reply.json()).services;
    expect(first).toMatchObject({ responses: 40, revision: null, setAside: { responses: 9 } });
  });

  it('are recounted to the last one, and taken back when one is erased', async () => {
    await hall.receive({ day: DAY, levels: { 'very-dissatisfied': 6 }, flags: ['burst', 'alternation'] });
    const { store } = server.deps;
    expect((await recount(store, false)).differences).toEqual([]);
    const { response_id: responseId } = await store.db
      .selectFrom('responses')
      .select('response_id')
      .limit(1)
      .executeTakeFirstOrThrow();
    await eraseResponse(store, server.clock, { organisationId: VILLE, responseId });
    expect((await theHall()).setAside).toMatchObject({
      responses: 5,
      reasons: [
        { reason: 'burst', responses: 5 },
        { reason: 'alternation', responses: 5 },
      ],
    });
    expect((await recount(store, false)).differences).toEqual([]);
  });
});

describe('an answer given when nobody is received', () => {
  it.each([
    ['at three in the morning', '2026-11-18', 3, 1],
    ['on a Sunday', '2026-11-22', 11, 1],
    ['while it is open', '2026-11-18', 11, 0],
    ['a quarter of an hour after closing', '2026-11-18', 17.25, 0],
    ['an hour after closing', '2026-11-18', 18, 1],
  ])('%s', async (_when, day, hour, setAside) => {
    const desk = await openReception(server, VILLE, 'guichet-etat-civil', { closes: true });
    await server.deps.store.db
      .updateTable('points')
      .set({
        opening_hours: JSON.stringify({
          weekly: Object.fromEntries([1, 2, 3, 4, 5].map((one) => [one, [{ from: '09:00', to: '17:00' }]])),
        }),
      })
      .where('point_id', '=', 'guichet-etat-civil')
      .execute();
    await desk.receive({ day, hour, levels: { 'very-satisfied': 1 } });
    const found = (await overview()).services.find(({ serviceId }) => serviceId === 'etat-civil');
    expect(found?.setAside.reasons).toEqual(
      setAside === 0 ? [] : [{ reason: 'closed-hours', responses: setAside }],
    );
    expect(found?.responses).toBe(1 - setAside);
  });
});
