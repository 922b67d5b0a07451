import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anEntry, aPush, aRating, sealAsTablet } from '../ingest/a-push.ts';
import { recount } from '../ingest/recount.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { eraseResponse, organisationsHolding } from './erase-response.ts';
import { noteErasure, replayErasures } from './erasure-journal.ts';

const organisationId = 'ville-de-libourne';
let server: TestApp;
let tablet: TestTablet;
let sequence = 0;
beforeAll(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
});
afterAll(async () => server.close());

async function pushOne() {
  const entry = anEntry((sequence += 1), {
    answeredAt: '2026-11-10T10:00:00.000Z',
    answers: [aRating('GLOB', 'fairly-satisfied'), aRating('ATTE', 'not-applicable')],
  });
  entry.response.sealedText = await sealAsTablet(
    'À effacer.',
    entry.responseId,
    server.deps.sealingKeys.current.publicKey,
  );
  await tablet.push(aPush([entry]));
  return entry;
}

const written = (row: object) => JSON.stringify(row);
const tallies = async () => ({
  tallies: (await server.deps.store.db.selectFrom('tallies').selectAll().execute()).map(written).toSorted(),
  late: (await server.deps.store.db.selectFrom('late_tallies').selectAll().execute()).map(written).toSorted(),
});

describe('erasing a response', () => {
  beforeEach(async () => void (await pushOne()));

  it('takes back its tallies, its words and its copies, and leaves the others', async () => {
    const before = await tallies();
    const entry = await pushOne();
    const conflicting = { ...entry, response: { ...entry.response, language: 'en' } };
    await tablet.push(aPush([conflicting]));
    expect(await organisationsHolding(server.deps.store, entry.responseId)).toEqual([organisationId]);

    await eraseResponse(server.deps.store, server.clock, { organisationId, responseId: entry.responseId });

    expect(await tallies()).toEqual(before);
    expect((await recount(server.deps.store, false)).differences).toEqual([]);
    expect(await organisationsHolding(server.deps.store, entry.responseId)).toEqual([]);
    for (const table of ['responses', 'verbatims', 'quarantine'] as const) {
      const left = await server.deps.store.db
        .selectFrom(table as 'responses')
        .select('response_id')
        .execute();
      expect(left.map((row) => row.response_id)).not.toContain(entry.responseId);
    }
  });

  it('stays erased whatever is sent again, understood or not', async () => {
    const entry = await pushOne();
    await eraseResponse(server.deps.store, server.clock, { organisationId, responseId: entry.responseId });
    const garbled = { responseId: entry.responseId, sequence: entry.sequence, response: 'À effacer.' };
    const { reply } = await tablet.push(aPush([entry, garbled]));
    expect(reply.verdicts).toEqual([
      { responseId: entry.responseId, verdict: 'erased' },
      { responseId: entry.responseId, verdict: 'erased' },
    ]);
    expect(reply.highWaterMark).toBe(sequence);
    expect(await organisationsHolding(server.deps.store, entry.responseId)).toEqual([]);
  });

  it('is carried out again on a database that does not know of it', async () => {
    const entry = await pushOne();
    const dataDir = server.deps.config.dataDir;
    noteErasure(server.deps.config, { organisationId, responseId: entry.responseId });
    expect(await replayErasures(server.deps.store, server.clock, dataDir)).toBe(1);
    expect(await organisationsHolding(server.deps.store, entry.responseId)).toEqual([]);
    expect(await replayErasures(server.deps.store, server.clock, dataDir)).toBe(0);
  });
});
