import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import { globalItemOf } from '../../domain/survey.ts';
import { createEngineRig } from '../engine-rig.ts';
import { anAssignment } from '../visit/staged-kiosk.ts';
import { startSyncLoop } from './sync-loop.ts';

it('collects without the code that sends, and sends once it could be loaded', async () => {
  let isThere = false;
  const assignment = anAssignment();
  const rig = createEngineRig({ indexedDB: new IDBFactory(), IDBKeyRange }, assignment, {
    bringSync: async () => {
      if (!isThere) throw new Error('The part is not there.');
      return startSyncLoop;
    },
  });
  await rig.enrolled();
  const item = globalItemOf(assignment.surveyVersion);
  if (item === undefined) throw new Error('The survey has no global item.');
  rig.engine.answer({ itemId: item.itemId, kind: 'rating', code: 'very-satisfied' });
  await rig.settle();
  rig.engine.finish();
  await rig.settle();
  await rig.clock.advance(50_000);
  expect(rig.server.bodies.size).toBe(0);

  isThere = true;
  await rig.clock.advance(60_000);
  expect(rig.server.bodies.size).toBe(1);
  rig.engine.stop();
});
