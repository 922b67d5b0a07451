import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { anEntry, aPush, aRating, aReport, sealAsTablet } from './a-push.ts';

let server: TestApp;
let tablet: TestTablet;
let sequence = 0;
const nextEntry = (...changes: Parameters<typeof anEntry> extends [number, ...infer Rest] ? Rest : never) =>
  anEntry((sequence += 1), ...changes);

beforeAll(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
});
afterAll(async () => server.close());

async function storedRow(responseId: string) {
  return server.deps.store.db
    .selectFrom('responses')
    .selectAll()
    .where('response_id', '=', responseId)
    .executeTakeFirst();
}

async function quarantineOf(responseId: string) {
  return server.deps.store.db
    .selectFrom('quarantine')
    .selectAll()
    .where('response_id', '=', responseId)
    .execute();
}

describe('a push', () => {
  it('stores the date and the half-day of the site, and nothing finer', async () => {
    const entry = nextEntry({ answeredAt: '2026-11-22T23:30:00.000Z' });
    const { status, reply } = await tablet.push(aPush([entry]));
    expect(status).toBe(201);
    expect(reply.verdicts).toEqual([{ responseId: entry.responseId, verdict: 'accepted' }]);
    expect(await storedRow(entry.responseId)).toMatchObject({
      local_date: '2026-11-23',
      half_day: 'am',
      received_on: '2026-11-23',
      service_id: 'accueil-general',
    });
    const kept = JSON.stringify(await storedRow(entry.responseId));
    expect(kept).not.toContain('23:30');
  });

  it('keeps no fingerprint of the moment: two entries that differ in nothing else have the same content', async () => {
    const entry = nextEntry({ answeredAt: '2026-11-23T08:00:00.001Z' });
    const later = { ...entry, response: { ...entry.response, answeredAt: '2026-11-23T08:59:59.999Z' } };
    await tablet.push(aPush([entry]));
    const { reply } = await tablet.push(aPush([later]));
    expect(reply.verdicts[0]?.verdict).toBe('duplicate');
  });

  it('opens what a tablet sealed, and keeps the words exactly as typed', async () => {
    const entry = nextEntry();
    const { publicKey, keyId } = server.deps.sealingKeys.current;
    const words = '  « Très » bien,\nmerci 🙂 \u202e';
    entry.response.sealedText = await sealAsTablet(words, entry.responseId, publicKey, keyId);
    await tablet.push(aPush([entry]));
    const verbatim = await server.deps.store.db
      .selectFrom('verbatims')
      .selectAll()
      .where('response_id', '=', entry.responseId)
      .executeTakeFirst();
    expect(verbatim).toMatchObject({ text: words, service_id: 'accueil-general' });
    expect(verbatim?.search_terms).toContain('tre');
  });

  it('acknowledges a response it has already stored, in another push and in the same one', async () => {
    const entry = nextEntry();
    const { reply: first } = await tablet.push(aPush([entry, entry]));
    expect(first.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'duplicate']);
    const { reply: again } = await tablet.push(aPush([entry]));
    expect(again.verdicts.map(({ verdict }) => verdict)).toEqual(['duplicate']);
  });

  it('quarantines the same id with other content, whole and once', async () => {
    const entry = nextEntry();
    const other = { ...entry, response: { ...entry.response, language: 'en' } };
    await tablet.push(aPush([entry]));
    for (let times = 0; times < 3; times += 1) {
      const { reply } = await tablet.push(aPush([other]));
      expect(reply.verdicts[0]).toMatchObject({ verdict: 'quarantined', responseId: entry.responseId });
    }
    const kept = await quarantineOf(entry.responseId);
    expect(kept).toHaveLength(1);
    expect(JSON.parse(kept[0]?.body ?? '')).toEqual(other);
    expect((await storedRow(entry.responseId))?.language).toBe('fr');
  });

  it.each([
    ['an unknown level', { answers: [aRating('GLOB', 'superb')] }, 'response.answers[0].code'],
    ['an unknown item', { answers: [aRating('NOPE', 'very-satisfied')] }, 'response.answers[0].itemId'],
    ['an unknown survey version', { surveyVersionId: 'of-tomorrow' }, 'response.surveyVersionId'],
    ['an unknown point', { pointId: 'on-the-moon' }, 'response.pointId'],
    [
      'a flag that no text can hold',
      { paradata: { durationSeconds: 1, flags: ['\ud800'] } },
      'response.paradata.flags[0]',
    ],
    [
      'words that cannot be opened',
      { sealedText: { encapsulatedKey: 'AAAA', ciphertext: 'AAAA' } },
      'response.sealedText',
    ],
  ])('quarantines %s, names the place, and takes the others', async (_what, changes, place) => {
    const bad = nextEntry(changes);
    const good = nextEntry();
    const { status, reply } = await tablet.push(aPush([bad, good]));
    expect(status).toBe(201);
    expect(reply.verdicts[0]).toMatchObject({ responseId: bad.responseId, verdict: 'quarantined' });
    expect(reply.verdicts[0]?.reason).toContain(place);
    expect(reply.verdicts[1]).toEqual({ responseId: good.responseId, verdict: 'accepted' });
    expect(reply.highWaterMark).toBe(sequence);
    expect(JSON.parse((await quarantineOf(bad.responseId))[0]?.body ?? '')).toEqual(bad);
  });

  it.each([
    ['bytes that are not UTF-8', Uint8Array.of(0x61, 0xff, 0xfe)],
    ['a lone surrogate', Uint8Array.of(0xed, 0xa0, 0x80)],
    ['U+0000', Uint8Array.of(0x61, 0x00)],
  ])('quarantines words that hold %s', async (_what, bytes) => {
    const entry = nextEntry();
    entry.response.sealedText = await sealAsTablet(
      bytes,
      entry.responseId,
      server.deps.sealingKeys.current.publicKey,
    );
    const { reply } = await tablet.push(aPush([entry]));
    expect(reply.verdicts[0]).toMatchObject({ verdict: 'quarantined' });
    expect(reply.verdicts[0]?.reason).toContain('response.sealedText');
  });

  it('refuses words moved from another response', async () => {
    const [one, other] = [nextEntry(), nextEntry()];
    other.response.sealedText = await sealAsTablet(
      'Bien.',
      one.responseId,
      server.deps.sealingKeys.current.publicKey,
    );
    const { reply } = await tablet.push(aPush([other]));
    expect(reply.verdicts[0]?.verdict).toBe('quarantined');
    await tablet.push(aPush([one]));
  });

  it('counts answers given in test mode nowhere', async () => {
    const before = await server.deps.store.db.selectFrom('tallies').selectAll().execute();
    const entry = nextEntry({ paradata: { durationSeconds: 3.4, flags: ['test-mode'] } });
    await tablet.push(aPush([entry]));
    expect(await storedRow(entry.responseId)).toMatchObject({ is_counted: 0, duration_seconds: 3 });
    expect(await server.deps.store.db.selectFrom('tallies').selectAll().execute()).toEqual(before);
  });

  it('counts an answer that arrives after its week was closed as late', async () => {
    await tablet.push(aPush([nextEntry({ answeredAt: '2026-11-09T10:00:00.000Z' })]));
    expect(await server.deps.store.db.selectFrom('late_tallies').selectAll().execute()).toEqual([
      expect.objectContaining({
        item_id: '',
        week_starts_on: '2026-11-09',
        received_on: '2026-11-23',
        count: 1,
      }),
      expect.objectContaining({ item_id: 'GLOB', code: 'very-satisfied', count: 1 }),
    ]);
  });

  it('takes a push without entries as a sign of life, with the tablet’s report', async () => {
    server.clock.advance(60_000);
    const { status, reply } = await tablet.push(aPush([], { report: aReport({ outboxDepth: 7 }) }));
    expect(status).toBe(201);
    expect(reply).toMatchObject({ verdicts: [], highWaterMark: sequence, safeThrough: 0 });
    const row = await server.deps.store.db
      .selectFrom('enrolments')
      .selectAll()
      .where('enrolment_id', '=', tablet.enrolmentId)
      .executeTakeFirstOrThrow();
    expect(row.last_seen_at).toBe('2026-11-23T09:01:00.000Z');
    expect(JSON.parse(row.report ?? '')).toMatchObject({ outboxDepth: 7 });
  });

  it('marks what has arrived without a gap, and remembers what is ahead of one', async () => {
    const other = await enrolTablet(server, 'accueil-mediatheque');
    const at = (number: number) =>
      anEntry(number, { pointId: 'accueil-mediatheque', surveyVersionId: 'mediatheque-1' });
    const marks: number[] = [];
    for (const sent of [[at(1), at(2)], [at(5)], [at(4), at(7)], [at(3)], [at(6)]]) {
      const { reply } = await other.push(aPush(sent));
      marks.push(reply.highWaterMark);
    }
    expect(marks).toEqual([2, 2, 2, 5, 7]);
    expect(await server.deps.store.db.selectFrom('early_arrivals').selectAll().execute()).toEqual([]);
  });
});
