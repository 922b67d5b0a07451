import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EXPECTED_ACCESS } from './expected-access.ts';
import { CCAS, PERSONAS, type Target, TARGETS, VILLE } from './personas.ts';
import { addressOf, routesOf } from './run-matrix.ts';
import { type MatrixWorld, openMatrixWorld } from './world.ts';

const OWN = 'accueil-general';
const RUNS = process.env['PARVIS_NIGHTLY'] === undefined ? 400 : 10_000;
let world: MatrixWorld;
let cookie: string;
let routes: readonly string[];
let foreign: readonly Target[];
beforeAll(async () => {
  world = await openMatrixWorld();
  const referent = PERSONAS.find(({ name }) => name === 'référent of a service');
  if (referent === undefined) throw new Error('The référent is not among the personas.');
  cookie = await world.signIn(referent);
  foreign = TARGETS.filter(({ serviceId }) => serviceId !== OWN);
  routes = (await routesOf(world)).filter((route) => !/^DELETE \/api\/v1\/sessions?$/.test(route));
});
afterAll(async () => world.close());

/** What of the database no request of this référent may change: all but what they may moderate, and their own account. */
const digestOfTheRest = () =>
  world.digest(
    (table, row) =>
      (['verbatims', 'visitor_counts'].includes(table) && row['service_id'] === OWN) ||
      ('person_id' in row && !table.includes('grant')),
  );

/** Names that a query, a form or a clever guess would use. */
const NAMES = (
  'organisation organisationId organisation_id organisations service serviceId serviceIds services site siteId siteIds point pointId ' +
  'scope scope[reaches] reaches role roles permission grants person personId search state period cursor item channel channels from to ' +
  '__proto__ __proto__[organisation] constructor signedIn exportId limit all'
).split(' ');
const IDENTITIES = (
  `${VILLE} ${CCAS} mediatheque ccas-accueil-social mediatheque-condorcet ccas ${VILLE}/mediatheque ${CCAS}/ccas-accueil-social ` +
  `${VILLE}/${OWN},${VILLE}/mediatheque ${OWN},mediatheque MEDIATHEQUE médiathèque ../mediatheque ${OWN}\u0000mediatheque`
).split(' ');
const GUESSES = 'administrator quality * % _ null true canari hidden all 2026-W47 2026 -1 99999999'.split(
  ' ',
);
const PLACES = [...IDENTITIES, ...GUESSES, '', "' or '1'='1", `${OWN}' or service_id='mediatheque`];
const place = fc.constantFrom(...PLACES);
/** The ways in which one text can be written into an address. */
const encoding = fc.constantFrom<(text: string) => string>(
  encodeURIComponent,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  (text) => encodeURI(text).replaceAll('#', '%23'),
  (text) => `${encodeURIComponent(text)}%00`,
  (text) => `%2e%2e%2f${encodeURIComponent(text)}`,
);
const suffix = fc.constantFrom('', '[]', '[0]', '.', '%5B%5D', '%00');
const query = fc.array(fc.tuple(fc.constantFrom(...NAMES), suffix, place, encoding), { maxLength: 6 });
const value: fc.Arbitrary<unknown> = fc.oneof(
  place,
  fc.array(place, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom(...NAMES), place, { maxKeys: 3 }),
  fc.constantFrom<unknown>(null, true, 1, { $ne: '' }),
);
const body = fc.dictionary(fc.constantFrom(...NAMES, 'change', 'reason', 'said', 'done', 'code'), value, {
  maxKeys: 6,
});
const headers = fc.dictionary(
  fc.constantFrom(
    'x-organisation',
    'x-service',
    'x-role',
    'x-forwarded-user',
    'x-original-url',
    'x-http-method-override',
  ),
  fc.constantFrom(CCAS, 'mediatheque', 'administrator', '/api/v1/fleet', 'PUT'),
  { maxKeys: 2 },
);

it('widens no référent’s scope: not by query, path, body, header, list or encoding', async () => {
  const before = await digestOfTheRest();
  const quick = routes.filter((route) => EXPECTED_ACCESS[route]?.isSlow !== true);
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...quick),
      fc.constantFrom(...TARGETS),
      encoding,
      query,
      body,
      headers,
      async (route, target, encode, asked, change, extra) => {
        const access = EXPECTED_ACCESS[route];
        if (access === undefined) throw new Error(`${route} is not among those expected.`);
        const [path = '', own = ''] = addressOf(route, target, world, access).split('?');
        const encoded = path
          .split('/')
          .map((part) => (IDENTITIES.includes(part) || part === OWN ? encode(part) : part))
          .join('/');
        const parameters = asked.map(([name, end, text, write]) => `${name}${end}=${write(text)}`);
        const method = route.slice(0, route.indexOf(' '));
        const hasBody = method !== 'GET' && method !== 'DELETE';
        const reply = await fetch(
          `${world.origin}${encoded}?${[...(own === '' ? [] : [own]), ...parameters].join('&')}`,
          {
            method,
            headers: {
              ...extra,
              cookie,
              origin: world.origin,
              ...(hasBody ? { 'content-type': 'application/json' } : {}),
            },
            ...(hasBody ? { body: JSON.stringify({ ...access.body?.(target, world), ...change }) } : {}),
          },
        );
        const text = await reply.text();
        if (reply.status >= 500) throw new Error(`${route} broke: ${reply.status} ${text}`);
        if (text.includes(world.of(TARGETS[0] ?? target).canary)) shown += 1;
        for (const other of foreign)
          if (text.includes(world.of(other).canary)) throw new Error(`${route} shows ${other.serviceId}`);
      },
    ),
    { numRuns: RUNS },
  );
  // Not blind: what is theirs was shown many a time.
  expect(shown).toBeGreaterThan(RUNS / 50);
  expect(await digestOfTheRest()).toBe(before);
}, 300_000);

it.each([
  `services=${VILLE}/mediatheque`,
  `services=${VILLE}/${OWN},${VILLE}/mediatheque,${CCAS}/ccas-accueil-social`,
  `services=${encodeURIComponent(encodeURIComponent(`${VILLE}/mediatheque`))}`,
  `services=${VILLE}/${OWN}&services=${VILLE}/mediatheque`,
])('nor that of a file of responses: %s', async (asked) => {
  const reply = await fetch(`${world.origin}/api/v1/exports/responses.json?${asked}`, {
    headers: { cookie },
  });
  const text = await reply.text();
  for (const other of foreign) expect(text).not.toContain(world.of(other).canary);
  expect(reply.status).toBeLessThan(500);
});
