import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { PushRequest } from '../../protocol/push.ts';
import { createSealingKey, sealingKeysOf } from '../assignment/sealing-keys.ts';
import { openTestApp } from '../test-app.ts';
import { enrolTablet } from '../test-tablet.ts';

const recorded = JSON.parse(
  readFileSync(new URL('../../protocol/recorded/version-1.messages.json', import.meta.url), 'utf8'),
) as {
  pushRequest: PushRequest;
  sealing: { privateKey: string; publicKey: string; words: string };
};

it('takes a push of version 1, and opens its words with a key that is no longer the newest', async () => {
  const { privateKey, publicKey, words } = recorded.sealing;
  const former = { keyId: 'recorded', privateKey, publicKey, createdAt: '2026-11-24T00:00:00.000Z' };
  const sealingKeys = sealingKeysOf([former, createSealingKey(Date.parse('2028-01-01T00:00:00.000Z'))]);
  const server = await openTestApp({}, '2026-11-23T09:00:00.000Z', { sealingKeys });
  const tablet = await enrolTablet(server);
  const { status, reply } = await tablet.push(recorded.pushRequest);
  expect([status, reply.verdicts.map(({ verdict }) => verdict)]).toEqual([201, ['accepted', 'accepted']]);
  const verbatims = await server.deps.store.db.selectFrom('verbatims').select('text').execute();
  expect(verbatims).toEqual([{ text: words }]);
  await server.close();
});
