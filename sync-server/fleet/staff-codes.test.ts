import { pbkdf2Sync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Assignment } from '../../protocol/assignment.ts';
import type { Fleet } from '../../protocol/fleet.ts';
import { aPush } from '../ingest/a-push.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, personWith, type TestPerson } from '../test-person.ts';
import { enrolTablet } from '../test-tablet.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';
let test: TestApp;
let administrator: TestPerson;
beforeEach(async () => {
  test = await openTestApp();
  administrator = await asPerson(test);
});
afterEach(() => test.close());

async function proofOnTablet(): Promise<NonNullable<Assignment['staffCode']>> {
  const { token } = await enrolTablet(test);
  const reply = await test.app.inject({
    url: '/api/v1/assignment',
    headers: { authorization: `Bearer ${token}` },
  });
  const { staffCode } = reply.json<Assignment>();
  if (staffCode === undefined) throw new Error('The assignment holds no code.');
  return staffCode;
}

/** What the tablet does with what is typed. */
function opens({ iterations, salt, hash }: NonNullable<Assignment['staffCode']>, code: string): boolean {
  return pbkdf2Sync(code, Buffer.from(salt, 'base64'), iterations, 32, 'sha256').toString('base64') === hash;
}

async function states(): Promise<Fleet['staffCodes']> {
  return (await administrator.get('/api/v1/fleet')).json<Fleet>().staffCodes;
}

describe('the code of the tablets’ menu', () => {
  it('is made for each organisation, shown to its administrators, and proved on its tablets without being told them', async () => {
    const [ville, ccas] = await states();
    expect(ville).toMatchObject({ organisationId: VILLE, organisationName: 'Ville de Libourne' });
    expect(ville?.shownCode).toMatch(/^\d{6}$/);
    expect(ccas?.shownCode).toMatch(/^\d{6}$/);
    const proof = await proofOnTablet();
    expect(opens(proof, ville?.shownCode ?? '')).toBe(true);
    expect(opens(proof, '0000000')).toBe(false);
    expect(proof.iterations).toBeGreaterThanOrEqual(100_000);
    expect(JSON.stringify(proof)).not.toContain(ville?.shownCode);
    expect((await states())[0]).toEqual(ville);
  });

  it('is changed in the web view, and then kept and shown nowhere in clear', async () => {
    const before = await proofOnTablet();
    const reply = await administrator.send('PUT', `/api/v1/fleet/staff-codes/${VILLE}`, { code: '48151623' });
    expect(reply.statusCode).toBe(204);
    expect((await states())[0]?.shownCode).toBeNull();
    test.clock.nowMs += 10_000;
    const after = await proofOnTablet();
    expect(opens(after, '48151623')).toBe(true);
    expect(after.salt).not.toBe(before.salt);
    const [row] = await test.deps.store.db
      .selectFrom('staff_codes')
      .selectAll()
      .where('organisation_id', '=', VILLE)
      .execute();
    expect(JSON.stringify(row)).not.toContain('48151623');
  });

  it('reaches a tablet with its next push', async () => {
    const tablet = await enrolTablet(test);
    const before = (await tablet.push(aPush([]))).reply.assignmentTag;
    await administrator.send('PUT', `/api/v1/fleet/staff-codes/${VILLE}`, { code: '1234' });
    test.clock.nowMs += 10_000;
    expect((await tablet.push(aPush([]))).reply.assignmentTag).not.toBe(before);
  });

  it.each(['', '123', '123456789', '12a4', '１２３４', ' 1234'])(
    'is 4 to 8 plain digits, not « %s »',
    async (code) => {
      const reply = await administrator.send('PUT', `/api/v1/fleet/staff-codes/${VILLE}`, { code });
      expect(reply.statusCode).toBe(422);
    },
  );

  it('is another organisation’s own business', async () => {
    const stranger = await asPerson(test, [CCAS]);
    const seen = (await stranger.get('/api/v1/fleet')).json<Fleet>().staffCodes;
    expect(seen.map(({ organisationId }) => organisationId)).toEqual([CCAS]);
    const reply = await stranger.send('PUT', `/api/v1/fleet/staff-codes/${VILLE}`, { code: '1234' });
    expect(reply.statusCode).toBe(404);
    expect((await states())[0]?.shownCode).not.toBeNull();
  });

  it('is nobody’s who is not signed in', async () => {
    const nobody = personWith(test.app, '');
    const reply = await nobody.send('PUT', `/api/v1/fleet/staff-codes/${VILLE}`, { code: '1234' });
    expect(reply.statusCode).toBe(401);
  });
});
