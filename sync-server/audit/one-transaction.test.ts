import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewSecondFactor, SessionList } from '../../protocol/people.ts';
import { EXPECTED_ACCESS } from '../people/matrix/expected-access.ts';
import { PERSONAS, type Persona, TARGETS, VILLE } from '../people/matrix/personas.ts';
import { addressOf, routesOf } from '../people/matrix/run-matrix.ts';
import { type MatrixWorld, openMatrixWorld } from '../people/matrix/world.ts';
import { createSignInLink } from '../people/sign-in-links.ts';
import { withoutTrail } from '../store/test-faults.ts';
import { openReception } from '../test-reception.ts';

let world: MatrixWorld;
let administrator: Persona;
beforeAll(async () => {
  world = await openMatrixWorld();
  const found = PERSONAS.find(({ name }) => name === 'administrator of both');
  if (found === undefined) throw new Error('The administrator is not among the personas.');
  administrator = found;
});
afterAll(async () => world.close());

const [target] = TARGETS as readonly [(typeof TARGETS)[0], ...typeof TARGETS];
/** What these need the matrix cannot give: those that change something have their own cases below. */
const OWN_CASES = [
  'DELETE /api/v1/sessions/{sessionId}',
  'POST /api/v1/account/second-factor',
  'POST /api/v1/account/second-factor/removal',
  'POST /api/v1/publications/{organisationId}/{serviceId}/result',
  'POST /api/v1/themes/{organisationId}/preview',
  'PUT /api/v1/account/second-factor',
  'PUT /api/v1/themes/{organisationId}',
];

const entryCount = async () => {
  const { count } = await world.test.deps.store.db
    .selectFrom('audit_entries')
    .select((is) => is.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};
/** All that is stored, sessions and trail too. */
const everything = async () => {
  const { db } = world.test.deps.store;
  const sessions = await db.selectFrom('sessions').selectAll().orderBy('token_hash').execute();
  const all = JSON.stringify([await world.digest(), sessions, await entryCount()]);
  return createHash('sha256').update(all).digest('hex');
};
const send = async (method: string, path: string, cookie: string, body?: object) => {
  const reply = await fetch(`${world.origin}${path}`, {
    method,
    headers: {
      cookie,
      origin: world.origin,
      'sec-fetch-site': 'same-origin',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: reply.status, text: await reply.text() };
};
/** Tries it cut off from the trail, then whole. */
const tryBoth = async (ask: () => ReturnType<typeof send>) => {
  const before = await everything();
  let cut = 0;
  await withoutTrail(world.test.deps.store, async () => {
    cut = (await ask()).status;
  });
  const isAsBefore = (await everything()) === before;
  const entries = await entryCount();
  const { status, text } = await ask();
  return { cut, isAsBefore, status, text, isNoted: (await entryCount()) > entries };
};
const BOTH_OR_NEITHER = { cut: 500, isAsBefore: true, isNoted: true };

describe('a change and its entry in the trail', () => {
  it('are stored together or not at all, on every route that changes something', async () => {
    const routes = (await routesOf(world)).filter((route) => !route.startsWith('GET '));
    const untold: string[] = [];
    for (const route of routes) {
      const access = EXPECTED_ACCESS[route];
      if (access === undefined) throw new Error(`${route} is not among those expected.`);
      await access.prepare?.(target, world);
      const cookie = await world.signIn(administrator);
      const [method = ''] = route.split(' ');
      const body = access.body?.(target, world);
      const tried = await tryBoth(async () =>
        send(method, addressOf(route, target, world, access), cookie, body),
      );
      if (tried.isNoted) expect({ route, ...tried }).toMatchObject({ route, ...BOTH_OR_NEITHER });
      else untold.push(route);
    }
    expect(untold.toSorted()).toEqual(OWN_CASES);
  });

  it('are so for what takes more than one request', async () => {
    const cookie = await world.signIn(administrator);
    await world.signIn(administrator);
    const json = async <Body>(method: string, path: string, body?: object) =>
      JSON.parse((await send(method, path, cookie, body)).text) as Body;

    const { sessions } = await json<SessionList>('GET', '/api/v1/sessions');
    const other = sessions.find(({ isCurrent }) => !isCurrent)?.sessionId ?? '';
    expect(await tryBoth(async () => send('DELETE', `/api/v1/sessions/${other}`, cookie))).toMatchObject(
      BOTH_OR_NEITHER,
    );

    const { secret } = await json<NewSecondFactor>('POST', '/api/v1/account/second-factor', {});
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = () => ({ code: totp.generate({ timestamp: world.test.clock.now() }) });
    // The same code twice: what was cut off has not spent it.
    expect(
      await tryBoth(async () => send('PUT', '/api/v1/account/second-factor', cookie, code())),
    ).toMatchObject(BOTH_OR_NEITHER);
    world.test.clock.advance(30_000);
    expect(
      await tryBoth(async () => send('POST', '/api/v1/account/second-factor/removal', cookie, code())),
    ).toMatchObject(BOTH_OR_NEITHER);

    const { lists } = await json<{ lists: { organisationId: string; version: number }[] }>(
      'GET',
      '/api/v1/themes',
    );
    const version = lists.find(({ organisationId }) => organisationId === VILLE)?.version;
    expect(
      await tryBoth(async () => send('PUT', `/api/v1/themes/${VILLE}`, cookie, { version, themes: [] })),
    ).toMatchObject(BOTH_OR_NEITHER);

    const reception = await openReception(world.test, VILLE, target.pointId);
    await reception.receive({ day: '2026-08-18', levels: { 'very-satisfied': 40 } });
    const result = `/api/v1/publications/${VILLE}/${target.serviceId}/result`;
    expect(await tryBoth(async () => send('POST', result, cookie, {}))).toMatchObject(BOTH_OR_NEITHER);
  });

  it('are so for signing in, which spends no link that has opened nothing', async () => {
    const { url } = await createSignInLink(world.test.deps, { email: 'claire@libourne.example' });
    const token = url.slice(url.indexOf('=') + 1);
    expect(
      await tryBoth(async () => send('POST', '/api/v1/sign-in-link-redemptions', '', { token })),
    ).toMatchObject({ ...BOTH_OR_NEITHER, status: 201 });
  });
});
