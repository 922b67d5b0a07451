import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSealingKey, sealingKeysOf } from '../assignment/sealing-keys.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { anEntry, aPush, sealAsTablet } from './a-push.ts';
import { Publications } from './publications.ts';
import { recount } from './recount.ts';
import { reexamine } from './reexamine.ts';
import { SealedTexts } from './sealed-texts.ts';

const lost = createSealingKey(Date.parse('2026-01-01T00:00:00.000Z'));
let server: TestApp;
let tablet: TestTablet;
beforeEach(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
});
afterEach(async () => server.close());

async function aSealedEntry(sequence: number) {
  const entry = anEntry(sequence);
  const text = await sealAsTablet(`Suggestion ${sequence}`, entry.responseId, lost.publicKey, lost.keyId);
  return { ...entry, response: { ...entry.response, sealedText: text } };
}

const quarantine = async () => server.deps.store.db.selectFrom('quarantine').selectAll().execute();
const judgeAnew = async (keys = server.deps.sealingKeys) =>
  reexamine(server.deps.store, {
    publications: new Publications(server.deps),
    texts: new SealedTexts(keys),
  });

it('opens what was kept sealed once its key is back, and counts it once', async () => {
  const sealed = await Promise.all(Array.from({ length: 130 }, async (_, index) => aSealedEntry(index + 1)));
  const { verdicts } = (await tablet.push(aPush(sealed.slice(0, 100)))).reply;
  expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['quarantined']));
  await tablet.push(aPush(sealed.slice(100)));
  const kept = await quarantine();
  expect(kept).toHaveLength(130);
  expect(JSON.stringify(kept)).not.toContain('Suggestion');

  expect(await judgeAnew()).toEqual({ accepted: 0, duplicate: 0, erased: 0, quarantined: 130 });
  expect(await quarantine()).toEqual(kept);

  server.clock.advance(40 * 86_400_000);
  const keys = sealingKeysOf([lost, ...server.deps.sealingKeys.all]);
  expect(await judgeAnew(keys)).toEqual({ accepted: 130, duplicate: 0, erased: 0, quarantined: 0 });
  expect(await quarantine()).toEqual([]);
  const texts = await server.deps.store.db.selectFrom('verbatims').select(['text', 'local_date']).execute();
  expect(texts).toHaveLength(130);
  expect(texts).toContainEqual({ text: 'Suggestion 7', local_date: '2026-11-23' });
  const rows = await server.deps.store.db.selectFrom('responses').select('received_on').distinct().execute();
  // As of the day it came, not of the day it was understood.
  expect(rows).toEqual([{ received_on: '2026-11-23' }]);
  expect(await recount(server.deps.store, false)).toMatchObject({ responses: 130, differences: [] });
  expect(await judgeAnew(keys)).toEqual({ accepted: 0, duplicate: 0, erased: 0, quarantined: 0 });
});

it('keeps what is still not understood, and what another answer stands against', async () => {
  const stored = anEntry(1);
  const other = { ...stored, response: { ...stored.response, language: 'en' } };
  const strange = { responseId: 'x', sequence: 2, response: 'not one' };
  await tablet.push(aPush([stored]));
  await tablet.push(aPush([other, strange]));
  const kept = await quarantine();
  expect(kept).toHaveLength(2);
  expect(await judgeAnew()).toEqual({ accepted: 0, duplicate: 0, erased: 0, quarantined: 2 });
  expect(await quarantine()).toEqual(kept);
});
