import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../domain/ids.ts';
import { type EngineRig, GOOD_CODE, createEngineRig } from './engine-rig.ts';
import type { Outbox } from './outbox/outbox.ts';
import { anAssignment } from './visit/staged-kiosk.ts';

const GLOBAL = { itemId: 'GLOB' as ItemId, kind: 'rating', code: 'very-satisfied' } as const;

let rig: EngineRig;
/** What storing a new answer waits for. */
let storing: Promise<void> | null;

beforeEach(() => {
  storing = null;
  rig = createEngineRig({ indexedDB: new IDBFactory(), IDBKeyRange }, anAssignment(), {
    breakable: slowToStore,
  });
});

function slowToStore(outbox: Outbox): Outbox {
  const enqueue: Outbox['enqueue'] = async (...entry) => {
    await storing;
    return outbox.enqueue(...entry);
  };
  return new Proxy(outbox, {
    get: (target, name: keyof Outbox) => (name === 'enqueue' ? enqueue : target[name]),
  });
}

describe('a tablet that has a place', () => {
  it('takes a new place while it serves, and offers there what the old one has not got', async () => {
    await rig.enrolled();
    rig.server.isTokenGood = false;
    rig.engine.answer(GLOBAL);
    await rig.settle();
    rig.engine.finish();
    await rig.settle();
    await rig.clock.advance(60_000);
    expect(rig.engine.view).toMatchObject({ sign: { waiting: 1, connection: 'revoked' } });
    rig.server.isTokenGood = true;
    const { assignment } = rig.server;
    rig.server.assignment = { ...assignment, service: { ...assignment.service, name: 'État civil' } };
    expect((await rig.engine.enrol(GOOD_CODE)).ok).toBe(true);
    expect(rig.engine.view).toMatchObject({ assignment: { service: { name: 'État civil' } } });
    await rig.clock.advance(3_000);
    expect(rig.engine.view).toMatchObject({ sign: { waiting: 0, connection: 'reached' } });
    expect(rig.server.bodies.size).toBe(1);
  });

  it('takes no visit away that begins while a new place is taken', async () => {
    await rig.enrolled();
    let goOn = (): void => {};
    storing = new Promise((resolve) => {
      goOn = resolve;
    });
    rig.engine.answer(GLOBAL);
    expect((await rig.engine.enrol(GOOD_CODE)).ok).toBe(true);
    goOn();
    await rig.settle();
    expect(rig.engine.view).toMatchObject({ visit: { kind: 'asking', step: 1 } });
  });
});
