import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROBLEMS, type Problem } from '../../protocol/problem.ts';
import type { Entry } from '../../protocol/push.ts';
import { seededRandom } from '../demo/random.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { anEntry, aPush } from './a-push.ts';
import { recount } from './recount.ts';

const BODIES = Number(
  process.env['MALFORMED_BODIES'] ?? (process.env['PARVIS_NIGHTLY'] === '1' ? 50_000 : 2_000),
);
/** Bodies under way together. */
const ABREAST = 20;
/** A failure names its seed: put it here to see it again. */
const SEED = 20_261_124;

let server: TestApp;
let tablet: TestTablet;
let sequence = 0;
beforeAll(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
});
afterAll(async () => server.close());

const random = seededRandom(SEED);
const below = (limit: number) => Math.floor(random() * limit);
const oneOf = <Value>(values: readonly Value[]) => values[below(values.length)];

/** Values that have broken decoders before. */
const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  -0,
  9_007_199_254_740_992,
  '',
  ' ',
  'x',
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  '💣'.repeat(300),
  'a'.repeat(5_000),
  [],
  {},
  [[]],
  [null],
  { length: 1e9 },
  { toString: 'x' },
  { constructor: {} },
  '2026-02-30T00:00:00.000Z',
  '0000-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '1970-01-01T00:00:00Z',
  '__proto__',
  '../../etc/passwd',
  "'; drop table responses; --",
  '<script>alert(1)</script>',
  '=1+1',
  Array.from({ length: 200 }, (_, index) => index),
];

/** Changes one random place of a value: another value, gone, or a key too many. */
function mutated(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.15) return oneOf(ODD);
  const keys = Object.keys(value);
  const key = oneOf(keys);
  if (key === undefined) return oneOf(ODD);
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  const what = random();
  if (what < 0.1) delete copy[key];
  else if (what < 0.2) copy[oneOf(['__proto__', 'constructor', 'extra', '']) ?? ''] = oneOf(ODD);
  else copy[key] = mutated(copy[key]);
  return copy;
}

/** Breaks the text itself: cut, a byte changed, a piece twice. */
function broken(text: string): string {
  const at = below(text.length);
  const what = random();
  if (what < 0.4) return text.slice(0, at);
  if (what < 0.7) return `${text.slice(0, at)}${String.fromCodePoint(below(256))}${text.slice(at + 1)}`;
  return text.slice(0, at) + text.slice(Math.max(0, at - below(40)));
}

interface Case {
  readonly round: number;
  readonly body: string;
  readonly sound: readonly Entry[];
  /** The sound entries are where they were, in an envelope that holds. */
  readonly isMixed: boolean;
}

function nextCase(round: number): Case {
  const sound = Array.from({ length: below(3) }, () => anEntry((sequence += 1)));
  const bad = Array.from({ length: 1 + below(2) }, () => mutated(anEntry((sequence += 1))));
  const push = aPush([...sound, ...bad]);
  const kind = random();
  const isMixed = kind < 0.6;
  if (isMixed) return { round, sound, isMixed, body: JSON.stringify(push) };
  return {
    round,
    sound,
    isMixed,
    body: kind < 0.8 ? JSON.stringify(mutated(push)) : broken(JSON.stringify(push)),
  };
}

const good = new Set<string>();

async function send({ round, body, sound, isMixed }: Case): Promise<number> {
  const { status, reply } = await tablet.push(body);
  const place = `body ${round} of seed ${SEED}: ${body.slice(0, 300)}`;
  expect(status, place).toBeLessThan(500);
  if (status !== 201) {
    const problem = reply as unknown as Problem;
    expect(PROBLEMS[problem.code]?.status, place).toBe(status);
    expect((problem.detail ?? problem.errors?.[0]?.message ?? problem.title).length, place).toBeGreaterThan(
      5,
    );
    expect(JSON.stringify(problem), place).not.toMatch(/node_modules|\.ts:|at .*\(/);
    return status;
  }
  expect(reply.verdicts, place).toHaveLength((JSON.parse(body) as { entries: unknown[] }).entries.length);
  reply.verdicts.forEach(({ verdict, reason, responseId }, index) => {
    if (verdict === 'quarantined') expect(reason?.length, place).toBeGreaterThan(5);
    if (verdict === 'accepted') good.add(responseId ?? '');
    if (isMixed && index < sound.length)
      expect({ verdict, responseId }, place).toEqual({
        verdict: 'accepted',
        responseId: sound[index]?.responseId,
      });
  });
  return status;
}

it(`T12 answers ${BODIES} malformed bodies without a 5xx, stores the valid entries, explains each refused one`, {
  timeout: 240_000 + BODIES * 10,
}, async ({ task }) => {
  const statuses: number[] = [];
  for (let round = 0; round < BODIES; round += ABREAST) {
    const cases = Array.from({ length: ABREAST }, (_, index) => nextCase(round + index));
    for (const status of await Promise.all(cases.map(send))) statuses.push(status);
  }
  const stored = await server.deps.store.db.selectFrom('responses').select('response_id').execute();
  expect(stored.map((row) => row.response_id).toSorted()).toEqual([...good].toSorted());
  expect((await recount(server.deps.store, false)).differences).toEqual([]);
  task.meta.figures = {
    bodies: statuses.length,
    serverErrors: statuses.filter((status) => status >= 500).length,
    stored: stored.length,
    lost: good.size - stored.length,
  };
  // The mutations reach every layer: bodies, envelopes and entries.
  expect([...new Set(statuses)]).toEqual(expect.arrayContaining([201, 400, 422]));
});
