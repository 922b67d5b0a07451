import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aPush, aRating, anEntry, sealAsTablet } from '../ingest/a-push.ts';
import { recount } from '../ingest/recount.ts';
import { VISIT_GRANT_MS } from '../../protocol/presence.ts';
import { eraseResponse } from '../retention/erase-response.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { aCode, aTelephone, aVisit, presenceOf, type TestPresence } from './a-code.ts';

let server: TestApp;
let tablet: TestTablet;
let presence: TestPresence;
beforeEach(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
  presence = await presenceOf(server, tablet.token);
});
afterEach(async () => server.close());

async function aGrant(): Promise<string | undefined> {
  return (await aTelephone(server).claim(aCode(presence, server.clock.now()))).body.grant;
}

async function stored() {
  return server.deps.store.db.selectFrom('responses').selectAll().execute();
}

async function tallied(channel: string): Promise<Record<string, number>> {
  const rows = await server.deps.store.db
    .selectFrom('tallies')
    .selectAll()
    .where('grain', '=', 'day')
    .where('channel', '=', channel)
    .execute();
  return Object.fromEntries(rows.map(({ item_id, code, count }) => [`${item_id} ${code}`, count]));
}

/** Invariant 6: the tallies are what the responses say. */
async function expectCounted(): Promise<void> {
  expect((await recount(server.deps.store, false)).differences).toEqual([]);
}

describe('a visit on a telephone', () => {
  it('is stored with its words and counted once, as its own channel', async () => {
    const grant = await aGrant();
    const visit = aVisit();
    const sealedText = await sealAsTablet(
      'Merci à l’accueil',
      visit.responseId,
      server.deps.sealingKeys.current.publicKey,
    );
    const left = await aTelephone(server).leave(grant, {
      ...visit,
      response: { ...visit.response, sealedText },
    });
    expect([left.status, left.body.verdict]).toEqual([201, 'accepted']);
    expect(await stored()).toMatchObject([
      {
        response_id: visit.responseId,
        channel: 'phone',
        enrolment_id: tablet.enrolmentId,
        service_id: 'accueil-general',
        local_date: '2026-11-23',
        half_day: 'am',
        is_counted: 1,
      },
    ]);
    const words = await server.deps.store.db.selectFrom('verbatims').select('text').execute();
    expect(words).toEqual([{ text: 'Merci à l’accueil' }]);
    expect(await tallied('phone')).toEqual({ 'GLOB very-satisfied': 1, ' complete': 1 });
    expect(await tallied('tablet')).toEqual({});
    await expectCounted();
  });

  it('touches none of the tablet’s own count', async () => {
    await tablet.push(aPush([anEntry(1), anEntry(3)]));
    const marks = async () =>
      server.deps.store.db
        .selectFrom('enrolments')
        .select(['high_water_mark', 'largest_sequence', 'last_seen_at', 'clock_offset_ms', 'boot_id'])
        .execute();
    const before = await marks();
    server.clock.advance(60_000);
    await aTelephone(server).leave(await aGrant(), aVisit());
    expect(await marks()).toEqual(before);
    const { reply } = await tablet.push(aPush([anEntry(2)]));
    expect(reply.highWaterMark).toBe(3);
    expect(await stored()).toHaveLength(4);
    await expectCounted();
  });

  it('is a duplicate when the telephone sends it again, and another answer is refused', async () => {
    const grant = await aGrant();
    const visit = aVisit();
    const phone = aTelephone(server);
    await phone.leave(grant, visit);
    expect((await phone.leave(grant, visit)).body.verdict).toBe('duplicate');
    const another = await phone.leave(grant, aVisit());
    expect([another.status, another.body.code]).toEqual([409, 'visit-grant-used']);
    expect(await stored()).toHaveLength(1);
    await expectCounted();
  });

  it('that was put away in the middle and taken up again is counted once, as it ended', async () => {
    const grant = await aGrant();
    const phone = aTelephone(server);
    const begun = aVisit({ response: { disposition: 'partial' } });
    const ended = {
      ...begun,
      revision: 2,
      response: {
        ...begun.response,
        disposition: 'complete' as const,
        answers: [aRating('GLOB', 'fairly-satisfied'), aRating('AMAB', 'very-satisfied')],
      },
    };
    expect((await phone.leave(grant, begun)).body.verdict).toBe('accepted');
    expect(await tallied('phone')).toEqual({ 'GLOB very-satisfied': 1, ' partial': 1 });
    expect((await phone.leave(grant, ended)).body.verdict).toBe('accepted');
    const counted = { 'GLOB fairly-satisfied': 1, 'AMAB very-satisfied': 1, ' complete': 1 };
    expect(await tallied('phone')).toEqual(counted);
    // What was sent first arrives last: it changes nothing any more.
    expect((await phone.leave(grant, begun)).body.verdict).toBe('duplicate');
    expect(await tallied('phone')).toEqual(counted);
    expect(await stored()).toMatchObject([{ disposition: 'complete' }]);
    await expectCounted();
  });

  it('that is finished stays as it is, whatever is sent under its name afterwards', async () => {
    const grant = await aGrant();
    const visit = aVisit();
    const phone = aTelephone(server);
    await phone.leave(grant, visit);
    const changed = {
      ...visit,
      revision: 2,
      response: { ...visit.response, answers: [aRating('GLOB', 'very-dissatisfied')] },
    };
    expect((await phone.leave(grant, changed)).body.verdict).toBe('quarantined');
    expect(await tallied('phone')).toEqual({ 'GLOB very-satisfied': 1, ' complete': 1 });
    await expectCounted();
  });

  it('that was erased stays erased', async () => {
    const grant = await aGrant();
    const begun = aVisit({ response: { disposition: 'partial' } });
    const phone = aTelephone(server);
    await phone.leave(grant, begun);
    await eraseResponse(server.deps.store, server.clock, {
      organisationId: 'ville-de-libourne',
      responseId: begun.responseId,
    });
    expect((await phone.leave(grant, { ...begun, revision: 2 })).body.verdict).toBe('erased');
    expect(await stored()).toEqual([]);
    await expectCounted();
  });

  it('may begin to answer for an hour, and be acknowledged a while longer', async () => {
    const phone = aTelephone(server);
    const [early, late] = [await aGrant(), await aGrant()];
    const visit = aVisit();
    server.clock.advance(VISIT_GRANT_MS - 1);
    expect((await phone.leave(early, visit)).status).toBe(201);
    server.clock.advance(1);
    const refused = await phone.leave(late, aVisit());
    expect([refused.status, refused.body.code]).toEqual([410, 'visit-grant-expired']);
    expect((await phone.leave(early, visit)).body.verdict).toBe('duplicate');
  });

  it('needs its grant, at the place it was given for', async () => {
    const phone = aTelephone(server);
    const grant = await aGrant();
    for (const wrong of [undefined, 'x', `ville-de-libourne.${'A'.repeat(43)}`, tablet.token])
      expect((await phone.leave(wrong, aVisit())).body.code).toBe('visit-grant-unknown');
    const elsewhere = aVisit({ response: { pointId: 'accueil-mediatheque' as never } });
    expect((await phone.leave(grant, elsewhere)).body.code).toBe('visit-grant-unknown');
    const asTablet = { ...aVisit(), response: { ...aVisit().response, channel: 'tablet' as never } };
    expect((await phone.leave(grant, asTablet)).status).toBe(422);
    expect(await stored()).toEqual([]);
  });

  it('that cannot be understood is kept whole for staff, and the telephone may let go', async () => {
    const grant = await aGrant();
    const visit = aVisit({ response: { answers: [aRating('NOWHERE', 'very-satisfied')] } });
    const phone = aTelephone(server);
    expect((await phone.leave(grant, visit)).body.verdict).toBe('quarantined');
    const kept = await server.deps.store.db.selectFrom('quarantine').selectAll().execute();
    expect(kept).toMatchObject([{ response_id: visit.responseId, enrolment_id: tablet.enrolmentId }]);
    expect((await phone.leave(grant, aVisit())).body.code).toBe('visit-grant-used');
  });

  it('is placed by the telephone’s own clock error, not by the tablet’s', async () => {
    const phone = aTelephone(server);
    const visit = aVisit({
      sentAt: '2026-11-20T09:00:00.000Z',
      response: { answeredAt: '2026-11-20T08:59:00.000Z' },
    });
    await phone.leave(await aGrant(), visit);
    expect(await stored()).toMatchObject([{ local_date: '2026-11-23', flags: '[]' }]);
  });
});
