import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRESENCE_SLOT_MS, PRESENCE_WINDOW_MS } from '../../protocol/presence-code.ts';
import { VISIT_GRANT_MS } from '../../protocol/presence.ts';
import { wholeScope } from '../people/scope.ts';
import { revokeEnrolment } from '../fleet/revoke.ts';
import { aPush } from '../ingest/a-push.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { aCode, anAttempt, aTelephone, presenceOf, type TestPresence } from './a-code.ts';
import { claimCode, forgetSpent } from './claim.ts';

let server: TestApp;
let tablet: TestTablet;
let presence: TestPresence;
beforeEach(async () => {
  server = await openTestApp({ trustProxy: ['127.0.0.1'] });
  tablet = await enrolTablet(server);
  presence = await presenceOf(server, tablet.token);
});
afterEach(async () => server.close());

/** The slot under way begins now: every window is then whole. */
function freshCode(atMs = server.clock.now()): string {
  return aCode(presence, atMs);
}

describe('the key for telephones', () => {
  it('is told to its own tablet, the same each time, and to no other', async () => {
    const other = await enrolTablet(server);
    const others = await presenceOf(server, other.token);
    expect(await presenceOf(server, tablet.token)).toEqual(presence);
    expect(Buffer.from(presence.key, 'base64url')).toHaveLength(32);
    expect(others.key).not.toBe(presence.key);
    expect(others.reference).not.toBe(presence.reference);
  });

  it('is not told to a telephone', async () => {
    const { body } = await aTelephone(server).claim(freshCode());
    expect(body.assignment).toMatchObject({ point: { pointId: 'accueil-hotel-de-ville' } });
    expect(JSON.stringify(body)).not.toContain(presence.key);
    expect(body.assignment).not.toHaveProperty('presence');
  });

  it('is made anew when the tablet’s clock is found to be set otherwise, and told with the next push’s tag', async () => {
    const before = (await tablet.push(aPush([]))).reply.assignmentTag;
    server.clock.advance(10_000);
    const hourBehind = new Date(server.clock.now() - 3_600_000).toISOString();
    await tablet.push(aPush([], { sentAt: hourBehind }));
    server.clock.advance(10_000);
    const { reply } = await tablet.push(
      aPush([], { sentAt: new Date(server.clock.now() - 3_600_000).toISOString() }),
    );
    expect(reply.assignmentTag).not.toBe(before);
    const next = await presenceOf(server, tablet.token);
    expect(next.reference).not.toBe(presence.reference);
    // The new key knows of the hour: the tablet's own now is taken, the wall clock's is not.
    const phone = aTelephone(server);
    expect((await phone.claim(aCode(next, server.clock.now() - 3_600_000))).status).toBe(201);
    expect((await phone.claim(aCode(next, server.clock.now()))).body.code).toBe('presence-code-expired');
    expect((await phone.claim(freshCode())).body.code).toBe('presence-code-forged');
  });
});

describe('opening a code', () => {
  it('grants one visit, for an hour', async () => {
    const { status, body } = await aTelephone(server).claim(freshCode());
    expect(status).toBe(201);
    expect(body.grant).toMatch(/^ville-de-libourne\.[\w-]{43}$/);
    expect(Date.parse(body.expiresAt ?? '')).toBe(server.clock.now() + VISIT_GRANT_MS);
  });

  it('refuses a second telephone', async () => {
    const code = freshCode();
    expect((await aTelephone(server).claim(code)).status).toBe(201);
    const second = await aTelephone(server).claim(code);
    expect([second.status, second.body.code]).toEqual([409, 'presence-code-used']);
  });

  it('gives the same grant to the telephone whose answer was lost on the way', async () => {
    const code = freshCode();
    const attempt = anAttempt();
    const first = await aTelephone(server).claim(code, attempt);
    server.clock.advance(5_000);
    const again = await aTelephone(server).claim(code, attempt);
    expect([again.body.grant, again.body.expiresAt]).toEqual([first.body.grant, first.body.expiresAt]);
    expect(await server.deps.store.db.selectFrom('visit_grants').selectAll().execute()).toHaveLength(1);
  });

  it('takes a code ten minutes after its slot and before it, and not a moment later or sooner', async () => {
    const phone = aTelephone(server);
    const slotStart = server.clock.now();
    expect(slotStart % PRESENCE_SLOT_MS).toBe(0);
    const [last, late] = [freshCode(), freshCode()];
    server.clock.advance(PRESENCE_SLOT_MS + PRESENCE_WINDOW_MS - 1);
    expect((await phone.claim(last)).status).toBe(201);
    server.clock.advance(1);
    const refused = await phone.claim(late);
    expect([refused.status, refused.body.code]).toEqual([410, 'presence-code-expired']);
    const now = Math.ceil(server.clock.now() / PRESENCE_SLOT_MS) * PRESENCE_SLOT_MS;
    server.clock.nowMs = now;
    expect((await phone.claim(freshCode(now + PRESENCE_WINDOW_MS))).status).toBe(201);
    const early = await phone.claim(freshCode(now + PRESENCE_WINDOW_MS + PRESENCE_SLOT_MS));
    expect(early.body.code).toBe('presence-code-expired');
  });

  it('refuses the codes of a tablet that was taken out of service', async () => {
    await revokeEnrolment(server.deps, wholeScope(['ville-de-libourne']), {
      organisationId: 'ville-de-libourne',
      enrolmentId: tablet.enrolmentId,
    });
    const refused = await aTelephone(server).claim(freshCode());
    expect([refused.status, refused.body.code]).toEqual([403, 'presence-code-revoked']);
  });

  it('refuses what no tablet has made: changed in one letter, made with another key, or no code at all', async () => {
    const phone = aTelephone(server);
    const code = freshCode();
    for (let at = 0; at < code.length; at += 1) {
      const other = code[at] === 'A' ? 'B' : 'A';
      const { status, body } = await phone.claim(`${code.slice(0, at)}${other}${code.slice(at + 1)}`);
      expect([at, status, body.code]).toEqual([at, 404, 'presence-code-forged']);
    }
    const guessed = aCode({ ...presence, key: randomBytes(32).toString('base64url') }, server.clock.now());
    for (const text of [guessed, 'x', 'A'.repeat(36), 'é'.repeat(36)])
      expect((await phone.claim(text)).body.code).toBe('presence-code-forged');
    expect((await phone.claim(code)).status).toBe(201);
  });

  it('stands three thousand guesses at a tablet’s code, were nobody slowed down', async () => {
    const base = Buffer.from(freshCode(), 'base64url');
    for (let guess = 0; guess < 3_000; guess += 1) {
      const forged = Buffer.concat([base.subarray(0, 17), randomBytes(10)]).toString('base64url');
      const claimed = await claimCode(server.deps, { code: forged, attempt: anAttempt() });
      expect(claimed).toEqual({ ok: false, error: 'presence-code-forged' });
    }
    expect(await server.deps.store.db.selectFrom('visit_grants').selectAll().execute()).toEqual([]);
  });

  it('slows down whoever forges, and neither others nor a town that scans behind one address', async () => {
    const forger = aTelephone(server, '192.0.2.1');
    for (let guess = 0; guess < 300; guess += 1) expect((await forger.claim('x')).status).toBe(404);
    const refused = await forger.claim(freshCode());
    expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([429, true]);
    const town = aTelephone(server, '198.51.100.7');
    const code = freshCode();
    expect((await town.claim(code)).status).toBe(201);
    for (let scan = 0; scan < 400; scan += 1) expect((await town.claim(code)).status).toBe(409);
    expect((await town.claim(freshCode())).status).toBe(201);
    server.clock.advance(600_000);
    expect((await forger.claim(freshCode())).status).toBe(201);
  });

  it('opens no more than a tablet can have shown, whoever has its key', async () => {
    const phone = aTelephone(server);
    const statuses: number[] = [];
    for (let claim = 0; claim < 205; claim += 1) statuses.push((await phone.claim(freshCode())).status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(200);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('what is remembered of it', () => {
  it('may be forgotten although the tablet’s clock is set later: a used code never comes into its time again', async () => {
    const code = freshCode();
    await aTelephone(server).claim(code);
    server.clock.advance(3 * 3_600_000);
    await forgetSpent(server.deps);
    // Now the tablet is found to be three hours behind: by that clock the code would have been made just now.
    const sentAt = (behindMs: number) => new Date(server.clock.now() - behindMs).toISOString();
    await tablet.push(aPush([], { sentAt: sentAt(0) }));
    await tablet.push(aPush([], { sentAt: sentAt(3 * 3_600_000) }));
    expect((await aTelephone(server).claim(code)).body.code).toBe('presence-code-expired');
    server.clock.advance(10_000);
    await tablet.push(aPush([], { sentAt: sentAt(3 * 3_600_000) }));
    expect((await aTelephone(server).claim(code)).body.code).toBe('presence-code-forged');
  });

  it('is nothing that gives a code or a grant away', async () => {
    const code = freshCode();
    const { body } = await aTelephone(server).claim(code);
    const { db } = server.deps.store;
    const kept = JSON.stringify([
      await db.selectFrom('presence_claims').selectAll().execute(),
      await db.selectFrom('visit_grants').selectAll().execute(),
    ]);
    expect(kept).not.toContain(code);
    expect(kept).not.toContain(body.grant?.split('.').at(-1));
  });

  it('is forgotten once the code is too old and the visit over, and the code stays refused', async () => {
    const code = freshCode();
    await aTelephone(server).claim(code);
    const { db } = server.deps.store;
    const count = async () => [
      (await db.selectFrom('presence_claims').selectAll().execute()).length,
      (await db.selectFrom('visit_grants').selectAll().execute()).length,
    ];
    await forgetSpent(server.deps);
    expect(await count()).toEqual([1, 1]);
    server.clock.advance(2 * 3_600_000);
    await forgetSpent(server.deps);
    expect(await count()).toEqual([0, 0]);
    expect((await aTelephone(server).claim(code)).body.code).toBe('presence-code-expired');
  });
});
