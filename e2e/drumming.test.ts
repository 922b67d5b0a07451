import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ItemId, OrganisationId, PointId } from '../domain/ids.ts';
import { type EngineRig, createEngineRig } from '../kiosk/engine-rig.ts';
import { anAssignment } from '../kiosk/visit/staged-kiosk.ts';
import { overviewSchema } from '../protocol/scores.ts';
import { createEnrolmentCode } from '../sync-server/enrolment/codes.ts';
import { recount } from '../sync-server/ingest/recount.ts';
import { openTestApp, type TestApp } from '../sync-server/test-app.ts';
import { asPerson } from '../sync-server/test-person.ts';

const VILLE = 'ville-de-libourne' as OrganisationId;
const POINT = 'accueil-hotel-de-ville' as PointId;
/** A Tuesday, nine o'clock in Libourne. */
const MORNING = Date.UTC(2026, 10, 24, 8);
const HONEST = 100;
const SATISFIED = 88;
const BETWEEN_VISITORS_MS = 280_000;
const TOUCHES = 200;
const DRUMMING_MS = 120_000;

let server: TestApp;
let rig: EngineRig;

beforeEach(async () => {
  server = await openTestApp({}, '2026-11-24T08:00:00.000Z');
  const weekly = Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [{ from: '08:30', to: '17:30' }]]));
  await server.deps.store.db
    .updateTable('points')
    .set({ opening_hours: JSON.stringify({ weekly }) })
    .where('point_id', '=', POINT)
    .execute();
  rig = createEngineRig({ indexedDB: new IDBFactory(), IDBKeyRange }, anAssignment(), { fetcher });
  rig.clock.setCalendar(MORNING);
  const made = await createEnrolmentCode(server.deps.store, server.clock, {
    organisationId: VILLE,
    pointId: POINT,
  });
  if (!made.ok) throw new Error(`There is no point ${POINT}.`);
  await rig.open(made.value.linkSecret);
});
afterEach(async () => {
  await rig.crash();
  await server.close();
});

/** The network: straight into the real server, whose clock is the tablet's. */
const fetcher: typeof fetch = async (path, { method, headers, body } = {}) => {
  server.clock.nowMs = rig.clock.now();
  const reply = await server.app.inject({
    method: method === 'POST' ? 'POST' : 'GET',
    url: typeof path === 'string' ? path : '',
    headers: headers as Record<string, string>,
    ...(typeof body === 'string' && { payload: body }),
  });
  const isBodiless = reply.statusCode === 304 || reply.statusCode === 204;
  return new Response(isBodiless ? null : reply.body, {
    status: reply.statusCode,
    headers: reply.headers as Record<string, string>,
  });
};

function screen(): {
  readonly kind: string;
  readonly item?: { itemId: ItemId; kind: string; first: string };
} {
  const { view } = rig.engine;
  if (view.kind !== 'serving') throw new Error(`The tablet is ${view.kind}.`);
  const { visit, assignment } = view;
  if (visit.kind === 'thanking' || visit.kind === 'outOfOrder') return { kind: visit.kind };
  const item =
    visit.kind === 'asking'
      ? visit.visit.steps[visit.step]
      : assignment.surveyVersion.items.find((one) => one.kind === 'rating' && one.isGlobal);
  if (item === undefined) throw new Error('Nothing is asked.');
  const first = item.kind === 'choice' ? (item.options[0]?.code ?? '') : '';
  return { kind: visit.kind, item: { itemId: item.itemId, kind: item.kind, first } };
}

/** One touch of whatever is shown. */
async function touch(code: string): Promise<void> {
  const { kind, item } = screen();
  rig.engine.noticeTouch();
  if (item === undefined) rig.engine.leaveThanks();
  else if (item.kind === 'rating') rig.engine.answer({ itemId: item.itemId, kind: 'rating', code });
  else if (item.kind === 'choice')
    rig.engine.answer({ itemId: item.itemId, kind: 'choice', codes: [item.first] });
  else if (kind === 'asking') rig.engine.finish();
  await rig.settle();
}

/** Somebody who reads: two to four seconds a screen. */
async function visitHonestly(number: number): Promise<void> {
  const code = (number * 37) % HONEST < SATISFIED ? 'very-satisfied' : 'fairly-dissatisfied';
  while (screen().kind !== 'thanking') {
    await touch(code);
    await rig.clock.advance(2_000 + ((number * 7) % 3) * 1_000);
  }
  await rig.clock.advance(BETWEEN_VISITORS_MS);
}

async function drum(): Promise<number> {
  let visits = 0;
  for (let tap = 0; tap < TOUCHES; tap += 1) {
    const before = screen().kind;
    await touch('very-dissatisfied');
    if (before === 'attracting' && screen().kind === 'asking') visits += 1;
    await rig.clock.advance(DRUMMING_MS / TOUCHES);
  }
  // What the child leaves half done ends by itself.
  await rig.clock.advance(BETWEEN_VISITORS_MS);
  return visits;
}

async function publishedFigures() {
  server.clock.nowMs = rig.clock.now();
  const reply = await (await asPerson(server)).get('/api/v1/scores/overview?period=2026-W48');
  const { services } = v.parse(overviewSchema, reply.json());
  const hall = services.find(({ serviceId }) => serviceId === 'accueil-general');
  if (hall === undefined) throw new Error('There is no such service.');
  return hall;
}

it('T22: a child touching 200 times in 120 seconds bends no figure of 100 honest answers, and nothing is hidden or lost', async ({
  task,
}) => {
  for (let number = 0; number < HONEST / 2; number += 1) await visitHonestly(number);
  const drummed = await drum();
  for (let number = HONEST / 2; number < HONEST; number += 1) await visitHonestly(number);
  await rig.clock.advance(180_000);

  expect(drummed).toBeGreaterThan(8);
  const rows = await server.deps.store.db.selectFrom('responses').select(['is_counted', 'answers']).execute();
  expect(rows).toHaveLength(HONEST + drummed);
  expect(rows.every((row) => row.is_counted === 1)).toBe(true);
  expect(await server.deps.store.db.selectFrom('quarantine').selectAll().execute()).toEqual([]);
  expect(rig.engine.view).toMatchObject({ sign: { waiting: 0 } });

  const honest = SATISFIED / HONEST;
  const { responses, figure, setAside } = await publishedFigures();
  expect(responses + setAside.responses).toBe(HONEST + drummed);
  expect(Math.abs((figure.measures?.shareSatisfied ?? 0) - honest)).toBeLessThan(0.01);
  expect(setAside.responses).toBeGreaterThanOrEqual(drummed - 1);
  expect(setAside.reasons).toContainEqual({ reason: 'speeding', responses: setAside.responses });
  expect(setAside.reasons.map(({ reason }) => reason)).toContain('burst');
  // What the flags are for: with those answers in, the figure would have moved.
  expect(setAside.shareWith).not.toBeNull();
  expect(honest - (setAside.shareWith ?? honest)).toBeGreaterThan(0.01);
  expect((await recount(server.deps.store, false)).differences).toEqual([]);
  task.meta.figures = {
    shiftPercent: Math.round(Math.abs((figure.measures?.shareSatisfied ?? 0) - honest) * 10_000) / 100,
    shiftPercentWithThem: Math.round((honest - (setAside.shareWith ?? honest)) * 10_000) / 100,
    deleted: HONEST + drummed - rows.length,
    reasons: setAside.reasons.length,
  };
  process.stdout.write(
    `T22: ${drummed} drummed visits of ${TOUCHES} touches, ${setAside.responses} set aside ` +
      `(${setAside.reasons.map(({ reason, responses: count }) => `${reason} ${count}`).join(', ')}), 0 deleted; honest ${honest}, ` +
      `published ${figure.measures?.shareSatisfied}, with them ${setAside.shareWith}\n`,
  );
});
