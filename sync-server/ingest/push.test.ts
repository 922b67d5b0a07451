import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../test-app.ts';
import { enrolTablet, type TestTablet } from '../test-tablet.ts';
import { anEntry, aPush, sealAsTablet } from './a-push.ts';

let server: TestApp;
let tablet: TestTablet;
beforeAll(async () => {
  server = await openTestApp();
  tablet = await enrolTablet(server);
});
afterAll(async () => server.close());

describe('a push', () => {
  it('stores, opens and counts what it is given', async () => {
    const entry = anEntry(1);
    const { publicKey, keyId } = server.deps.sealingKeys.current;
    entry.response.sealedText = await sealAsTablet(
      'Accueil très aimable.',
      entry.responseId,
      publicKey,
      keyId,
    );
    const { status, reply } = await tablet.push(aPush([entry]));
    expect(status).toBe(201);
    expect(reply).toMatchObject({
      highWaterMark: 1,
      safeThrough: 0,
      verdicts: [{ responseId: entry.responseId, verdict: 'accepted' }],
    });
    const { db } = server.deps.store;
    expect(await db.selectFrom('verbatims').select(['text', 'folded_text']).execute()).toEqual([
      { text: 'Accueil très aimable.', folded_text: 'accueil tres aimable.' },
    ]);
    expect(await db.selectFrom('tallies').selectAll().execute()).toHaveLength(4);
  });
});
