import { readOds } from 'hucre';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IntegrityDay } from '../../protocol/integrity.ts';
import type { ServiceDetail } from '../../protocol/scores.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';
import { readPdf } from './test-read-pdf.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';

let server: TestApp;
let person: TestPerson;
beforeAll(async () => {
  server = await openTestApp();
  const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  await hall.receive(
    { day: '2025-11-12', levels: { 'very-satisfied': 40, 'very-dissatisfied': 10 } },
    {
      day: '2026-11-10',
      levels: { 'very-satisfied': 34, 'fairly-satisfied': 10, 'very-dissatisfied': 3 },
      texts: ['Je m’appelle Jeanne Moulin'],
    },
    { day: '2026-11-10', levels: { 'very-dissatisfied': 6 }, flags: ['burst'] },
    { day: '2026-11-12', levels: { 'very-satisfied': 3 }, receivedOn: '2026-11-20' },
  );
  person = await asPerson(server);
  await hall.receive({ day: '2026-11-09', hour: 15, levels: { 'very-dissatisfied': 5 } });
  const path = `/api/v1/integrity/${VILLE}/accueil-general/2026-11-09`;
  const { answers } = (await person.get(path)).json<IntegrityDay>();
  await person.send('POST', `${path}/decisions`, {
    kind: 'set-aside',
    references: answers.map(({ reference }) => reference),
    reason: '=De 15 h 02 à 15 h 04, des enfants tapaient.',
  });
  await person.send('POST', `/api/v1/publications/${VILLE}/accueil-general/improvements`, {
    said: 'Il manque un banc.',
    done: 'Un banc est là.',
    shownFrom: '2026-11-02',
  });
});
afterAll(async () => server.close());

const evidence = async (ending: string, who = person) => {
  const reply = await who.get(`/api/v1/exports/evidence.${ending}?period=2026-11`);
  expect(reply.statusCode, reply.body.slice(0, 500)).toBe(200);
  return reply;
};

it('says what the screen says, read back from the document', async () => {
  const { text } = readPdf((await evidence('pdf')).rawPayload);
  const { items, setAside } = (
    await person.get(`/api/v1/scores/services/${VILLE}/accueil-general?period=2026-11&compare=last-year`)
  ).json<ServiceDetail>();
  const global = items.find((item) => item.isGlobal);
  expect(global?.figure).toMatchObject({ base: 50, verdict: 'not-yet-demonstrated' });
  expect(global?.compared.measures?.shareSatisfied).toBe(0.8);
  expect(setAside.responses).toBe(11);
  for (const expected of [
    'Dossier de preuve – satisfaction à l’accueil',
    'novembre 2026, du 01/11/2026 au 30/11/2026',
    'non : les chiffres bougeront encore',
    // Base, share, interval, verdict, a year before, and what became of it.
    '50 94,0 % 83,8 – 97,9 % pas encore démontré 80,0 % +14,0',
    'Accueil de l’Hôtel de Ville 2',
    'tablette 50 50 94,0 %',
    '11 réponses (rafales : 6, par décision signée : 5). Part de satisfaits sans elles : 94,0 %. Part de satisfaits avec elles : 77,0 %.',
    'Accueil de l’Hôtel de Ville 5 écartées des chiffres =De 15 h 02 à 15 h 04, des enfants tapaient.',
    '2026-W46 23/11/2026 −5 par décision 85,5 % 94,0 %',
    '2026-W46 20/11/2026 +3 84,6 % 85,5 %',
    '02/11/2026 Il manque un banc. Un banc est là.',
  ])
    expect(text).toContain(expected);
  // No letter was lost on the way: the only question marks are those of the questions.
  expect(text.replaceAll(/[\w’-]+\u00a0?\s?\?/gu, '')).not.toContain('?');
});

it('leaves the visitors’ texts out, and what is not of one’s scope', async () => {
  const { text } = readPdf((await evidence('pdf', await asPerson(server, [CCAS]))).rawPayload);
  expect(text).not.toContain('Accueil général de la mairie');
  expect(text).not.toContain('94,0 %');
  expect(readPdf((await evidence('pdf')).rawPayload).text).not.toContain('Moulin');
});

it('is tagged for screen readers: language, title, headings, tables with their headings', async () => {
  const { source, pages } = readPdf((await evidence('pdf')).rawPayload);
  expect(source).toContain('/Lang (fr-FR)');
  expect(source).toContain('/MarkInfo');
  expect(source).toMatch(/\/DisplayDocTitle true/);
  for (const tag of ['Document', 'H1', 'H2', 'H3', 'P', 'Table', 'TR', 'TH', 'TD'])
    expect(source).toMatch(new RegExp(`/S /${tag}\\b`));
  expect(source).toContain('pdfuaid:part');
  expect(pages.length).toBeGreaterThan(2);
  expect(pages.every((page) => page.join('').includes(`sur ${pages.length}`))).toBe(true);
});

it('has the same figures as sheets', async () => {
  const { sheets } = await readOds((await evidence('ods')).rawPayload);
  expect(sheets.map(({ name }) => name)).toEqual([
    'Questions',
    'Services',
    'Voies',
    'Questionnaires',
    'Révisions',
    'Décisions',
    'Actions',
    'À propos',
    'Dictionnaire',
  ]);
  const [headings = [], ...rows] = sheets[0]?.rows ?? [];
  const cell = (row: readonly unknown[] | undefined, heading: string) => row?.[headings.indexOf(heading)];
  const row = rows.find((one) => cell(one, 'Globale') === 'oui' && cell(one, 'Réponses exprimées') === 50);
  expect(cell(row, 'Part de satisfaits (%)')).toBe(94);
  expect(cell(row, 'Part de satisfaits, un an avant (%)')).toBe(80);
});
