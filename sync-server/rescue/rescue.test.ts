import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TEST_MODE_FLAG } from '../../domain/answers.ts';
import type { EnrolmentId, OrganisationId } from '../../domain/ids.ts';
import type { Fleet } from '../../protocol/fleet.ts';
import type { Entry } from '../../protocol/push.ts';
import {
  checkedTextOf,
  type RescuedEntry,
  type RescueFile,
  type RescueReply,
} from '../../protocol/rescue.ts';
import { anEntry, aPush, aReport, sealAsTablet } from '../ingest/a-push.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, personWith, type TestPerson } from '../test-person.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';

const VILLE = 'ville-de-libourne' as OrganisationId;
let test: TestApp;
let administrator: TestPerson;
let tablet: TestTablet;
beforeEach(async () => {
  test = await openTestApp();
  administrator = await asPerson(test);
  tablet = await enrolTablet(test);
});
afterEach(() => test.close());

function aFile(entries: readonly (Entry | RescuedEntry)[], changes: Partial<RescueFile> = {}): RescueFile {
  const rescued = entries.map((entry) =>
    'body' in entry
      ? entry
      : { responseId: entry.responseId, sequence: entry.sequence, body: JSON.stringify(entry.response) },
  );
  return {
    format: 'parvis-rescue',
    version: 1,
    madeAt: '2026-11-20T17:00:00.000Z',
    appVersion: '0.1.0',
    organisationId: VILLE,
    enrolmentId: tablet.enrolmentId as EnrolmentId,
    pointName: 'Accueil',
    entries: rescued,
    checksum: createHash('sha256').update(checkedTextOf(rescued)).digest('hex'),
    ...changes,
  };
}

async function importFile(file: object, person = administrator) {
  const reply = await person.send('POST', '/api/v1/fleet/rescues', file);
  return { status: reply.statusCode, reply: reply.json<RescueReply>() };
}

const stored = async () =>
  (await test.deps.store.db.selectFrom('responses').select('response_id').execute()).map(
    ({ response_id }) => response_id,
  );
const tallied = async () =>
  (
    await test.deps.store.db
      .selectFrom('tallies')
      .select('count')
      .where('item_id', '=', 'GLOB')
      .where('grain', '=', 'day')
      .execute()
  ).reduce((sum, { count }) => sum + count, 0);

describe('a rescue file', () => {
  it('adds exactly what is missing, words opened, and nothing the second time', async () => {
    const [arrived, missing] = [anEntry(1), anEntry(2)];
    const { current } = test.deps.sealingKeys;
    const sealedText = await sealAsTablet(
      'Merci à tous',
      missing.responseId,
      current.publicKey,
      current.keyId,
    );
    missing.response.sealedText = sealedText;
    await tablet.push(aPush([arrived]));
    const file = aFile([arrived, missing]);
    expect(await importFile(file)).toMatchObject({
      status: 201,
      reply: { accepted: 1, duplicate: 1, erased: 0, quarantined: 0, setAside: [] },
    });
    expect((await stored()).toSorted()).toEqual([arrived.responseId, missing.responseId].toSorted());
    expect(await tallied()).toBe(2);
    const words = await test.deps.store.db.selectFrom('verbatims').select('text').execute();
    expect(words).toEqual([{ text: 'Merci à tous' }]);
    expect((await importFile(file)).reply).toMatchObject({ accepted: 0, duplicate: 2 });
    expect(await tallied()).toBe(2);
  });

  it('meets the tablet’s own push, should that arrive after all', async () => {
    const entry = anEntry(1);
    await importFile(aFile([entry]));
    const { reply } = await tablet.push(aPush([entry]));
    expect(reply).toMatchObject({ verdicts: [{ verdict: 'duplicate' }], highWaterMark: 1 });
    expect(await tallied()).toBe(1);
  });

  it('holds more than one push may', async () => {
    const entries = Array.from({ length: 250 }, (_, index) => anEntry(index + 1));
    expect((await importFile(aFile(entries))).reply).toMatchObject({ accepted: 250 });
    expect(await tallied()).toBe(250);
  });

  it('is taken from a tablet that was taken out of service', async () => {
    await administrator.send(
      'POST',
      `/api/v1/fleet/enrolments/${VILLE}/${tablet.enrolmentId}/revocation`,
      {},
    );
    expect((await tablet.push(aPush([anEntry(1)]))).status).toBe(403);
    expect((await importFile(aFile([anEntry(1)]))).reply.accepted).toBe(1);
    expect((await tablet.push(aPush([anEntry(2)]))).status).toBe(403);
  });

  it('tells nothing of how the tablet is now', async () => {
    await tablet.push(aPush([], { report: aReport({ outboxDepth: 7, lastError: 'storage-full' }) }));
    const before = (await administrator.get('/api/v1/fleet')).json<Fleet>().tablets[0];
    test.clock.nowMs += 600_000;
    await importFile(aFile([anEntry(1)]));
    const after = (await administrator.get('/api/v1/fleet')).json<Fleet>().tablets[0];
    expect(before).toMatchObject({ outboxDepth: 7, lastError: 'storage-full' });
    expect(after).toEqual({ ...before, highWaterMark: 1 });
  });

  it('keeps the day an answer was given on, however late it is imported', async () => {
    test.clock.nowMs = Date.parse('2026-12-24T10:00:00.000Z');
    const later = await asPerson(test);
    await importFile(aFile([anEntry(1, { answeredAt: '2026-11-20T08:30:00.000Z' })]), later);
    const [row] = await test.deps.store.db.selectFrom('responses').select(['local_date', 'flags']).execute();
    expect(row).toEqual({ local_date: '2026-11-20', flags: '[]' });
  });

  it('has what cannot be understood set aside, and the rest counted', async () => {
    const good = anEntry(1);
    const bad = { responseId: anEntry(2).responseId, sequence: 2, body: '{"surveyVersionId":' };
    const { reply } = await importFile(aFile([good, bad]));
    expect(reply).toMatchObject({ accepted: 1, quarantined: 1, setAside: [{ responseId: bad.responseId }] });
    const quarantine = await test.deps.store.db.selectFrom('quarantine').select('body').execute();
    expect(quarantine[0]?.body).toContain('{\\"surveyVersionId\\":');
  });

  it('is refused whole where it is damaged', async () => {
    const file = aFile([anEntry(1)]);
    const [entry] = file.entries;
    const altered = { ...entry, body: entry?.body.replace('very-satisfied', 'very-dissatisfied') };
    expect((await importFile({ ...file, entries: [altered] })).status).toBe(422);
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['no object', []],
    ['another format', { format: 'parvis-backup' }],
    ['a later version', { version: 2 }],
  ])('is refused where it is %s', async (_, changes) => {
    const body = Array.isArray(changes) ? changes : { ...aFile([anEntry(1)]), ...changes };
    expect((await importFile(body)).status).toBe(422);
    expect(await stored()).toEqual([]);
  });

  it('is refused to whoever may not see the tablet’s organisation, and where the tablet is unknown', async () => {
    const stranger = await asPerson(test, ['ccas-de-libourne']);
    const file = aFile([anEntry(1)]);
    expect((await importFile(file, stranger)).status).toBe(404);
    // A tablet of another organisation than the file says.
    expect((await importFile({ ...file, organisationId: 'ccas-de-libourne' })).status).toBe(404);
    expect((await importFile({ ...file, enrolmentId: crypto.randomUUID() })).status).toBe(404);
    expect(await stored()).toEqual([]);
  });

  it('is refused to whoever is not signed in', async () => {
    expect((await importFile(aFile([]), personWith(test.app, ''))).status).toBe(401);
  });
});

describe('answers given in test mode', () => {
  it('are kept, counted nowhere, and their number is on the page of the tablets', async () => {
    const trial = anEntry(1, { paradata: { durationSeconds: 3, flags: [TEST_MODE_FLAG] } });
    await tablet.push(aPush([trial, anEntry(2)]));
    expect(await stored()).toHaveLength(2);
    expect(await tallied()).toBe(1);
    const [state] = (await administrator.get('/api/v1/fleet')).json<Fleet>().tablets;
    expect(state?.testCount).toBe(1);
  });
});
