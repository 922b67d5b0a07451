import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHANNELS } from '../../domain/answers.ts';
import { DEFAULT_THRESHOLDS } from '../../domain/small-base.ts';
import { smallestSetFound } from '../../domain/test-attacker.ts';
import type { Comparison } from '../../protocol/comparison.ts';
import type { Figure, Overview, ServiceDetail } from '../../protocol/scores.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';

const VILLE = 'ville-de-libourne';
const SERVICES = ['accueil-general', 'affaires-generales', 'etat-civil', 'mediatheque'];
const FEWEST = DEFAULT_THRESHOLDS.hiddenBelow;
const WEEK = 'period=2026-W47';

let server: TestApp;
let person: TestPerson;
beforeAll(async () => {
  server = await openTestApp();
  person = await asPerson(server, [VILLE]);
  // Two sites of two services each, so that a site is more than one service.
  await server.deps.store.db
    .updateTable('services')
    .set({ site_id: 'mediatheque-condorcet' })
    .where('service_id', '=', 'etat-civil')
    .execute();
});
afterAll(async () => server.close());

/** Replaces every tally: how many answered the global question, by service and way. */
async function setAnswers(
  answers: readonly { service: string; channel: string; count: number }[],
): Promise<void> {
  const { db } = server.deps.store;
  await db.deleteFrom('tallies').execute();
  const rows = answers
    .filter(({ count }) => count > 0)
    .flatMap(({ service, channel, count }) =>
      (['week', 'day'] as const).flatMap((grain) =>
        [
          { item_id: '', scale_id: '', code: 'complete' },
          { item_id: 'GLOB', scale_id: 'four-level-agreement', code: 'very-satisfied' },
        ].map((counted) => ({
          organisation_id: VILLE,
          grain,
          service_id: service,
          starts_on: '2026-11-16',
          channel,
          integrity: 'clear' as const,
          count,
          ...counted,
        })),
      ),
    );
  if (rows.length > 0) await db.insertInto('tallies').values(rows).execute();
}

const isTold = ({ counts, measures }: Figure) => counts !== null || measures !== null;
const base = fc.oneof({ weight: 3, arbitrary: fc.nat(6) }, fc.integer({ min: 7, max: 40 }));

it('lets nobody work out fewer than five answers from services, sites and the whole, on pages and in files', async () => {
  let held = 0;
  await fc.assert(
    fc.asyncProperty(fc.tuple(base, base, base, base), async (bases) => {
      await setAnswers(
        bases.map((count, index) => ({ service: SERVICES[index] ?? '', channel: 'tablet', count })),
      );
      const overview = (await person.get(`/api/v1/scores/overview?${WEEK}`)).json<Overview>();
      const sites = (await person.get(`/api/v1/scores/comparison?by=sites&${WEEK}`)).json<Comparison>();
      const services = (await person.get(`/api/v1/scores/comparison?by=services&${WEEK}`)).json<Comparison>();
      const only = (serviceId: string) => SERVICES.map((one) => (one === serviceId ? 1 : 0));
      const siteOf = (serviceId: string) =>
        overview.services.find((service) => service.serviceId === serviceId)?.siteName;
      const at = (site: string) => SERVICES.map((one) => (siteOf(one) === site ? 1 : 0));
      const csv = (await person.get(`/api/v1/exports/overview.csv?${WEEK}`)).body.split('\r\n');
      const header =
        csv[0]
          ?.replace(/^\uFEFF/, '')
          .slice(1, -1)
          .split('";"') ?? [];
      const inFile = csv.slice(1).flatMap((line) => {
        const cells = line.slice(1, -1).split('";"');
        const name = cells[header.indexOf('Service')];
        if ((cells[header.indexOf('Oui, tout à fait')] ?? '') === '') return [];
        const service = overview.services.find(({ serviceName }) => serviceName === name);
        return [service === undefined ? SERVICES.map(() => 1) : only(service.serviceId)];
      });
      const known = [
        ...overview.services.filter(({ figure }) => isTold(figure)).map(({ serviceId }) => only(serviceId)),
        ...services.panels
          .filter(({ figure }) => isTold(figure))
          .map((one) => only(one.service?.serviceId ?? '')),
        ...sites.panels.filter(({ figure }) => isTold(figure)).map(({ label }) => at(label)),
        // The year's points are of the same week.
        ...sites.panels.filter(({ points }) => points.at(-1)?.share !== null).map(({ label }) => at(label)),
        ...(isTold(overview.total.figure) ? [SERVICES.map(() => 1)] : []),
        ...inFile,
      ];
      held += sites.panels.filter(({ figure }) => figure.base > 0 && !isTold(figure)).length;
      expect(smallestSetFound(bases, known)).toBeGreaterThanOrEqual(FEWEST);
    }),
    { numRuns: 40 },
  );
  expect(held).toBeGreaterThan(20);
}, 60_000);

it('lets nobody work out fewer than five answers of one way of answering', async () => {
  let held = 0;
  await fc.assert(
    fc.asyncProperty(fc.tuple(base, base, base, base), async (bases) => {
      const [service = ''] = SERVICES;
      await setAnswers(bases.map((count, index) => ({ service, channel: CHANNELS[index] ?? '', count })));
      const page = `/api/v1/scores/services/${VILLE}/${service}?${WEEK}`;
      const whole = (await person.get(page)).json<ServiceDetail>();
      const known = whole.channels
        .filter(({ figure }) => isTold(figure))
        .map((told) => CHANNELS.map((one) => (one === told.channel ? 1 : 0)));
      const [channel] = CHANNELS;
      const alone = (await person.get(`${page}&channel=${channel}`)).json<ServiceDetail>();
      const points = [
        ...alone.items.filter(({ isGlobal }) => isGlobal).map(({ figure }) => figure),
        ...alone.trend.slice(-1).flatMap(({ figure, rolling13 }) => [figure, rolling13]),
      ];
      if (points.some(isTold)) known.push(CHANNELS.map((one) => (one === channel ? 1 : 0)));
      const global = whole.items.find(({ isGlobal }) => isGlobal);
      if (global !== undefined && isTold(global.figure)) known.push(CHANNELS.map(() => 1));
      held += whole.channels.filter(({ figure }) => !isTold(figure)).length;
      for (const { figure, difference } of whole.channels) if (!isTold(figure)) expect(difference).toBeNull();
      expect(smallestSetFound(bases, known)).toBeGreaterThanOrEqual(FEWEST);
    }),
    { numRuns: 30 },
  );
  expect(held).toBeGreaterThan(20);
}, 60_000);
