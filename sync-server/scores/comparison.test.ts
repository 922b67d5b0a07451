import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Comparison, comparisonSchema } from '../../protocol/comparison.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';

let server: TestApp;
let person: TestPerson;
beforeAll(async () => {
  server = await openTestApp();
  person = await asPerson(server, [VILLE]);
  const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  const registry = await openReception(server, VILLE, 'guichet-etat-civil');
  await hall.receive(
    { day: '2026-11-10', levels: { 'very-satisfied': 12 } },
    { day: '2026-11-17', levels: { 'very-satisfied': 36, 'very-dissatisfied': 4 } },
  );
  await registry.receive({ day: '2026-11-18', levels: { 'very-satisfied': 15, 'very-dissatisfied': 15 } });
});
afterAll(async () => server.close());

const compare = async (query: string): Promise<Comparison> => {
  const reply = await person.get(`/api/v1/scores/comparison?period=2026-W47&${query}`);
  expect(reply.statusCode).toBe(200);
  return v.parse(comparisonSchema, reply.json());
};
const sharesIn = ({ panels }: Comparison) =>
  panels.map(({ label, figure }) => [label, figure.base, figure.measures?.shareSatisfied ?? null]);

describe('a comparison', () => {
  it('puts services side by side, each with the year that leads up to its figure', async () => {
    const told = await compare('by=services');
    expect(sharesIn(told).slice(0, 3)).toEqual([
      ['Accueil général', 40, 0.9],
      ['Affaires générales et élections', 0, null],
      ['État civil', 30, 0.5],
    ]);
    const [hall] = told.panels;
    expect(hall?.points).toHaveLength(13);
    expect(hall?.points.at(-1)).toEqual({
      firstDay: '2026-10-26',
      lastDay: '2026-11-22',
      base: 52,
      share: 48 / 52,
    });
    expect(hall?.compared.base).toBe(12);
    expect(hall?.service).toEqual({ organisationId: VILLE, serviceId: 'accueil-general' });
  });

  it('adds the services of a site up', async () => {
    const told = await compare('by=sites');
    expect(sharesIn(told)[0]).toEqual(['Hôtel de Ville', 70, (36 + 15) / 70]);
    expect(told.panels[0]?.service).toBeNull();
  });

  it('puts the questions of one service side by side', async () => {
    const told = await compare(`by=items&organisation=${VILLE}&service=accueil-general`);
    expect(told.service?.serviceName).toBe('Accueil général');
    expect(told.panels.length).toBeGreaterThan(5);
    expect(told.panels[0]?.figure.base).toBe(40);
  });

  it('puts the last periods of a service side by side, each against the one before', async () => {
    const told = await compare(`by=periods&organisation=${VILLE}&service=accueil-general`);
    expect(told.panels.map(({ label }) => label)).toEqual(
      ['40', '41', '42', '43', '44', '45', '46', '47'].map((week) => `2026-W${week}`),
    );
    expect(told.panels.slice(-2).map(({ figure, compared }) => [figure.base, compared.base])).toEqual([
      [12, 0],
      [40, 12],
    ]);
  });

  it('is refused of a service that is not in the scope, and by what there is not', async () => {
    const status = async (query: string) =>
      (await person.get(`/api/v1/scores/comparison?period=2026-W47&${query}`)).statusCode;
    expect(await status('by=items&service=ccas-accueil-general')).toBe(404);
    expect(await status('by=moods')).toBe(422);
  });
});
