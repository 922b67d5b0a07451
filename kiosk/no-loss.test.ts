import fc from 'fast-check';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { CipherSuite, AEAD_AES_128_GCM, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import { beforeAll, expect, it } from 'vitest';
import type { SurveyResponse } from '../domain/answers.ts';
import type { ItemId } from '../domain/ids.ts';
import { type EngineRig, createEngineRig } from './engine-rig.ts';
import { NETWORK_FAULTS, type NetworkFault } from './sync/server-model.ts';
import { CLOSING_MS } from './visit/idle-clock.ts';
import { anAssignment } from './visit/staged-kiosk.ts';

/** What can befall a tablet, in any order. */
type Happening =
  | {
      readonly kind: 'visit';
      readonly questions: number;
      readonly ends: 'sent' | 'finished' | 'walkedAway' | 'crash';
    }
  | { readonly kind: 'pass'; readonly seconds: number }
  | { readonly kind: 'network'; readonly fault: NetworkFault | null }
  | { readonly kind: 'restart' }
  | { readonly kind: 'backup' }
  | { readonly kind: 'restore' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('visit' as const),
      questions: fc.integer({ min: 1, max: 5 }),
      ends: fc.constantFrom('sent' as const, 'finished' as const, 'walkedAway' as const, 'crash' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 400 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('network' as const),
      fault: fc.option(fc.constantFrom(...NETWORK_FAULTS)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('backup' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore' as const) }) },
);

const SUITE = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
const CODES = ['very-satisfied', 'fairly-satisfied', 'fairly-dissatisfied', 'very-dissatisfied'];
const RUNS = process.env['PARVIS_NIGHTLY'] === '1' ? 500 : 25;
let publicKey = '';

beforeAll(async () => {
  const pair = await SUITE.GenerateKeyPair();
  publicKey = Buffer.from(await SUITE.SerializePublicKey(pair.publicKey)).toString('base64');
});

/** Plays one visit; tells what the screens promised: the answers shown as taken, and whether the visitor was thanked. */
async function visit(
  rig: EngineRig,
  turn: number,
  { questions, ends }: Extract<Happening, { kind: 'visit' }>,
): Promise<string | null> {
  const state = () => (rig.engine.view.kind === 'serving' ? rig.engine.view.visit : null);
  if (state()?.kind === 'thanking') {
    await rig.clock.advance(CLOSING_MS);
    rig.engine.leaveThanks();
  }
  let promised: string | null = null;
  for (let question = 0; question < questions; question += 1) {
    const now = state();
    const item = now?.kind === 'asking' ? now.visit.steps[now.step] : undefined;
    const itemId = (now?.kind === 'attracting' ? 'GLOB' : (item?.itemId ?? 'none')) as ItemId;
    if (item?.kind === 'verbatim') break;
    rig.engine.answer(
      item?.kind === 'choice'
        ? { itemId, kind: 'choice', codes: ['wait'] }
        : { itemId, kind: 'rating', code: CODES[(turn + question) % CODES.length] ?? '' },
    );
    await rig.settle();
    const then = state();
    if (then?.kind === 'asking') promised = JSON.stringify(then.visit.answers);
  }
  if (ends === 'crash') await restart(rig);
  else if (ends === 'walkedAway') await rig.clock.advance(91_000);
  else {
    if (ends === 'sent') rig.engine.type(`Suggestion ${turn}`);
    rig.engine[ends === 'sent' ? 'send' : 'finish']();
    await rig.settle();
    expect(state()?.kind).toBe('thanking');
  }
  return promised;
}

async function restart(rig: EngineRig): Promise<void> {
  await rig.crash();
  await rig.open();
}

it(
  'loses no answer and counts none twice: any visits, any crash, any lie of the network, a server set back to a backup',
  async () => {
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 1, maxLength: 15 }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        async (happenings, chance) => {
          const assignment = anAssignment({ sealingKey: { keyId: 'k1', publicKey } });
          const random = () => chance.next().value;
          const rig = createEngineRig({ indexedDB: new IDBFactory(), IDBKeyRange }, assignment, { random });
          await rig.enrolled();
          const promised: string[] = [];
          for (const [turn, next] of happenings.entries()) {
            switch (next.kind) {
              case 'visit': {
                const kept = await visit(rig, turn, next);
                if (kept !== null) promised.push(kept);
                break;
              }
              case 'pass':
                await rig.clock.advance(next.seconds * 1_000);
                break;
              case 'network':
                rig.server.failAlways(next.fault);
                break;
              case 'restart':
                await restart(rig);
                break;
              case 'backup':
                rig.server.takeBackup();
                break;
              case 'restore':
                rig.server.restoreBackup();
                break;
            }
          }
          rig.server.failAlways(null);
          await rig.clock.advance(40 * 60_000);
          const counted = [...rig.server.bodies.values()].map((body) => JSON.parse(body) as SurveyResponse);
          await rig.crash();
          answers += promised.length;
          expect(counted.map((response) => JSON.stringify(response.answers)).toSorted()).toEqual(
            promised.toSorted(),
          );
          expect(rig.server.quarantine).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
    expect(answers).toBeGreaterThan(RUNS);
  },
  30 * 60_000,
);
