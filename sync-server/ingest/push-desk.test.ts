import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrganisationId } from '../../domain/ids.ts';
import { MAX_PUSH_BYTES } from '../../protocol/push.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet } from '../test-tablet.ts';
import { anEntry, aPush } from './a-push.ts';
import { Publications } from './publications.ts';
import { createPushDesk } from './push-desk.ts';
import { SealedTexts } from './sealed-texts.ts';
import { understandAll } from './understand.ts';

let server: TestApp;
beforeEach(async () => {
  server = await openTestApp();
});
afterEach(async () => server.close());

describe('the desk where pushes are handed in', () => {
  it('reads a body when its turn has come, and not while it waits', async () => {
    const desk = createPushDesk(server.deps);
    const device = await desk.recognise(`Bearer ${(await enrolTablet(server)).token}`);
    // The first reply has to look up what the tablet is to ask; the others know.
    await desk.take(device, () => aPush([]), 1);
    let held = 0;
    let mostHeld = 0;
    const pushes = Array.from({ length: 12 }, async (_, index) => {
      const body = () => {
        held += 1;
        mostHeld = Math.max(mostHeld, held);
        return aPush([anEntry(index + 1)]);
      };
      const reply = await desk.take(device, body, MAX_PUSH_BYTES);
      held -= 1;
      return reply.verdicts;
    });
    expect((await Promise.all(pushes)).flat().map(({ verdict }) => verdict)).toEqual(
      Array.from({ length: 12 }, () => 'accepted'),
    );
    // One to a group, and the one before it that is being answered.
    expect(mostHeld).toBeLessThanOrEqual(2);
  });

  it('asks for what is published once for a push, however many entries it has', async () => {
    let asked = 0;
    const counting = server.deps.store.db.withPlugin({
      transformQuery: ({ node }) => {
        asked += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const ports = {
      publications: new Publications({ ...server.deps, store: { ...server.deps.store, db: counting } }),
      texts: new SealedTexts(server.deps.sealingKeys),
    };
    const entries = Array.from({ length: 50 }, (_, index) => anEntry(index + 1));
    const read = await understandAll(entries, 'ville-de-libourne' as OrganisationId, ports);
    expect(read.map(({ kind }) => kind)).toEqual(entries.map(() => 'understood'));
    expect(asked).toBe(2);
  });

  it('refuses what cannot be read, and stores what came with it', async () => {
    const desk = createPushDesk(server.deps);
    const device = await desk.recognise(`Bearer ${(await enrolTablet(server)).token}`);
    const broken = () => {
      throw new SyntaxError('not JSON');
    };
    const outcomes = await Promise.allSettled([
      desk.take(device, () => aPush([anEntry(1)]), 1),
      desk.take(device, broken, 1),
      desk.take(device, () => ({ ...aPush([anEntry(2)]), batchId: 'x' }), 1),
      desk.take(device, () => aPush([anEntry(3)]), 1),
    ]);
    expect(outcomes).toMatchObject([
      { value: { verdicts: [{ verdict: 'accepted' }] } },
      { reason: new SyntaxError('not JSON') },
      { reason: { code: 'unprocessable' } },
      { value: { verdicts: [{ verdict: 'accepted' }] } },
    ]);
  });
});
