import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { type Team, teamSchema } from '../../protocol/team.ts';
import { openMailServer, type TestMailServer } from '../mail/test-mail-server.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, asPersonWith, OWN_PAGE, personWith, type TestPerson } from '../test-person.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';
const CLAIRE = 'claire.martin@ville.example';
const referent = (organisationId: string, serviceIds: string[]) => ({
  organisationId,
  role: 'referent',
  siteIds: [],
  serviceIds,
});
const administrator = (organisationId: string) => ({
  organisationId,
  role: 'administrator',
  siteIds: [],
  serviceIds: [],
});

let mail: TestMailServer;
let server: TestApp;
let admin: TestPerson;
beforeEach(async () => {
  mail = await openMailServer();
  server = await openTestApp({ mail: mail.config });
  admin = await asPerson(server, [VILLE], 'admin@ville.example');
});
afterEach(async () => {
  await server.close();
  await mail.close();
});

const team = async (person = admin): Promise<Team> =>
  v.parse(teamSchema, (await person.get('/api/v1/people')).json());
const find = async (email: string) => {
  const found = (await team()).people.find((person) => person.email === email);
  if (found === undefined) throw new Error(`${email} is not listed.`);
  return found;
};
const addressOf = async (email: string) => {
  const { organisationId, personId } = await find(email);
  return `/api/v1/people/${organisationId}/${personId}`;
};
const invite = async (grants: object[] = [referent(VILLE, ['etat-civil'])], email = CLAIRE) =>
  admin.send('POST', '/api/v1/people', { name: 'Claire Martin', email, grants });

describe('an invitation', () => {
  it('gives a role and sends a link that opens the account, once, and nothing beyond the role', async () => {
    const reply = await invite();
    expect([reply.statusCode, reply.json()]).toMatchObject([201, { isLetterSent: true }]);
    expect(mail.recipients).toEqual([CLAIRE]);
    const [, token] = /#link=(\S+)/.exec(mail.letters[0]?.text ?? '') ?? [];
    const redeem = () =>
      server.app.inject({
        method: 'POST',
        url: '/api/v1/sign-in-link-redemptions',
        headers: OWN_PAGE,
        payload: { token },
      });
    const first = await redeem();
    expect(first.json<{ services: { serviceId: string }[] }>().services.map((one) => one.serviceId)).toEqual([
      'etat-civil',
    ]);
    expect((await redeem()).statusCode).toBe(404);
    const claire = personWith(server.app, String(first.headers['set-cookie']).split(';', 1)[0] ?? '');
    expect((await claire.get('/api/v1/people')).statusCode).toBe(403);
    expect(await find(CLAIRE)).toMatchObject({
      name: 'Claire Martin',
      grants: [referent(VILLE, ['etat-civil'])],
    });
  });

  it('is refused for somebody who is there, for a place that is not, and for another organisation', async () => {
    await invite();
    expect((await invite()).json()).toMatchObject({ code: 'conflict' });
    expect((await invite([referent(VILLE, ['ccas-accueil-social'])], 'a@b.fr')).json()).toMatchObject({
      code: 'unprocessable',
    });
    expect((await invite([referent(VILLE, [])], 'a@b.fr')).json()).toMatchObject({ code: 'unprocessable' });
    expect((await invite([referent(CCAS, ['ccas-accueil-social'])], 'a@b.fr')).statusCode).toBe(404);
    expect((await invite([referent(VILLE, ['etat-civil']), administrator(CCAS)], 'a@b.fr')).statusCode).toBe(
      404,
    );
    expect(mail.letters).toHaveLength(1);
  });

  it('stands where no letter can leave, and says so', async () => {
    mail.refuseWith(550);
    expect((await invite()).json()).toMatchObject({ isLetterSent: false });
    expect(await find(CLAIRE)).toMatchObject({ deactivatedAt: null });
    const mute = await openTestApp();
    const alone = await asPerson(mute, [VILLE]);
    expect(await team(alone)).toMatchObject({ canMail: false, mayChange: true });
    await mute.close();
  });
});

describe('an organisation', () => {
  it('never loses its last administrator: not to another role, nor to deactivation, nor when two go at once', async () => {
    const own = await addressOf('admin@ville.example');
    const demote = { grants: [{ ...administrator(VILLE), role: 'quality' }] };
    expect((await admin.send('PUT', own, demote)).json()).toMatchObject({ code: 'last-administrator' });
    expect((await admin.send('POST', `${own}/deactivation`, {})).json()).toMatchObject({
      code: 'last-administrator',
    });
    expect((await find('admin@ville.example')).grants).toEqual([administrator(VILLE)]);
    const second = await asPerson(server, [VILLE], 'second@ville.example');
    const other = await addressOf('second@ville.example');
    const both = await Promise.all([
      admin.send('POST', `${own}/deactivation`, {}),
      second.send('POST', `${other}/deactivation`, {}),
    ]);
    expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([204, 409]);
  });

  it('counts no deactivated administrator as one', async () => {
    await asPerson(server, [VILLE], 'second@ville.example');
    await admin.send('POST', `${await addressOf('second@ville.example')}/deactivation`, {});
    const own = await addressOf('admin@ville.example');
    expect((await admin.send('POST', `${own}/deactivation`, {})).json()).toMatchObject({
      code: 'last-administrator',
    });
  });

  it('is shown its own people, and of somebody who works for two only what they are here', async () => {
    await asPersonWith(
      server,
      [
        { organisationId: VILLE, role: 'quality', siteIds: [], serviceIds: [] },
        { organisationId: CCAS, role: 'administrator', siteIds: [], serviceIds: [] },
      ],
      'both@ville.example',
    );
    expect((await find('both@ville.example')).grants).toEqual([{ ...administrator(VILLE), role: 'quality' }]);
    await admin.send('PUT', await addressOf('both@ville.example'), {
      grants: [referent(VILLE, ['etat-civil'])],
    });
    const ofCcas = await asPerson(server, [CCAS], 'ccas@ccas.example');
    const there = (await team(ofCcas)).people.find(({ email }) => email === 'both@ville.example');
    expect(there?.grants).toEqual([administrator(CCAS)]);
  });

  it('shows no address to an auditor', async () => {
    const auditor = await asPersonWith(server, [
      { organisationId: VILLE, role: 'auditor', siteIds: [], serviceIds: [] },
    ]);
    const seen = await team(auditor);
    expect(seen).toMatchObject({ mayChange: false, organisations: [] });
    expect(seen.people.length).toBeGreaterThan(1);
    expect(seen.people.every(({ email }) => email === null)).toBe(true);
  });
});

describe('a deactivated account', () => {
  it('is signed out at once, opens by no link, and is opened again with what it was', async () => {
    await invite();
    const claire = await asPersonWith(
      server,
      [referent(VILLE, ['etat-civil'])].map((one) => ({ ...one, role: 'referent' as const })),
      'autre@ville.example',
    );
    const address = await addressOf('autre@ville.example');
    expect((await claire.get('/api/v1/session')).statusCode).toBe(200);
    expect((await admin.send('POST', `${address}/deactivation`, {})).statusCode).toBe(204);
    expect((await claire.get('/api/v1/session')).statusCode).toBe(401);
    expect((await admin.send('POST', `${address}/sign-in-link`, {})).statusCode).toBe(404);
    await admin.send('POST', `${address}/reactivation`, {});
    expect((await admin.send('POST', `${address}/sign-in-link`, {})).json()).toEqual({ isLetterSent: true });
    expect((await find('autre@ville.example')).grants).toHaveLength(1);
  });
});
