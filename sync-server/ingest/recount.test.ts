import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ItemId } from '../../domain/ids.ts';
import type { SurveyVersion } from '../../domain/survey.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet } from '../test-tablet.ts';
import { anEntry, aPush, aRating } from './a-push.ts';
import { recount } from './recount.ts';

let server: TestApp;
beforeAll(async () => {
  server = await openTestApp();
  const tablet = await enrolTablet(server);
  await tablet.push(
    aPush([anEntry(1), anEntry(2, { answeredAt: '2026-11-10T10:00:00.000Z', disposition: 'partial' })]),
  );
});
afterAll(async () => server.close());

it('finds no difference in what ingest has counted', async () => {
  expect(await recount(server.deps.store, false)).toEqual({ responses: 2, tallies: 12, differences: [] });
});

it('names each tally that is wrong, missing or too many, and writes nothing unless told to', async () => {
  const { db } = server.deps.store;
  await db
    .updateTable('tallies')
    .set({ count: 9 })
    .where('grain', '=', 'day')
    .where('code', '=', 'partial')
    .execute();
  await db.deleteFrom('tallies').where('grain', '=', 'week').where('code', '=', 'complete').execute();
  await db.updateTable('late_tallies').set({ code: 'invented' }).where('item_id', '=', 'GLOB').execute();

  const found = (await recount(server.deps.store, false)).differences;
  expect(found.map(({ table, stored, recounted }) => [table, stored, recounted])).toEqual([
    ['tallies', 9, 1],
    ['tallies', 0, 1],
    ['late_tallies', 1, 0],
    ['late_tallies', 0, 1],
  ]);
  expect(found[0]?.key).toContain('service_id=accueil-general');
  expect((await recount(server.deps.store, false)).differences).toHaveLength(4);

  expect((await recount(server.deps.store, true)).differences).toHaveLength(4);
  expect((await recount(server.deps.store, false)).differences).toEqual([]);
});

it('counts a theme touched as a code of the suggestion, and recounts it so; an unknown theme is not understood', async () => {
  const { db } = server.deps.store;
  const { content } = await db
    .selectFrom('survey_versions')
    .select('content')
    .where('survey_version_id', '=', 'accueil-mairie-1')
    .executeTakeFirstOrThrow();
  const published = JSON.parse(content) as SurveyVersion;
  const themes = ['wait', 'premises'].map((code) => ({ code, label: { fr: code } }));
  const items = published.items.map((item) => (item.kind === 'verbatim' ? { ...item, themes } : item));
  await db
    .insertInto('survey_versions')
    .values({
      organisation_id: 'ville-de-libourne',
      survey_version_id: 'accueil-mairie-themes',
      survey_id: 'accueil-mairie',
      number: 90,
      content: JSON.stringify({ ...published, surveyVersionId: 'accueil-mairie-themes', number: 90, items }),
      published_at: '2026-11-01T00:00:00.000Z',
    })
    .execute();
  const tablet = await enrolTablet(server);
  const touched = (sequence: number, ...codes: string[]) =>
    anEntry(sequence, {
      surveyVersionId: 'accueil-mairie-themes',
      answers: [aRating('GLOB', 'very-satisfied'), { itemId: 'SUGG' as ItemId, kind: 'choice', codes }],
    });
  const { reply } = await tablet.push(
    aPush([touched(1, 'wait', 'premises'), touched(2, 'wait'), touched(3, 'weather')]),
  );
  expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'quarantined']);
  const counts = await db
    .selectFrom('tallies')
    .select(['code', 'count'])
    .where('item_id', '=', 'SUGG')
    .where('grain', '=', 'day')
    .orderBy('code')
    .execute();
  expect(counts).toEqual([
    { code: 'premises', count: 1 },
    { code: 'wait', count: 2 },
  ]);
  expect((await recount(server.deps.store, false)).differences).toEqual([]);
});
