import { EXPECTED_ACCESS, type RouteCase } from './expected-access.ts';
import { PERSONAS, type Persona, TARGETS, type Target } from './personas.ts';
import type { MatrixWorld } from './world.ts';

/** How many cells were tried, and each that was not as it is expected to be. */
export interface MatrixOutcome {
  readonly cells: number;
  readonly failures: readonly string[];
}

type Verdict = 'let-in' | 'not-signed-in' | 'not-allowed' | 'not-found';

interface Cell {
  readonly route: string;
  readonly persona: Persona | null;
  readonly target: Target;
  readonly expected: Verdict;
}

const REFUSALS: readonly Verdict[] = ['not-signed-in', 'not-allowed', 'not-found'];
const NOBODY = '00000000-0000-4000-8000-000000000001';

/**
 * Every role on every route at every place: each cell is one request over HTTP. Whoever is not let in must be refused as expected and have
 * changed nothing; whoever is must be shown nothing of a reception beyond their reach.
 *
 * @param isWhole with what takes a process for each request
 */
export async function runMatrix(
  world: MatrixWorld,
  { isWhole }: { readonly isWhole: boolean },
): Promise<MatrixOutcome> {
  const routes = await routesOf(world);
  const failures = [
    ...routes
      .filter((route) => !(route in EXPECTED_ACCESS))
      .map((route) => `${route}: nobody says who may use it`),
    ...Object.keys(EXPECTED_ACCESS)
      .filter((name) => !routes.includes(routeOf(name)))
      .map((route) => `${route}: there is no such route`),
  ];
  let cells = 0;
  for (const [route, access] of Object.entries(EXPECTED_ACCESS)) {
    if (!routes.includes(routeOf(route))) continue;
    const all = cellsOf(route, access).filter(
      ({ expected }) => isWhole || access.isSlow !== true || expected !== 'let-in',
    );
    const before = await world.digest();
    const refused = all.filter(({ expected }) => expected !== 'let-in');
    for (const cell of refused) failures.push(...(await tryCell(world, cell, access)));
    if ((await world.digest()) !== before)
      failures.push(`${route}: somebody who was refused changed something`);
    for (const cell of all.filter((one) => !refused.includes(one)))
      failures.push(...(await tryCell(world, cell, access)));
    cells += all.length;
  }
  return { cells, failures };
}

/** Every route for persons, as the server itself describes them. */
export async function routesOf({ origin }: Pick<MatrixWorld, 'origin'>): Promise<readonly string[]> {
  const reply = await fetch(`${origin}/api/v1/openapi.json`);
  const { paths } = (await reply.json()) as {
    paths: Record<string, Record<string, { security: object[] }>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security.some((one) => 'person' in one))
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
}

/** Without the case that its name tells in brackets. */
function routeOf(name: string): string {
  return name.replace(/ \([a-z]+\)$/, '');
}

/** The address of a route at a target. */
export function addressOf(route: string, target: Target, world: MatrixWorld, access: RouteCase): string {
  if (access.address !== undefined) return access.address(target);
  const values: Readonly<Record<string, string>> = { ...target, ...world.of(target) };
  return routeOf(route)
    .slice(route.indexOf(' ') + 1)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? NOBODY);
}

function cellsOf(route: string, access: RouteCase): readonly Cell[] {
  return [null, ...PERSONAS].flatMap((persona) =>
    (access.at === undefined ? TARGETS.slice(0, 1) : TARGETS).map((target) => ({
      route,
      persona,
      target,
      expected: expectedOf(persona, target, access),
    })),
  );
}

function expectedOf(persona: Persona | null, target: Target, { may, at }: RouteCase): Verdict {
  if (persona === null || persona.isDeactivated === true) return 'not-signed-in';
  if (may === null) return 'let-in';
  const roles = persona.covers.filter(({ role }) => may.includes(role));
  if (roles.length === 0) return 'not-allowed';
  if (at === undefined) return 'let-in';
  const isReached = roles.some(
    ({ role, serviceIds }) =>
      serviceIds.includes(target.serviceId) && (at === 'service' || role !== 'referent'),
  );
  return isReached ? 'let-in' : 'not-found';
}

async function tryCell(world: MatrixWorld, cell: Cell, access: RouteCase): Promise<string[]> {
  const { route, persona, target, expected } = cell;
  if (expected === 'let-in') await access.prepare?.(target, world);
  const method = route.slice(0, route.indexOf(' '));
  const body = access.body?.(target, world);
  const reply = await fetch(`${world.origin}${addressOf(route, target, world, access)}`, {
    method,
    headers: {
      origin: world.origin,
      'sec-fetch-site': 'same-origin',
      ...(persona === null ? {} : { cookie: await world.signIn(persona) }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  const name = `${persona?.name ?? 'nobody'}, ${route}, ${target.serviceId}`;
  const verdict = verdictOf(reply.status, text, route);
  if (verdict !== expected) return [`${name}: ${expected} was expected, ${reply.status} came`];
  if (expected !== 'let-in' || persona === null) return [];
  const reached = persona.covers.flatMap(({ serviceIds }) => serviceIds);
  return TARGETS.filter((one) => !reached.includes(one.serviceId) && text.includes(world.of(one).canary)).map(
    (one) => `${name}: something of ${one.serviceId} was shown`,
  );
}

/** Whoever asks after what is nobody's, such as another's session, is let in, and told that it is not there. */
function verdictOf(status: number, text: string, route: string): Verdict | number {
  if (status === 404 && /\{(exportId|sessionId)\}/.test(route)) return 'let-in';
  const [, code = ''] = /"code":"([a-z-]+)"/.exec(text) ?? [];
  return REFUSALS.find((one) => one === code) ?? (status < 500 ? 'let-in' : status);
}
