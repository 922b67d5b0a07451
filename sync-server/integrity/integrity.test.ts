import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Decision,
  decisionSchema,
  integrityDaySchema,
  integritySchema,
  type ListedAnswer,
} from '../../protocol/integrity.ts';
import { overviewSchema, serviceDetailSchema } from '../../protocol/scores.ts';
import { recount } from '../ingest/recount.ts';
import { eraseResponse } from '../retention/erase-response.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPersonWith, type TestPerson } from '../test-person.ts';
import { openReception, type TestReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
const DAY = '2026-11-18';
const PATH = `/api/v1/integrity/${VILLE}/accueil-general`;
const REASON = 'Mardi de 14 h 02 à 14 h 04 : des enfants tapaient sur l’écran, dit l’agent.';

let server: TestApp;
let hall: TestReception;
let quality: TestPerson;
beforeEach(async () => {
  server = await openTestApp();
  hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  quality = await asPersonWith(
    server,
    [{ organisationId: VILLE, role: 'quality', siteIds: [], serviceIds: [] }],
    'claire@ville.example',
  );
});
afterEach(async () => server.close());

const dayOf = async (date = DAY) =>
  v.parse(integrityDaySchema, (await quality.get(`${PATH}/${date}`)).json());
const decide = async (
  kind: Decision['kind'],
  chosen: readonly ListedAnswer[],
  { date = DAY, by = quality, reason = REASON } = {},
) =>
  by.send('POST', `${PATH}/${date}/decisions`, {
    kind,
    references: chosen.map(({ reference }) => reference),
    reason,
  });
const takeBack = async (decisionId: string, by = quality) =>
  by.send('POST', `${PATH}/decisions/${decisionId}/withdrawal`, {
    reason: 'L’agent s’était trompé de jour.',
  });
async function theHall(period = '2026-W47') {
  const reply = await quality.get(`/api/v1/scores/overview?period=${period}`);
  const found = v
    .parse(overviewSchema, reply.json())
    .services.find(({ serviceId }) => serviceId === 'accueil-general');
  if (found === undefined) throw new Error('There is no such service.');
  return found;
}
const differences = async () => (await recount(server.deps.store, false)).differences;
const inTrail = async () =>
  (
    await server.deps.store.db
      .selectFrom('audit_entries')
      .selectAll()
      .where('action', 'like', 'exclusion-%')
      .orderBy('recorded_at')
      .execute()
  ).map(({ action, subject, service_id, person_name, detail }) => ({
    action,
    subject,
    service_id,
    person_name,
    detail: JSON.parse(detail) as object,
  }));

describe('a decision about answers', () => {
  it('sets them aside with a name and a reason, in every figure, and can be taken back with another', async () => {
    await hall.receive(
      { day: DAY, levels: { 'very-satisfied': 36 } },
      { day: DAY, hour: 14, levels: { 'very-dissatisfied': 9 } },
    );
    const drummed = (await dayOf()).answers.filter(({ halfDay }) => halfDay === 'pm');
    const reply = await decide('set-aside', drummed);
    expect(reply.statusCode).toBe(201);
    const signed = v.parse(decisionSchema, reply.json());
    expect(signed).toMatchObject({
      kind: 'set-aside',
      date: DAY,
      halfDay: 'pm',
      responses: 9,
      reason: REASON,
      signedBy: 'claire',
      takenBack: null,
    });
    const { figure, setAside, responses } = await theHall();
    expect([responses, figure.base, figure.measures?.shareSatisfied]).toEqual([36, 36, 1]);
    expect(setAside).toEqual({
      responses: 9,
      reasons: [{ reason: 'by-decision', responses: 9 }],
      shareWith: 36 / 45,
    });
    expect(await differences()).toEqual([]);

    const view = v.parse(integritySchema, (await quality.get('/api/v1/integrity?period=2026-W47')).json());
    const own = view.services.find(({ serviceId }) => serviceId === 'accueil-general');
    expect(own).toMatchObject({ setAside, days: [{ date: DAY, responses: 36, setAside: 9 }] });
    expect(own?.figure).toEqual(figure);
    expect(view.decisions).toEqual([signed]);

    const back = v.parse(decisionSchema, (await takeBack(signed.decisionId)).json());
    expect(back).toMatchObject({ ...signed, takenBack: { by: 'claire' } });
    expect((await theHall()).figure.base).toBe(45);
    expect(await differences()).toEqual([]);
    const subject = `decision:${signed.decisionId}`;
    const entry = { subject, service_id: 'accueil-general', person_name: 'claire' };
    expect(await inTrail()).toEqual([
      { ...entry, action: 'exclusion-signed', detail: { change: 'set-aside', count: 9 } },
      { ...entry, action: 'exclusion-taken-back', detail: { count: 9 } },
    ]);
  });

  it('lets flagged answers in, a run of them at once, and what they were flagged for stays told', async () => {
    await hall.receive(
      { day: DAY, levels: { 'very-satisfied': 40 } },
      { day: DAY, levels: { 'very-dissatisfied': 6 }, flags: ['burst', 'speeding'] },
      { day: DAY, levels: { 'very-satisfied': 1 } },
      { day: DAY, levels: { 'very-satisfied': 5 }, flags: ['burst'] },
    );
    const run = (await dayOf()).answers.filter((answer) => answer.run === 1);
    expect(run.map(({ flags }) => flags)).toEqual(Array.from({ length: 6 }, () => ['burst', 'speeding']));
    expect((await decide('include', run)).statusCode).toBe(201);
    const { figure, setAside } = await theHall();
    expect([figure.base, figure.measures?.shareSatisfied]).toEqual([47, 41 / 47]);
    expect(setAside.reasons).toEqual([{ reason: 'burst', responses: 5 }]);
    const after = (await dayOf()).answers.filter((answer) => answer.run === 1);
    expect(after.every(({ isSetAside, flags }) => !isSetAside && flags.includes('burst'))).toBe(true);
    expect(await differences()).toEqual([]);
  });

  it('leaves a closed week with a revision of its day, one for the decision and one for the taking back', async () => {
    const late = '2026-11-10';
    await hall.receive(
      { day: late, levels: { 'very-satisfied': 36 } },
      { day: late, hour: 14, levels: { 'very-dissatisfied': 9 } },
      { day: late, hour: 15, levels: { 'very-satisfied': 4 }, receivedOn: '2026-11-18' },
    );
    server.clock.nowMs = Date.parse('2026-11-19T09:00:00Z');
    const { answers } = await dayOf(late);
    // The four that came late are of the afternoon too.
    const afternoon = answers.filter(({ halfDay }) => halfDay === 'pm');
    expect(afternoon).toHaveLength(13);
    const signed = v.parse(decisionSchema, (await decide('set-aside', afternoon, { date: late })).json());
    const revisions = async () => {
      const reply = await quality.get(`/api/v1/scores/services/${VILLE}/accueil-general?period=2026-W46`);
      return v
        .parse(serviceDetailSchema, reply.json())
        .revisions.map((one) => [
          one.revisedOn,
          one.addedResponses,
          one.includedResponses,
          one.excludedResponses,
          one.shareBefore,
          one.shareAfter,
        ]);
    };
    const arrived = ['2026-11-18', 4, 0, 0, 36 / 45, 40 / 49];
    expect(await revisions()).toEqual([['2026-11-19', 0, 0, 13, 40 / 49, 1], arrived]);
    expect((await theHall('2026-W46')).revision).toMatchObject({ excludedResponses: 13, baseAfter: 36 });
    expect(await differences()).toEqual([]);
    server.clock.nowMs = Date.parse('2026-11-20T09:00:00Z');
    expect((await takeBack(signed.decisionId)).statusCode).toBe(200);
    expect(await revisions()).toEqual([
      ['2026-11-20', 0, 13, 0, 1, 40 / 49],
      ['2026-11-19', 0, 0, 13, 40 / 49, 1],
      arrived,
    ]);
    expect(await differences()).toEqual([]);
  });

  it('tells no share beside a revision by so few answers that subtracting would tell what they said', async () => {
    await hall.receive({ day: '2026-11-10', levels: { 'very-satisfied': 36, 'very-dissatisfied': 4 } });
    const [one] = (await dayOf('2026-11-10')).answers;
    if (one === undefined) throw new Error('Nothing was received.');
    expect((await decide('set-aside', [one], { date: '2026-11-10' })).statusCode).toBe(201);
    expect((await theHall('2026-W46')).revision).toMatchObject({
      baseBefore: 40,
      baseAfter: 39,
      shareBefore: null,
      shareAfter: null,
    });
    expect((await theHall('2026-W46')).setAside.shareWith).toBeNull();
  });

  it('is of the answers that were seen: one that comes later is judged by the rules', async () => {
    await hall.receive({ day: DAY, levels: { 'very-satisfied': 8 } });
    await decide('set-aside', (await dayOf()).answers);
    await hall.receive({ day: DAY, levels: { 'very-satisfied': 3 } });
    expect((await theHall()).responses).toBe(3);
    expect(await differences()).toEqual([]);
  });

  it('goes with an answer that is erased, and is recounted without it', async () => {
    await hall.receive({ day: '2026-11-10', levels: { 'very-satisfied': 20 } });
    await decide('set-aside', (await dayOf('2026-11-10')).answers.slice(0, 7), { date: '2026-11-10' });
    const { response_id: responseId } = await server.deps.store.db
      .selectFrom('decided_responses')
      .select('response_id')
      .limit(1)
      .executeTakeFirstOrThrow();
    await eraseResponse(server.deps.store, server.clock, { organisationId: VILLE, responseId });
    expect((await theHall('2026-W46')).setAside.responses).toBe(6);
    expect(await differences()).toEqual([]);
  });
});

describe('two who decide at once', () => {
  it('are told of each other, and nothing is decided twice', async () => {
    await hall.receive({ day: DAY, levels: { 'very-satisfied': 12 } });
    const { answers } = await dayOf();
    const replies = await Promise.all([
      decide('set-aside', answers.slice(0, 8)),
      decide('set-aside', answers.slice(4)),
    ]);
    const [done, refused] = replies.toSorted((a, b) => a.statusCode - b.statusCode);
    expect([done?.statusCode, refused?.statusCode]).toEqual([201, 409]);
    expect(refused?.json()).toMatchObject({ code: 'conflict', current: { decision: done?.json() } });
    expect((await theHall()).responses).toBe(4);
    const { decisionId } = v.parse(decisionSchema, done?.json());
    const backs = await Promise.all([takeBack(decisionId), takeBack(decisionId)]);
    expect(new Set(backs.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 409]));
    expect((await theHall()).responses).toBe(12);
    expect(await differences()).toEqual([]);
  });

  it('may not decide about what already stands there, nor about an answer that is gone', async () => {
    await hall.receive({ day: DAY, levels: { 'very-satisfied': 6 } });
    const { answers } = await dayOf();
    expect((await decide('include', answers)).statusCode).toBe(409);
    const [first] = answers;
    if (first === undefined) throw new Error('Nothing was received.');
    expect((await decide('set-aside', [{ ...first, reference: 'A'.repeat(22) }])).statusCode).toBe(409);
    expect(await inTrail()).toEqual([]);
  });
});

describe('who decides', () => {
  it('is the quality team, for a reason; others read', async () => {
    await hall.receive({ day: DAY, levels: { 'very-satisfied': 6 } });
    const { answers } = await dayOf();
    for (const [role, serviceIds] of [
      ['auditor', []],
      ['referent', ['accueil-general']],
    ] as const) {
      const other = await asPersonWith(server, [
        { organisationId: VILLE, role, siteIds: [], serviceIds: [...serviceIds] },
      ]);
      expect((await decide('set-aside', answers, { by: other })).statusCode).toBe(403);
      expect((await other.get(`${PATH}/${DAY}`)).statusCode).toBe(200);
    }
    for (const reason of ['', '   ', '........', 'bof']) {
      const reply = await decide('set-aside', answers, { reason });
      expect([reply.statusCode, reply.json<{ errors: { field: string }[] }>().errors[0]?.field]).toEqual([
        422,
        'reason',
      ]);
    }
    expect((await theHall()).responses).toBe(6);
  });

  it('is told neither what was answered, nor the order in which people came, nor whose words an answer carries', async () => {
    await hall.receive({ day: DAY, levels: { 'very-satisfied': 1 }, texts: ['Zinzolin'] });
    const reply = await quality.get(`${PATH}/${DAY}`);
    const { response_id: responseId } = await server.deps.store.db
      .selectFrom('responses')
      .select('response_id')
      .executeTakeFirstOrThrow();
    expect(reply.body).not.toMatch(/satisfied|Zinzolin|sequence/);
    expect(reply.body).not.toContain(responseId.slice(0, 18));
  });
});

describe('what was signed, by the database itself,', () => {
  it('is not changed, nor taken back twice', async () => {
    await hall.receive({ day: DAY, levels: { 'very-satisfied': 6 } });
    const signed = v.parse(decisionSchema, (await decide('set-aside', (await dayOf()).answers)).json());
    const { db } = server.deps.store;
    const REFUSED = /what was signed is not changed/;
    await expect(
      db.updateTable('integrity_decisions').set({ reason: 'autre chose' }).execute(),
    ).rejects.toThrow(REFUSED);
    await takeBack(signed.decisionId);
    await expect(db.updateTable('integrity_decisions').set({ taken_back_by: 'X' }).execute()).rejects.toThrow(
      REFUSED,
    );
  });
});
