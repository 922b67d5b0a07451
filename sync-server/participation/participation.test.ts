import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { VisitorCounts, VisitorImportReply } from '../../protocol/participation.ts';
import type { Overview } from '../../protocol/scores.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
const COUNT = `/api/v1/visitor-counts/${VILLE}/accueil-general/2026-11-17`;

let server: TestApp;
let person: TestPerson;
beforeAll(async () => {
  server = await openTestApp();
  person = await asPerson(server, [VILLE]);
});
afterAll(async () => server.close());
beforeEach(async () => {
  await server.deps.store.db.deleteFrom('visitor_counts').execute();
});

const bring = async (...lines: readonly string[]) => {
  const reply = await person.send('POST', '/api/v1/visitor-counts/imports', { text: lines.join('\r\n') });
  expect(reply.statusCode).toBe(200);
  return reply.json<VisitorImportReply>();
};
const stored = async () =>
  server.deps.store.db
    .selectFrom('visitor_counts')
    .select(['service_id', 'local_date', 'visitors', 'source'])
    .orderBy('local_date')
    .execute();
const counts = async (period = '2026-W47') =>
  (await person.get(`/api/v1/visitor-counts?period=${period}`)).json<VisitorCounts>();

describe('the visitors of a day', () => {
  it('are said by hand, again, and taken back', async () => {
    expect((await person.send('PUT', COUNT, { visitors: 120 })).statusCode).toBe(204);
    expect((await person.send('PUT', COUNT, { visitors: 125 })).statusCode).toBe(204);
    expect(await stored()).toEqual([
      { service_id: 'accueil-general', local_date: '2026-11-17', visitors: 125, source: 'hand' },
    ]);
    const [service] = (await counts()).services;
    expect(service?.counts).toMatchObject([{ date: '2026-11-17', visitors: 125, source: 'hand' }]);
    expect(service?.counts[0]?.enteredBy).not.toBe('');
    expect((await person.send('PUT', COUNT, { visitors: null })).statusCode).toBe(204);
    expect(await stored()).toEqual([]);
  });

  it.each([
    [COUNT, { visitors: -1 }, 422],
    [COUNT, { visitors: 12.5 }, 422],
    [COUNT, { visitors: 20_001 }, 422],
    [COUNT.replace('11-17', '11-31'), { visitors: 1 }, 422],
    [COUNT.replace('11-17', '12-01'), { visitors: 1 }, 422],
    [COUNT.replace('accueil-general', 'nowhere'), { visitors: 1 }, 404],
    [COUNT.replace(VILLE, 'ccas-de-libourne'), { visitors: 1 }, 404],
  ])('are refused where they cannot be: %s %o', async (url, body, status) => {
    expect((await person.send('PUT', url, body)).statusCode).toBe(status);
    expect(await stored()).toEqual([]);
  });
});

describe('a file of visitors', () => {
  it('is read as a spreadsheet or a ticket machine writes it', async () => {
    const reply = await bring(
      '\uFEFFDate;Service;Visiteurs',
      '16/11/2026;Accueil général;140',
      '2026-11-17;accueil-general;"150"',
      '17.11.2026;ÉTAT CIVIL;31',
      '',
    );
    expect(reply).toEqual({ added: 3, changed: 0, unchanged: 0, faults: [], otherFaults: 0 });
    expect((await stored()).map(({ visitors }) => visitors).toSorted((a, b) => a - b)).toEqual([
      31, 140, 150,
    ]);
    expect(await bring('2026-11-16,Accueil général,1')).toMatchObject({ changed: 1 });
    expect(await bring('2026-11-16\tAccueil général\t2')).toMatchObject({ changed: 1 });
  });

  it('changes nothing when it is brought again', async () => {
    const lines = ['16/11/2026;Accueil général;140', '17/11/2026;Accueil général;150'];
    expect(await bring(...lines)).toMatchObject({ added: 2 });
    const before = await stored();
    expect(await bring(...lines)).toEqual({ added: 0, changed: 0, unchanged: 2, faults: [], otherFaults: 0 });
    expect(await stored()).toEqual(before);
    expect(await bring('17/11/2026;Accueil général;151')).toMatchObject({ changed: 1 });
  });

  it('says what is wrong line by line, and stores nothing of it', async () => {
    const reply = await bring(
      'Date;Service;Visiteurs',
      '16/11/2026;Accueil général;140',
      '31/11/2026;Accueil général;140',
      '17/11/2026;Guichet inconnu;140',
      '18/11/2026;Accueil général;douze',
      '19/11/2026;Accueil général',
      '30/11/2026;Accueil général;3',
      '16/11/2026;accueil-general;141',
      '20/11/2026;Accueil général;-4',
    );
    expect(reply.faults).toEqual([
      { line: 3, kind: 'date', value: '31/11/2026' },
      { line: 4, kind: 'service', value: 'Guichet inconnu' },
      { line: 5, kind: 'visitors', value: 'douze' },
      { line: 6, kind: 'columns', value: '19/11/2026 ; Accueil général' },
      { line: 7, kind: 'to-come', value: '30/11/2026' },
      { line: 8, kind: 'twice', value: '2' },
      { line: 9, kind: 'visitors', value: '-4' },
    ]);
    expect(await stored()).toEqual([]);
  });

  it('cannot name a service that its bearer does not see', async () => {
    expect((await bring('16/11/2026;ccas-accueil-general;1')).faults).toMatchObject([{ kind: 'service' }]);
  });

  it('tells the first faults of many and counts the rest', async () => {
    const reply = await bring(...Array.from({ length: 70 }, () => 'hier;ici;beaucoup'.replace('hier', '99')));
    expect(reply.faults).toHaveLength(50);
    expect(reply.otherFaults).toBe(160);
  });
});

describe('participation', () => {
  it('is the answers of the days that were counted out of their visitors', async () => {
    const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
    await hall.receive(
      { day: '2026-11-16', levels: { 'very-satisfied': 12 } },
      { day: '2026-11-17', levels: { 'very-satisfied': 8 } },
      { day: '2026-11-18', levels: { 'very-satisfied': 30 } },
    );
    await bring('16/11/2026;Accueil général;140', '17/11/2026;Accueil général;60');
    const told = { visitors: 200, responses: 20, countedDays: 2 };
    expect((await counts()).services[0]?.participation).toEqual(told);
    const overview = (await person.get('/api/v1/scores/overview?period=2026-W47')).json<Overview>();
    expect(overview.services.map(({ participation }) => participation)).toEqual([
      told,
      ...overview.services.slice(1).map(() => null),
    ]);
    expect((await counts('2026-W46')).services[0]?.participation).toBeNull();
  });
});
