import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Figure, Overview, ServiceDetail } from '../../protocol/scores.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';

const VILLE = 'ville-de-libourne';
const SERVICES = ['accueil-general', 'affaires-generales', 'etat-civil', 'mediatheque'];
const LEVELS = [
  'very-satisfied',
  'fairly-satisfied',
  'fairly-dissatisfied',
  'very-dissatisfied',
  'not-applicable',
];
const MONDAY = '2026-11-16';

let server: TestApp;
let person: TestPerson;
beforeAll(async () => {
  server = await openTestApp();
  person = await asPerson(server, [VILLE]);
});
afterAll(async () => server.close());

/** Replaces every tally: for each service, how often each level was given to the global item. */
async function setTallies(counts: readonly (readonly number[])[]): Promise<void> {
  const { db } = server.deps.store;
  await db.deleteFrom('tallies').execute();
  const rows = counts.flatMap((levels, service) =>
    levels.flatMap((count, level) =>
      count === 0
        ? []
        : (['week', 'day'] as const).map((grain) => ({
            organisation_id: VILLE,
            grain,
            service_id: SERVICES[service] ?? '',
            item_id: 'GLOB',
            scale_id: 'four-level-agreement',
            starts_on: MONDAY,
            channel: 'tablet',
            integrity: 'clear' as const,
            code: LEVELS[level] ?? '',
            count,
          })),
    ),
  );
  if (rows.length > 0) await db.insertInto('tallies').values(rows).execute();
}

/** Every figure of a reply, wherever it stands. */
function figuresIn(value: unknown): Figure[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('disclosure' in value) return [value as Figure];
  return Object.values(value).flatMap(figuresIn);
}

const baseOf = (levels: readonly number[]) => levels.slice(0, 4).reduce((sum, count) => sum + count, 0);
const small = fc.tuple(fc.nat(3), fc.nat(2), fc.nat(2), fc.nat(1), fc.nat(4));
const large = fc.tuple(fc.nat(30), fc.nat(9), fc.nat(5), fc.nat(5), fc.nat(5));
const towns = fc.array(fc.oneof(small, large), { minLength: SERVICES.length, maxLength: SERVICES.length });

it('holds small bases back in every reply, and in every file', { timeout: 60_000 }, async () => {
  let heldBack = 0;
  await fc.assert(
    fc.asyncProperty(towns, async (counts) => {
      await setTallies(counts);
      for (const period of ['2026-W47', '2026-11']) {
        const overview = (await person.get(`/api/v1/scores/overview?period=${period}`)).json<Overview>();
        const detail = (
          await person.get(`/api/v1/scores/services/${VILLE}/etat-civil?period=${period}`)
        ).json<ServiceDetail>();
        for (const figure of figuresIn([overview, detail])) {
          const isHidden = figure.disclosure === 'hidden';
          if (figure.base > 0 && figure.base < 5) expect(figure.disclosure).toBe('hidden');
          if (isHidden) heldBack += 1;
          if (isHidden || figure.base === 0) expect(figure.counts).toBeNull();
          if (figure.base < 11 || isHidden) expect([figure.measures, figure.interval]).toEqual([null, null]);
          if (figure.base < 30 || isHidden) expect(figure.verdict).toBeNull();
        }
        for (const { figure, signal } of overview.services)
          if (figure.base < 5) expect(signal).toEqual({ kind: 'not-enough' });

        // Whoever takes the shown services from a shown total learns of none, or of five answers and more.
        const hidden = counts.map(baseOf).filter((base) => base > 0 && base < 5);
        const left = hidden.reduce((sum, base) => sum + base, 0);
        if (left > 0 && left < 5) expect(overview.total.figure.disclosure).toBe('hidden');
        else if (overview.total.figure.base >= 5) expect(overview.total.figure.counts).not.toBeNull();

        const csv = (await person.get(`/api/v1/exports/overview.csv?period=${period}`)).body;
        const [header = [], ...rows] = csv
          .trimEnd()
          .split('\r\n')
          .map((line) =>
            line
              .replace(/^\uFEFF/, '')
              .slice(1, -1)
              .split('";"'),
          );
        const cell = (row: readonly string[], name: string) => row[header.indexOf(name)];
        for (const row of rows) {
          const base = Number(cell(row, 'Réponses exprimées'));
          const isSuppressed = (cell(row, 'Remarque sur le chiffre') ?? '').startsWith('masqué');
          const told = [
            'Oui, tout à fait',
            'Non concerné',
            'Part de satisfaits (%)',
            'Moyenne sur 10',
            'p du signal',
          ];
          if (base < 5 || isSuppressed)
            for (const name of told) expect(cell(row, name), `${row.join('|')} ${name}`).toBe('');
        }
      }
    }),
    { numRuns: 25 },
  );
  expect(heldBack).toBeGreaterThan(50);
});
