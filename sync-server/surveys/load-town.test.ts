import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../domain/survey.ts';
import { ManualClock, openTestStore } from '../store/test-store.ts';
import { loadTown } from './load-town.ts';
import { readTownFile, type Town } from './town-file.ts';

const clock = new ManualClock('2026-11-23T09:00:00.000Z');
const LIBOURNE = new URL('libourne.json', import.meta.url).pathname;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parvis-town-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Libourne, changed as somebody might change the file. */
function changed(change: (text: string) => string): Town {
  const path = join(folder, 'town.json');
  writeFileSync(path, change(JSON.stringify(readTownFile(LIBOURNE))));
  return readTownFile(path);
}

describe('Libourne', () => {
  const town = readTownFile(LIBOURNE);
  const services = town.organisations.flatMap((organisation) => organisation.services);
  const items = town.organisations.flatMap(({ surveys }) =>
    surveys.flatMap(({ versions }) => versions.flatMap((version) => version.items)),
  );

  it('has the certified perimeter, a reception point for each service, and 90 % as its target', () => {
    expect(services.map(({ serviceId }) => serviceId)).toEqual([
      'accueil-general',
      'affaires-generales',
      'etat-civil',
      'mediatheque',
      'espace-familles',
      'ccas-accueil-general',
      'ccas-accueil-social',
    ]);
    expect(services.filter(({ status }) => status === 'in-preparation').map(({ name }) => name)).toEqual([
      'Espace Familles',
    ]);
    for (const { points, targetPercent } of services) expect([points.length, targetPercent]).toEqual([1, 90]);
  });

  it('asks short questions in both languages, and continues the items of 2021', () => {
    for (const { stem } of items)
      for (const words of [stem.fr, stem.en ?? ''])
        expect(words.split(/\s/).filter((word) => /\p{L}/u.test(word)).length, words).toBeLessThanOrEqual(12);
    const references = items.flatMap((item) => (item.kind === 'verbatim' ? [] : (item.reference ?? [])));
    expect(new Set(references)).toEqual(
      new Set(
        ['3', '4-A', '4-B', '4-C', '4-D', '4-F', '4-H', '4-I', '4-J', '5-A', '2-E'].map(
          (one) => `2021/${one}`,
        ),
      ),
    );
    expect(items.filter((item) => item.kind === 'verbatim').every(({ maxLength }) => maxLength === 500)).toBe(
      true,
    );
  });

  it('asks in nine languages what « Oui, tout à fait » to « Non, pas du tout » answer, and keeps the former questions', () => {
    for (const { surveys } of town.organisations)
      for (const { surveyId, versions } of surveys) {
        const [former, current] = versions;
        if (former === undefined || current === undefined) throw new Error(`${surveyId} has no version 2.`);
        expect([former.number, current.number, current.surveyVersionId]).toEqual([1, 2, `${surveyId}-2`]);
        const identity = (version: typeof former) =>
          version.items.map(({ kind, itemId, ...item }) => [
            kind,
            itemId,
            'reference' in item && item.reference,
          ]);
        expect(identity(current)).toEqual(identity(former));
        for (const item of current.items) {
          if (item.kind === 'rating') expect(item.scaleId).toBe('four-level-agreement');
          expectNineLanguages(item.stem, 60);
          // A yes-or-no question ends as one in each language.
          for (const text of Object.values(item.stem)) expect(text).toMatch(/[?؟]$/);
        }
      }
    for (const { notice } of town.organisations) expectNineLanguages(notice, 420);
  });

  it('offers the same eight themes beside each suggestion, short enough for a button', () => {
    const suggestions = items.filter((item) => item.kind === 'verbatim' && item.themes !== undefined);
    expect(suggestions).toHaveLength(4);
    for (const item of suggestions) {
      const themes = item.kind === 'verbatim' ? (item.themes ?? []) : [];
      expect(themes.map(({ code }) => code)).toEqual(
        'attente amabilite horaires locaux orientation explications demarche acces'.split(' '),
      );
      for (const { label } of themes) expectNineLanguages(label, 24);
    }
  });

  it('sets French as the French do', () => {
    for (const { stem } of items) expect(stem.fr).not.toMatch(/'|[^\u00a0\u202f][?!:;]/);
    for (const { notice } of town.organisations) expect(notice.fr).not.toMatch(/'|[^\u00a0\u202f][?!:;]/);
  });
});

/** In each language its own words, none of them another language's. */
function expectNineLanguages(wording: Readonly<Partial<Record<Language, string>>>, maxLength: number): void {
  expect(Object.keys(wording)).toEqual([...LANGUAGES]);
  const texts = Object.values(wording);
  expect(new Set(texts).size, texts.join('\n')).toBe(LANGUAGES.length);
  for (const text of texts) {
    expect(text.length, text).toBeLessThanOrEqual(maxLength);
    expect(text).not.toMatch(/'|\.\.\.|\s{2}/);
  }
  expect(wording.ar).toMatch(/\p{Script=Arabic}/u);
  expect(wording.uk).toMatch(/\p{Script=Cyrillic}/u);
}

describe('loading a town', () => {
  it('changes nothing the second time', async () => {
    const store = await openTestStore(clock);
    const all = async () =>
      Promise.all(
        (['organisations', 'sites', 'services', 'surveys', 'survey_versions', 'points'] as const).map(
          async (table) => store.db.selectFrom(table).selectAll().execute(),
        ),
      );
    const before = await all();
    clock.advance(1_000);
    await loadTown(store, readTownFile(LIBOURNE), clock);
    expect(await all()).toEqual(before);
    await store.close();
  });

  it('brings names, hours and targets up to date, and publishes a new version beside the old', async () => {
    const store = await openTestStore(clock);
    const town = changed((text) =>
      text.replaceAll('"name":"État civil"', '"name":"État civil et cimetières"'),
    );
    const [survey] = town.organisations[0]?.surveys ?? [];
    const [version] = survey?.versions ?? [];
    if (survey === undefined || version === undefined) throw new Error('Libourne has no survey.');
    survey.versions.push({
      ...version,
      number: 3,
      surveyVersionId: 'accueil-mairie-3' as typeof version.surveyVersionId,
      maxDrawnItems: 2,
    });
    await loadTown(store, town, clock);
    const names = await store.db
      .selectFrom('services')
      .select('name')
      .where('service_id', '=', 'etat-civil')
      .execute();
    expect(names).toEqual([{ name: 'État civil et cimetières' }]);
    const versions = await store.db
      .selectFrom('survey_versions')
      .select('survey_version_id')
      .where('survey_id', '=', 'accueil-mairie')
      .execute();
    expect(versions).toHaveLength(3);
    await store.close();
  });

  it('refuses a published questionnaire that was edited under its own name', async () => {
    const store = await openTestStore(clock);
    const town = changed((text) => text.replace('temps d’attente', 'délai d’attente'));
    await expect(loadTown(store, town, clock)).rejects.toThrow(
      /accueil-mairie-1 is published and has changed/,
    );
    await store.close();
  });

  it('tells every fault of the file, by its place', () => {
    const read = () =>
      changed((text) =>
        text
          .replace(
            '"siteId":"hotel-de-ville","name":"Accueil général"',
            '"siteId":"nowhere","name":"Accueil général"',
          )
          .replace('"pointId":"accueil-mediatheque"', '"pointId":"accueil-hotel-de-ville"')
          .replace('"itemId":"ORIE"', '"itemId":"AMAB"')
          .replace('"from":"08:30","to":"17:30"', '"from":"18:30","to":"17:30"'),
      );
    expect(read).toThrow(/there is no site nowhere/);
    expect(read).toThrow(/Point accueil-hotel-de-ville is there twice/);
    expect(read).toThrow(/Item AMAB is there twice/);
    expect(read).toThrow(/ends before it begins/);
    expect(() => changed((text) => text.replace('Europe/Paris', 'Europe/Libourne'))).toThrow(
      /organisations\[0\]\.timeZone: must be an IANA time zone/,
    );
    expect(() => readTownFile(join(folder, 'absent.json'))).toThrow(/cannot be read/);
  });
});
