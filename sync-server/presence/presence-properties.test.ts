import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PRESENCE_SLOT_MS } from '../../protocol/presence-code.ts';
import { recount } from '../ingest/recount.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { aPush } from '../ingest/a-push.ts';
import { aCode, anAttempt, aTelephone, aVisit, presenceOf } from './a-code.ts';
import { forgetSpent } from './claim.ts';

const RUNS = process.env['PARVIS_NIGHTLY'] === '1' ? 400 : 25;
const START = '2026-11-23T09:00:00.000Z';

let server: TestApp;
let tablet: TestTablet;
beforeAll(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
});
afterAll(async () => server.close());

/** What can happen to a code, from its first scan to long after. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('scan' as const), phone: fc.nat(3) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), phone: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat({ max: 5_400_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('clock set' as const),
      behindMs: fc.integer({ min: -9_000_000, max: 9_000_000 }),
    }),
  },
);

it('lets a code leave one answer at most, in whatever order it is scanned, sent, forgotten and the clocks are set', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
      async (rounds) => {
        const start =
          Date.parse(START) +
          Math.ceil((server.clock.now() - Date.parse(START)) / PRESENCE_SLOT_MS) * PRESENCE_SLOT_MS;
        server.clock.nowMs = start + 86_400_000;
        await tablet.push(aPush([], { sentAt: new Date(server.clock.now()).toISOString() }));
        server.clock.advance(10_000);
        const code = aCode(await presenceOf(server, tablet.token), server.clock.now());
        const before = await phoneAnswers();
        const phones = Array.from({ length: 4 }, () => ({
          attempt: anAttempt(),
          grant: undefined as string | undefined,
          visit: aVisit(),
        }));
        // What is in one round is under way at the same time.
        for (const round of rounds)
          await Promise.all(
            round.map(async (one) => {
              const phone = 'phone' in one ? phones[one.phone] : undefined;
              if (one.kind === 'wait') server.clock.advance(one.ms);
              else if (one.kind === 'forget') await forgetSpent(server.deps);
              else if (one.kind === 'clock set') {
                const sentAt = new Date(server.clock.now() - one.behindMs).toISOString();
                await tablet.push(aPush([], { sentAt }));
              } else if (phone !== undefined && one.kind === 'scan')
                phone.grant = (await aTelephone(server).claim(code, phone.attempt)).body.grant ?? phone.grant;
              else if (phone !== undefined) await aTelephone(server).leave(phone.grant, phone.visit);
            }),
          );
        expect(new Set(phones.flatMap(({ grant }) => grant ?? [])).size).toBeLessThanOrEqual(1);
        expect((await phoneAnswers()) - before).toBeLessThanOrEqual(1);
        expect((await recount(server.deps.store, false)).differences).toEqual([]);
      },
    ),
    { numRuns: RUNS },
  );
});

async function phoneAnswers(): Promise<number> {
  const { count } = await server.deps.store.db
    .selectFrom('responses')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('channel', '=', 'phone')
    .executeTakeFirstOrThrow();
  return count;
}
