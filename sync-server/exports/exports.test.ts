import { readXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../domain/weeks.ts';
import type { Overview, ServiceDetail } from '../../protocol/scores.ts';
import type { VerbatimPage } from '../../protocol/verbatims.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';
import { releaseEveryText } from '../test-moderation.ts';
import { openReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';
const SERVICE = `organisation=${VILLE}&service=accueil-general`;
/** Texts that spreadsheets, browsers and file formats are known to stumble over. */
const HOSTILE = [
  '=1+1',
  '+33 5 57 55 33 33',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '＝HYPERLINK("http://x.example")',
  ' \u200B=1+1',
  'un "mot" ; deux\nlignes',
  '_x0041_ <b>&amp;</b> ]]>',
  'é À œ € 😀 مرحبا \u202Eabc',
];

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
      texts: HOSTILE,
    },
  );
  const library = await openReception(server, VILLE, 'accueil-mediatheque');
  await library.receive({ day: '2026-11-18', levels: { 'very-satisfied': 3 } });
  await releaseEveryText(server);
  person = await asPerson(server);
});
afterAll(async () => server.close());

const file = async (path: string, who = person) => {
  const reply = await who.get(`/api/v1/exports/${path}`);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply;
};
/** The rows of a CSV file as a spreadsheet reads them, by column name. */
const csvRows = async (path: string, who = person) => {
  const [header = [], ...rows] = parseCsv((await file(path, who)).body);
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
};
const workbook = async (path: string) => readXlsx((await file(path)).rawPayload);

/** RFC 4180 with semicolons, written apart from the writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /"((?:[^"]|"")*)"(;|\r\n)/gy;
  cell.lastIndex = 1;
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    rows.at(-1)?.push((match[1] ?? '').replaceAll('""', '"'));
    if (match[2] === '\r\n') rows.push([]);
    if (cell.lastIndex === text.length) break;
  }
  return rows.slice(0, -1).map((row) => row);
}

const percent = (share: number): string => (share * 100).toFixed(1).replace('.', ',');

describe('an export for French Excel', () => {
  it('has a byte order mark, semicolons, CRLF, decimal commas and French days', async () => {
    const { rawPayload, headers } = await file('overview.csv?period=2026-W47');
    expect([...rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = rawPayload.toString('utf8');
    expect(text.startsWith('\uFEFF"Organisation";"Site";"Service";')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toContain('"93,6"');
    expect(text).toContain('"16/11/2026"');
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="parvis-semaine-2026-W47.csv"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it('says what the overview says', async () => {
    const overview = (await person.get('/api/v1/scores/overview?period=2026-W47')).json<Overview>();
    const rows = await csvRows('overview.csv?period=2026-W47');
    expect(rows).toHaveLength(overview.services.length + 1);
    overview.services.forEach((service, index) => {
      const { figure, responses } = service;
      expect(rows[index]).toMatchObject({
        Service: service.serviceName,
        Réponses: String(responses),
        'Réponses exprimées': String(figure.base),
        'Oui, tout à fait': figure.counts === null ? '' : String(figure.counts['very-satisfied']),
        'Part de satisfaits (%)':
          figure.measures === null ? '' : (figure.measures.shareSatisfied * 100).toFixed(1).replace('.', ','),
        'Objectif (%)': '90,0',
        Démonstration: 'non',
      });
    });
    expect(rows.at(-1)).toMatchObject({
      Service: 'Tous les services en activité',
      Réponses: String(overview.total.responses),
      'Part de satisfaits (%)': '',
      'Remarque sur le chiffre': 'masqué\u00a0: le total laisserait deviner une partie masquée',
    });
    expect(
      rows.find((row) => row['Service'] === 'Médiathèque Condorcet' || row['Réponses'] === '3'),
    ).toMatchObject({
      'Réponses exprimées': '3',
      'Oui, tout à fait': '',
      'Remarque sur le chiffre': 'masqué\u00a0: moins de 5 réponses',
    });
  });

  it('keeps numbers as numbers, negative ones too', async () => {
    const counter = await openReception(server, VILLE, 'guichet-etat-civil');
    await counter.receive({ day: '2026-11-18', levels: { 'very-satisfied': 5, 'very-dissatisfied': 15 } });
    const rows = await csvRows('overview.csv?period=2026-W47');
    expect(rows.find((row) => row['Réponses'] === '20')).toMatchObject({
      'Satisfaction nette (points)': '-50,0',
    });
  });

  it('guards texts that would be taken for formulas, and leaves the others as they are', async () => {
    const rows = await csvRows('verbatims.csv?period=2026-W47');
    const texts = rows.map((row) => row['Texte'] ?? '');
    expect(texts.toSorted()).toEqual(
      [...HOSTILE.slice(0, 7).map((text) => `'${text}`), ...HOSTILE.slice(7)].toSorted(),
    );
    expect(rows[0]).toMatchObject({ Date: '18/11/2026', 'Demi-journée': 'matin', Lue: 'non', Langue: 'fr' });
    expect(Object.keys(rows[0] ?? {})).not.toContain('Oui, tout à fait');
  });
});

describe('a workbook', () => {
  it('explains itself: what it is of, and every column', async () => {
    const { sheets } = await workbook('overview.xlsx?period=2026-W47&compare=last-year');
    expect(sheets.map((sheet) => sheet.name)).toEqual(['À propos', 'Services', 'Dictionnaire']);
    const [about, services, dictionary] = sheets.map((sheet) => sheet.rows);
    expect(Object.fromEntries((about ?? []) as [string, string][])).toMatchObject({
      Période: 'semaine 47 de 2026, du 16/11/2026 au 22/11/2026',
      Comparaison: 'même période de l’année d’avant\u00a0: semaine 47 de 2025',
      Démonstration: 'non',
      'Fait le': '23/11/2026 à 10:00 (Europe/Paris)',
    });
    expect(dictionary?.slice(1).map((row) => row[1])).toEqual(services?.[0]);
    expect(dictionary?.find((row) => row[1] === 'Part de satisfaits (%)')).toEqual([
      'Services',
      'Part de satisfaits (%)',
      'Réponses satisfaites sur réponses exprimées',
      '%',
      'share-satisfied',
    ]);
  });

  it('holds the same cells as the CSV file, numbers and days as such', async () => {
    for (const path of ['overview', 'service', 'verbatims'] as const) {
      const query = path === 'service' ? `${SERVICE}&period=2026-W47` : 'period=2026-W47';
      const [header, ...csv] = parseCsv((await file(`${path}.csv?${query}`)).body);
      const sheet = (await workbook(`${path}.xlsx?${query}`)).sheets[1]?.rows ?? [];
      expect(sheet[0]).toEqual(header);
      expect(sheet.slice(1).map((row) => row.map(asCsv))).toEqual(
        csv.map((row) => row.map((cell) => cell.replace(/^'/, ''))).map((row) => row.map(asCsv)),
      );
    }
  });

  it('holds hostile texts as texts, letter for letter', async () => {
    const { sheets } = await workbook('verbatims.xlsx?period=2026-W47');
    const sheet = sheets[1];
    const column = sheet?.rows[0]?.indexOf('Texte') ?? -1;
    expect(
      sheet?.rows
        .slice(1)
        .map((row) => String(row[column]))
        .toSorted(),
    ).toEqual(HOSTILE.toSorted());
    for (const [, cell] of sheet?.cells ?? []) expect(cell.formula).toBeUndefined();
  });

  it('holds a service’s figures and its revisions', async () => {
    const detail = (
      await person.get(`/api/v1/scores/services/${VILLE}/accueil-general?period=2026-W47`)
    ).json<ServiceDetail>();
    const rows = await csvRows(`service.csv?${SERVICE}&period=2026-W47`);
    expect(rows).toHaveLength(2 * detail.items.length + 2 * detail.trend.length);
    expect(rows[0]).toMatchObject({
      Lecture: 'Période',
      'Question (code)': 'GLOB',
      'Réponses exprimées': '47',
    });
    const { sheets } = await workbook(`service.xlsx?${SERVICE}&period=2026-W47`);
    expect(sheets.map((sheet) => sheet.name)).toEqual(['À propos', 'Chiffres', 'Révisions', 'Dictionnaire']);
  });

  it('holds what stands beside a service’s figures: its chart week by week, its coverage, what was lost', async () => {
    const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
    for (let week = 0; week < 14; week += 1)
      await hall.receive({
        day: addDays('2026-08-04', 7 * week),
        levels: { 'very-satisfied': 36, 'very-dissatisfied': 4 },
      });
    const { db } = server.deps.store;
    const { organisation_id, enrolment_id } = await db
      .selectFrom('enrolments')
      .select(['organisation_id', 'enrolment_id'])
      .where('point_id', '=', 'accueil-hotel-de-ville')
      .executeTakeFirstOrThrow();
    const loss = { organisation_id, enrolment_id, cause: 'thinned' };
    await db
      .insertInto('known_losses')
      .values([
        // Two runs of one loss, noticed on the first minute of the week at the site; then one of the week before it.
        {
          ...loss,
          first_sequence: 5_001,
          last_sequence: 5_003,
          through_sequence: 5_010,
          noticed_at: '2026-11-15T23:00:30.000Z',
        },
        {
          ...loss,
          first_sequence: 5_007,
          last_sequence: 5_007,
          through_sequence: 5_010,
          noticed_at: '2026-11-15T23:00:30.000Z',
        },
        {
          ...loss,
          first_sequence: 4_001,
          last_sequence: 4_009,
          through_sequence: 4_010,
          noticed_at: '2026-11-15T22:59:00.000Z',
        },
      ])
      .execute();
    const { chart, coverage } = (
      await person.get(`/api/v1/scores/services/${VILLE}/accueil-general?period=2026-W47`)
    ).json<ServiceDetail>();
    const rows = await csvRows(`service.csv?${SERVICE}&period=2026-W47`);
    expect(chart?.points.length).toBeGreaterThan(10);
    const [whole, ...others] = rows;
    expect(whole).toMatchObject({
      Lecture: 'Période',
      'Réponses perdues (nombre exact)': '4',
      'Couverture (%)': coverage === null ? '' : percent(coverage.aliveMinutes / coverage.openMinutes),
    });
    expect(others.filter((row) => row['Réponses perdues (nombre exact)'] !== '')).toEqual([]);
    const drawn = rows.filter((row) => row['Lecture'] === 'Semaine' && row['Carte de contrôle'] !== '');
    expect(
      drawn.map((row) => [row['Limite habituelle basse (%)'], row['Limite habituelle haute (%)']]),
    ).toEqual((chart?.points ?? []).map(({ low, high }) => [percent(low), percent(high)]));
  });
});

describe('what leaves', () => {
  it('is marked when it is made up, in its name and in every row', async () => {
    const mark = async (isMadeUp: 0 | 1) =>
      server.deps.store.db.updateTable('organisations').set({ is_demonstration: isMadeUp }).execute();
    await mark(1);
    const reply = await file('overview.csv?period=2026-W47');
    expect(reply.headers['content-disposition']).toContain('parvis-DEMONSTRATION-semaine-2026-W47.csv');
    for (const path of ['overview.csv?', `service.csv?${SERVICE}&`, 'verbatims.csv?'])
      for (const row of await csvRows(`${path}period=2026-W47`))
        expect(row['Démonstration']).toBe('DEMONSTRATION');
    const { sheets } = await workbook('verbatims.xlsx?period=2026-W47');
    expect(JSON.stringify(sheets[0]?.rows)).toContain('OUI\u00a0: DONNÉES INVENTÉES');
    await mark(0);
  });

  it('never holds a hidden text', async () => {
    const [verbatim] = (
      await person.get(`/api/v1/verbatims?search=${encodeURIComponent('mot lignes')}`)
    ).json<VerbatimPage>().verbatims;
    const url = `/api/v1/verbatims/${verbatim?.organisationId}/${verbatim?.responseId}`;
    const { version } = verbatim ?? { version: 0 };
    await person.send('PATCH', url, { change: 'hide', version, category: 'insult', reason: '' });
    expect(await csvRows('verbatims.csv?period=2026-W47')).toHaveLength(HOSTILE.length - 1);
    expect(await csvRows('verbatims.csv?period=2026-W47&state=hidden')).toEqual([]);
    expect(await csvRows('verbatims.csv?state=all')).toHaveLength(HOSTILE.length - 1);
    await person.send('PATCH', url, { change: 'release', version: version + 1 });
    expect(await csvRows('verbatims.csv?state=all')).toHaveLength(HOSTILE.length);
  });

  it('holds all pages of a search, and only those of the scope', async () => {
    const more = await openReception(server, VILLE, 'guichet-affaires-generales');
    await more.receive({
      day: '2026-11-17',
      texts: Array.from({ length: 70 }, (_, index) => `avis ${index}`),
    });
    expect(await csvRows('verbatims.csv?search=AVIS')).toEqual([]);
    await releaseEveryText(server);
    expect(await csvRows('verbatims.csv?search=AVIS')).toHaveLength(70);
    expect(await csvRows('verbatims.csv?search=AVIS', await asPerson(server, [CCAS]))).toEqual([]);
  });

  it('is named after its period', async () => {
    const nameOf = async (path: string) =>
      String((await file(path)).headers['content-disposition']).slice(22, -1);
    expect(await nameOf('overview.xlsx?period=2026-11')).toBe('parvis-mois-2026-11.xlsx');
    expect(await nameOf('overview.csv?period=2026-Q4')).toBe('parvis-trimestre-2026-Q4.csv');
    expect(await nameOf(`service.csv?${SERVICE}&period=2026`)).toBe('parvis-accueil-general-annee-2026.csv');
    expect(await nameOf('verbatims.csv')).toBe('parvis-suggestions.csv');
  });
});

/** A cell of either file as the text both should come to. */
function asCsv(cell: string | number | boolean | Date | null): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10).split('-').toReversed().join('/');
  const text = String(cell);
  const number = /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null;
  return number === null ? text : String(Math.round(number * 10) / 10);
}
