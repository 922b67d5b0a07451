import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Assignment, assignmentSchema } from '../../protocol/assignment.ts';
import { publicationsSchema, type ServicePublication } from '../../protocol/publication.ts';
import { serviceDetailSchema } from '../../protocol/scores.ts';
import { aPush } from '../ingest/a-push.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, OWN_PAGE, personWith, type TestPerson } from '../test-person.ts';
import { openReception, type TestReception } from '../test-reception.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';
const HALL = `/api/v1/publications/${VILLE}/accueil-general`;
/** In the last quarter that has ended on the test's day, 23 November 2026. */
const DAY = '2026-08-19';
const LINE = { said: 'Il manque un banc.', done: 'Deux bancs sont devant l’entrée.' };

let server: TestApp;
let hall: TestReception;
let administrator: TestPerson;
let tablet: TestTablet;
beforeEach(async () => {
  server = await openTestApp();
  hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  administrator = await asPerson(server);
  tablet = await enrolTablet(server);
});
afterEach(async () => server.close());

async function theHall(): Promise<ServicePublication> {
  const reply = await administrator.get('/api/v1/publications');
  const { services } = v.parse(publicationsSchema, reply.json());
  const found = services.find(({ serviceId }) => serviceId === 'accueil-general');
  if (found === undefined) throw new Error('There is no such service.');
  return found;
}

/** What the tablet is told once what is kept in memory is old. */
async function onTablet(): Promise<Assignment> {
  server.clock.advance(10_000);
  const reply = await server.app.inject({
    url: '/api/v1/assignment',
    headers: { authorization: `Bearer ${tablet.token}` },
  });
  return v.parse(assignmentSchema, reply.json());
}

async function tagOfPush(): Promise<string | null> {
  server.clock.advance(10_000);
  return (await tablet.push(aPush([]))).reply.assignmentTag;
}

async function add(line: object = LINE): Promise<string> {
  const reply = await administrator.send('POST', `${HALL}/improvements`, line);
  return reply.json<{ improvementId: string }>().improvementId;
}

describe('the result on the tablets', () => {
  it('is the last ended quarter’s, without what is set aside, the very figure of the service’s page', async () => {
    await hall.receive(
      { day: DAY, levels: { 'very-satisfied': 30, 'fairly-satisfied': 6, 'very-dissatisfied': 4 } },
      { day: DAY, levels: { 'very-dissatisfied': 9 }, flags: ['burst'] },
      { day: '2026-11-18', levels: { 'very-dissatisfied': 12 } },
    );
    expect((await onTablet()).publishedResults).toBeNull();
    expect(await theHall()).toMatchObject({
      published: null,
      quarter: { quarter: '2026-Q3', base: 40, shareSatisfied: 0.9 },
    });
    expect((await administrator.send('POST', `${HALL}/result`, {})).statusCode).toBe(204);

    const { publishedResults } = await onTablet();
    expect(publishedResults).toMatchObject({ shareSatisfied: 0.9, base: 40 });
    expect(publishedResults?.periodLabel.fr).toMatch(/^Juillet\s–\sseptembre 2026$/u);
    expect(publishedResults?.periodLabel.ar).toContain('2026');
    expect(Object.keys(publishedResults?.periodLabel ?? {})).toHaveLength(9);
    const detail = await administrator.get(`/api/v1/scores/services/${VILLE}/accueil-general?period=2026-Q3`);
    const [global] = v.parse(serviceDetailSchema, detail.json()).items.filter(({ isGlobal }) => isGlobal);
    expect(publishedResults?.shareSatisfied).toBe(global?.figure.measures?.shareSatisfied);
    expect(publishedResults?.base).toBe(global?.figure.base);
    expect((await theHall()).published).toMatchObject({ base: 40, publishedOn: '2026-11-23' });
  });

  it('is refused under thirty answers, and what stood there stays', async () => {
    await hall.receive({ day: DAY, levels: { 'very-satisfied': 29 } });
    const refused = await administrator.send('POST', `${HALL}/result`, {});
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([409, 'base-too-small']);
    expect((await theHall()).quarter).toMatchObject({ base: 29, shareSatisfied: null });
    expect((await onTablet()).publishedResults).toBeNull();
    await hall.receive({ day: DAY, levels: { 'very-satisfied': 1 } });
    expect((await administrator.send('POST', `${HALL}/result`, {})).statusCode).toBe(204);
    expect((await onTablet()).publishedResults).toMatchObject({ base: 30, shareSatisfied: 1 });
  });

  it('stays as it was published until it is published anew or withdrawn', async () => {
    await hall.receive({ day: DAY, levels: { 'very-satisfied': 30 } });
    await administrator.send('POST', `${HALL}/result`, {});
    await hall.receive({ day: DAY, levels: { 'very-dissatisfied': 10 } });
    expect((await onTablet()).publishedResults).toMatchObject({ base: 30 });
    await administrator.send('POST', `${HALL}/result`, {});
    expect((await onTablet()).publishedResults).toMatchObject({ base: 40, shareSatisfied: 0.75 });
    expect((await administrator.send('DELETE', `${HALL}/result`)).statusCode).toBe(204);
    expect((await onTablet()).publishedResults).toBeNull();
    expect((await theHall()).published).toBeNull();
  });

  it('changes the tag that each push tells, and so do the lines', async () => {
    await hall.receive({ day: DAY, levels: { 'very-satisfied': 30 } });
    const before = await tagOfPush();
    await administrator.send('POST', `${HALL}/result`, {});
    const published = await tagOfPush();
    await add();
    const withLine = await tagOfPush();
    expect(new Set([before, published, withLine]).size).toBe(3);
    await administrator.send('DELETE', `${HALL}/result`);
    await administrator.send(
      'DELETE',
      `${HALL}/improvements/${(await theHall()).improvements[0]?.improvementId}`,
    );
    expect(await tagOfPush()).toBe(before);
  });
});

describe('what became of what visitors said', () => {
  it('is added, worded anew and removed, and the tablets follow', async () => {
    expect(await onTablet()).not.toHaveProperty('improvements');
    const improvementId = await add({ said: '  Il manque un banc. ', done: LINE.done });
    const shown = [{ said: { fr: LINE.said }, done: { fr: LINE.done } }];
    expect((await onTablet()).improvements).toEqual(shown);
    expect((await theHall()).improvements).toMatchObject([
      { ...LINE, improvementId, shownFrom: '2026-11-23', isShown: true },
    ]);
    const line = `${HALL}/improvements/${improvementId}`;
    expect((await administrator.send('PUT', line, { ...LINE, done: 'Un banc est là.' })).statusCode).toBe(
      204,
    );
    expect((await onTablet()).improvements?.[0]?.done.fr).toBe('Un banc est là.');
    expect((await administrator.send('DELETE', line)).statusCode).toBe(204);
    expect(await onTablet()).not.toHaveProperty('improvements');
    expect((await administrator.send('DELETE', line)).statusCode).toBe(404);
    expect((await administrator.send('PUT', line, LINE)).statusCode).toBe(404);
  });

  it('stands on the service’s own tablets only, five lines at most, the newest first, each from its day on', async () => {
    for (let day = 1; day <= 6; day += 1)
      await add({ ...LINE, said: `Jour ${day}`, shownFrom: `2026-11-0${day}` });
    await add({ ...LINE, said: 'À venir', shownFrom: '2026-11-24' });
    const said = async () => (await onTablet()).improvements?.map((line) => line.said.fr);
    expect(await said()).toEqual(['Jour 6', 'Jour 5', 'Jour 4', 'Jour 3', 'Jour 2']);
    expect((await theHall()).improvements.map(({ isShown }) => isShown)).toEqual([
      false,
      ...Array.from({ length: 5 }, () => true),
      false,
    ]);
    server.clock.advance(86_400_000);
    expect((await said())?.[0]).toBe('À venir');
    tablet = await enrolTablet(server, 'guichet-etat-civil');
    expect(await onTablet()).not.toHaveProperty('improvements');
  });

  it.each([
    ['empty', { ...LINE, said: ' ' }],
    ['too long', { ...LINE, done: 'x'.repeat(141) }],
    ['of several lines', { ...LINE, said: 'Un\nbanc' }],
    ['of another kind', { ...LINE, said: 7 }],
    ['from no day', { ...LINE, shownFrom: '24 novembre' }],
  ])('is refused where it is %s', async (_what, line) => {
    expect((await administrator.send('POST', `${HALL}/improvements`, line)).statusCode).toBe(422);
    const improvementId = await add();
    const changed = await administrator.send('PUT', `${HALL}/improvements/${improvementId}`, line);
    expect(changed.statusCode).toBe(422);
    expect((await theHall()).improvements).toMatchObject([LINE]);
  });

  it('is kept as the text it is', async () => {
    await add({ said: '<b>Un banc</b>', done: 'x'.repeat(140) });
    expect((await onTablet()).improvements?.[0]?.said.fr).toBe('<b>Un banc</b>');
  });
});

describe('the page of what is shown', () => {
  const changes = (improvementId: string) =>
    [
      ['POST', `${HALL}/result`, {}],
      ['DELETE', `${HALL}/result`, undefined],
      ['POST', `${HALL}/improvements`, LINE],
      ['PUT', `${HALL}/improvements/${improvementId}`, { ...LINE, said: 'Autre' }],
      ['DELETE', `${HALL}/improvements/${improvementId}`, undefined],
    ] as const;

  it.each([
    ['another organisation’s administrator', 404, () => asPerson(server, [CCAS])],
    ['whoever is not signed in', 401, async () => personWith(server.app, '')],
  ])('is closed to %s', async (_who, status, who) => {
    await hall.receive({ day: DAY, levels: { 'very-satisfied': 30 } });
    await administrator.send('POST', `${HALL}/result`, {});
    const improvementId = await add();
    const stranger = await who();
    for (const [method, url, body] of changes(improvementId))
      expect([method, (await stranger.send(method, url, body)).statusCode]).toEqual([method, status]);
    expect((await stranger.get('/api/v1/publications')).body).not.toContain(VILLE);
    const { published, improvements } = await theHall();
    expect([published?.base, improvements.map(({ said }) => said)]).toEqual([30, [LINE.said]]);
  });

  it('takes no change from another site', async () => {
    for (const [method, url, body] of changes(await add())) {
      const reply = await server.app.inject({
        method,
        url,
        headers: { cookie: administrator.cookie, ...OWN_PAGE, 'sec-fetch-site': 'cross-site' },
        ...(body !== undefined && { payload: body }),
      });
      expect([method, reply.statusCode]).toEqual([method, 403]);
    }
  });
});
