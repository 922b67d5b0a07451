import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decision, IntegrityDay } from '../../../protocol/integrity.ts';
import type { Overview, ServiceDetail } from '../../../protocol/scores.ts';
import { wholeScope } from '../../people/scope.ts';
import { openTestApp, type TestApp } from '../../test-app.ts';
import { asPerson, type TestPerson } from '../../test-person.ts';
import { releaseEveryText } from '../../test-moderation.ts';
import { openReception } from '../../test-reception.ts';
import { openExport } from './open-export.ts';
import type { ResponsesNews } from './request.ts';
import { readResponses } from './stored-responses.ts';
import { responsesQuerySchema, wantedResponses } from './wanted-responses.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';
const HALL = `${VILLE}/accueil-general`;

let server: TestApp;
let person: TestPerson;
beforeAll(async () => {
  server = await openTestApp();
  const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  await hall.receive(
    { day: '2026-11-10', levels: { 'very-satisfied': 28, 'very-dissatisfied': 2 } },
    {
      day: '2026-11-18',
      levels: { 'very-satisfied': 34, 'fairly-satisfied': 10, 'very-dissatisfied': 3 },
      texts: ['=1+1', 'caché', 'merci'],
    },
    { day: '2026-11-18', levels: { 'very-dissatisfied': 4 }, flags: ['burst'], hour: 15 },
    { day: '2026-11-19', levels: { 'very-dissatisfied': 2 }, flags: ['test-mode'] },
  );
  const desk = await openReception(server, CCAS, 'accueil-ccas');
  await desk.receive({ day: '2026-11-18', levels: { 'very-satisfied': 6 } });
  await server.deps.store.db
    .updateTable('verbatims')
    .set({ hidden_at: '2026-11-20T08:00:00.000Z', hidden_category: 'insult', hidden_reason: '' })
    .where('text', '=', 'caché')
    .execute();
  await releaseEveryText(server);
  await hall.receive({ day: '2026-11-11', levels: { 'very-satisfied': 1 }, texts: ['à modérer'] });
  await server.deps.store.db
    .updateTable('verbatims')
    .set({ masks: JSON.stringify([{ start: 0, end: 5, kind: 'other' }]) })
    .where('text', '=', 'merci')
    .execute();
  person = await asPerson(server);
});
afterAll(async () => server.close());

type Response = Readonly<Record<string, string | number>>;
/** What the process of an export writes, in this one: starting it for each question would take most of the time. */
const responsesOf = async (query: string, organisationIds = [VILLE, CCAS]): Promise<readonly Response[]> => {
  const { request } = await wantedResponses(
    { ...server.deps, databaseUrl: server.deps.config.databaseUrl },
    wholeScope(organisationIds),
    v.parse(responsesQuerySchema, Object.fromEntries(new URLSearchParams(query))),
    'json',
  );
  const pieces: Uint8Array[] = [];
  const told: ResponsesNews[] = [];
  for await (const piece of openExport(request, (news) => told.push(news))) pieces.push(piece);
  const { responses } = JSON.parse(Buffer.concat(pieces).toString('utf8')) as { responses: Response[] };
  expect(told.at(0)).toEqual({ kind: 'counted', total: responses.length });
  if (responses.length > 0) expect(told.at(-1)).toEqual({ kind: 'written', rows: responses.length });
  return responses;
};
const countBy = (rows: readonly Response[], column: string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[String(row[column])] = (counts[String(row[column])] ?? 0) + 1;
  return counts;
};

describe('responses as a file', () => {
  it('add up to what the screens say', async () => {
    const rows = await responsesOf('period=2026-W47');
    const overview = (await person.get('/api/v1/scores/overview?period=2026-W47')).json<Overview>();
    const inFigures = rows.filter((row) => row['in_figures'] === 'yes');
    expect(inFigures).toHaveLength(overview.total.responses);
    for (const service of overview.services) {
      const own = rows.filter((row) => row['service_id'] === service.serviceId);
      const counted = own.filter((row) => row['in_figures'] === 'yes');
      expect(counted).toHaveLength(service.responses);
      expect(own.filter((row) => row['set_aside'] === 'burst')).toHaveLength(service.setAside.responses);
      if (service.figure.counts !== null)
        expect({ ...zeros(service.figure.counts), ...countBy(counted, 'item_GLOB') }).toEqual(
          service.figure.counts,
        );
    }
    const detail = (
      await person.get(`/api/v1/scores/services/${HALL}?period=2026-W47`)
    ).json<ServiceDetail>();
    const global = detail.items.find((item) => item.isGlobal);
    const own = inFigures.filter((row) => row['service_id'] === 'accueil-general');
    expect(countBy(own, 'item_GLOB')).toMatchObject({ 'very-satisfied': 34, 'fairly-satisfied': 10 });
    expect(global?.figure.base).toBe(47);
  });

  it('stand where somebody has decided, and say so', async () => {
    const path = '/api/v1/integrity/ville-de-libourne/accueil-general/2026-11-18';
    const { answers } = (await person.get(path)).json<IntegrityDay>();
    const decide = async (kind: Decision['kind'], chosen: IntegrityDay['answers']) => {
      const references = chosen.map(({ reference }) => reference);
      const reply = await person.send('POST', `${path}/decisions`, {
        kind,
        references,
        reason: 'Vu sur place.',
      });
      return reply.json<Decision>();
    };
    const decisions = [
      await decide(
        'include',
        answers.filter(({ isSetAside }) => isSetAside),
      ),
      await decide('set-aside', answers.filter(({ isSetAside }) => !isSetAside).slice(0, 7)),
    ];
    const rows = await responsesOf(`from=2026-11-18&to=2026-11-18&services=${HALL}`);
    expect(countBy(rows, 'in_figures')).toEqual({ yes: 44, no: 7 });
    expect(countBy(rows, 'set_aside')).toEqual({ '': 44, 'by-decision': 7 });
    const overview = (await person.get('/api/v1/scores/overview?period=2026-W47')).json<Overview>();
    expect(overview.services[0]?.responses).toBe(44);
    for (const { decisionId, serviceId } of decisions)
      await person.send(
        'POST',
        `/api/v1/integrity/${VILLE}/${serviceId}/decisions/${decisionId}/withdrawal`,
        {
          reason: 'Essai terminé.',
        },
      );
  });

  it('hold day and half-day, and nothing finer', async () => {
    const [row] = await responsesOf('period=2026-W47');
    expect(row).toMatchObject({ local_date: '2026-11-18', half_day: expect.stringMatching(/^(am|pm)$/) });
    expect(JSON.stringify(row)).not.toMatch(/\d{2}:\d{2}|T\d{2}/);
  });

  it('come in an order that tells nothing of the order of the visits', async () => {
    const ids = (await responsesOf('from=2026-11-18&to=2026-11-18&services=' + HALL)).map((row) =>
      String(row['response_id']),
    );
    expect(ids).toEqual(ids.toSorted((one, other) => (one < other ? -1 : 1)));
  });

  it('leave out the words that may not leave, and keep the answer', async () => {
    const rows = await responsesOf(`from=2026-11-18&to=2026-11-18&services=${HALL}`);
    expect(new Set(rows.flatMap((row) => row['text'] ?? []))).toEqual(new Set(['=1+1', '[passage masqué]']));
    expect(rows).toHaveLength(51);
    const waiting = await responsesOf(`from=2026-11-11&to=2026-11-11&services=${HALL}`);
    expect(waiting.map((row) => row['text'] ?? '')).toEqual(['']);
  });

  it.each(['channels=phone', 'from=2026-12-01', 'services=ville-de-libourne/mediatheque'])(
    'are narrowed by %s',
    async (query) => {
      expect(await responsesOf(query)).toEqual([]);
    },
  );

  it('are narrowed by days and services', async () => {
    expect(
      await responsesOf(`from=2026-11-10&to=2026-11-10&services=${HALL},${CCAS}/ccas-accueil-general`),
    ).toHaveLength(30);
    expect(await responsesOf(`services=${CCAS}/ccas-accueil-general&channels=tablet,web`)).toHaveLength(6);
  });

  it('are those of the person’s scope, whatever is asked for', async () => {
    expect(countBy(await responsesOf('', [CCAS]), 'organisation_id')).toEqual({ [CCAS]: 6 });
    expect(await responsesOf(`services=${HALL}`, [CCAS])).toEqual([]);
    expect(await responsesOf('', [])).toEqual([]);
    const ofCcas = await asPerson(server, [CCAS]);
    const reply = await ofCcas.get(
      `/api/v1/exports/responses.json?services=${HALL},${CCAS}/ccas-accueil-general`,
    );
    expect(reply.json<{ responses: Response[] }>().responses).toHaveLength(6);
    expect(reply.headers['x-parvis-rows']).toBe('6');
  });

  it('are refused to whoever is not signed in, and where the question is none', async () => {
    expect((await server.app.inject('/api/v1/exports/responses.csv')).statusCode).toBe(401);
    for (const query of ['from=hier', 'from=2026-11-19&to=2026-11-18', 'channels=fax', 'services=x'])
      expect((await person.get(`/api/v1/exports/responses.csv?${query}`)).statusCode, query).toBe(422);
  });

  it('tell in French what they hold, for spreadsheets', async () => {
    const reply = await person.get(`/api/v1/exports/responses.csv?period=2026-W47&services=${HALL}`);
    expect(reply.headers['content-disposition']).toBe(
      'attachment; filename="parvis-reponses-2026-11-16-2026-11-22.csv"',
    );
    const [head = '', ...lines] = reply.body.split('\r\n');
    expect(head).toMatch(/^\uFEFFIdentifiant;Date;Demi-journée;Organisation;/);
    expect(
      lines.filter((line) => line.includes(';"Oui, tout à fait";') || line.includes(';Oui, tout à fait;')),
    ).toHaveLength(34);
    expect(reply.body).toContain(`;"'=1+1";`);
    expect(reply.body).toContain(';18/11/2026;matin;Ville de Libourne;');
  });

  it('are refused to the one format that could not hold them all', async () => {
    const { request } = await wantedResponses(
      { ...server.deps, databaseUrl: server.deps.config.databaseUrl },
      wholeScope([VILLE]),
      {},
      'ods',
    );
    const told: ResponsesNews[] = [];
    for await (const piece of openExport(request, (news) => told.push(news), 50)) expect(piece).toBe('none');
    expect(told).toEqual([{ kind: 'too-many', total: 84, most: 50 }]);
  });

  it('are those of the moment of their count, whatever comes in while they are read', async () => {
    const sources = { ...server.deps, databaseUrl: server.deps.config.databaseUrl };
    const { request } = await wantedResponses(sources, wholeScope([VILLE, CCAS]), {}, 'csv');
    const reading = await readResponses(request);
    const total = await reading.count();
    const desk = await openReception(server, CCAS, 'accueil-ccas');
    await desk.receive({ day: '2026-11-19', levels: { 'very-satisfied': 3 } });
    let read = 0;
    for await (const { responses } of reading.batches()) read += responses.length;
    await reading.close();
    expect(read).toBe(total);
    expect(await responsesOf('')).toHaveLength(total + 3);
  });

  it('have a codebook', async () => {
    const { body } = await person.get('/api/v1/exports/codebook.csv');
    expect(body).toContain('"very-satisfied";"Oui, tout à fait";"oui";"100,0"');
    expect(body).toContain('"item_GLOB"');
  });
});

function zeros(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.keys(counts).map((code) => [code, 0]));
}
