import { describe, expect, it } from 'vitest';
import type { BootId, ResponseId } from '../domain/ids.ts';
import { STORAGE_LIMIT_MS } from '../kiosk/outbox/connection.ts';
import { createOutbox } from '../kiosk/outbox/create-outbox.ts';
import { describeOutbox } from '../kiosk/outbox/outbox-contract.ts';
import type { NewEntry, Outbox } from '../kiosk/outbox/outbox.ts';
import { createWitness } from '../kiosk/outbox/witness.ts';
import { createChance } from './chance.ts';
import { openDiskEntryStore } from './disk-entry-store.ts';
import { Disk, NO_DISK_FAULTS } from './disk.ts';
import { Timeline } from './timeline.ts';

const ASKED = { day: '2026-11-24', counts: {} };

// A timeline of its own that never stops: the contract's tests know of no simulated time.
describeOutbox('over the model of a disk', () => {
  const timeline = new Timeline();
  const disk = new Disk(timeline, createChance(1));
  return () => {
    const store = openDiskEntryStore(disk);
    const passing = <Task extends (...asked: never[]) => Promise<unknown>>(task: Task): Task =>
      ((...asked: Parameters<Task>) => {
        const done = task(...asked);
        void timeline.runUntil(timeline.nowMs + 1_000);
        return done;
      }) as Task;
    return {
      ...store,
      write: passing(store.write),
      atOnce: passing(store.atOnce),
      read: passing(store.read),
    };
  };
});

describe('the model of a disk', () => {
  const timeline = new Timeline();

  function aTablet(seed = 1) {
    const disk = new Disk(timeline, createChance(seed));
    let isGone = false;
    const clock = {
      now: () => timeline.nowMs,
      elapsed: () => timeline.nowMs,
      after: (ms: number, run: () => void) => timeline.after(ms, run),
    };
    const open = () => openDiskEntryStore(disk, () => isGone);
    const outbox = createOutbox({ open, witness: createWitness(null), clock, isAlone: () => true });
    return {
      disk,
      outbox,
      die(how: 'kill' | 'powerCut') {
        isGone = true;
        if (how === 'kill') disk.forgetPages();
        else disk.cutPower();
      },
    };
  }

  async function enqueue(outbox: Outbox, name: string, waitMs = 1_000) {
    const entry: NewEntry = {
      responseId: name as ResponseId,
      createdAt: '2026-11-24T09:30:00.000Z',
      body: '{}',
      bootId: 'boot' as BootId,
      state: 'pending',
    };
    let kept: Awaited<ReturnType<Outbox['enqueue']>> | null = null;
    void outbox.enqueue(entry, ASKED).then((result) => {
      kept = result;
    });
    await timeline.runUntil(timeline.nowMs + waitMs);
    return kept as Awaited<ReturnType<Outbox['enqueue']>> | null;
  }

  it('keeps strict writes through a power cut, and loses relaxed ones', async () => {
    const [strict, relaxed] = [aTablet(), aTablet()];
    relaxed.disk.durability = 'relaxed';
    for (const { outbox, disk, die } of [strict, relaxed]) {
      expect(await enqueue(outbox, 'r1')).toMatchObject({ ok: true });
      expect(disk.image.entries.size).toBe(1);
      die('powerCut');
    }
    expect(strict.disk.image.entries.size).toBe(1);
    expect(relaxed.disk.image.entries.size).toBe(0);
  });

  it('keeps relaxed writes through the death of the browser alone, as a system does', async () => {
    const { disk, outbox, die } = aTablet();
    disk.durability = 'relaxed';
    await enqueue(outbox, 'r1');
    die('kill');
    expect(disk.image.entries.size).toBe(1);
  });

  it('says that it is full, and works again when it is not', async () => {
    const { disk, outbox } = aTablet();
    disk.fullUntilMs = timeline.nowMs + 5_000;
    const refused = await enqueue(outbox, 'r1');
    expect(refused).toMatchObject({ ok: false });
    expect(disk.image.entries.size).toBe(0);
    await timeline.runUntil(timeline.nowMs + 5_000);
    expect(await enqueue(outbox, 'r1')).toMatchObject({ ok: true });
  });

  it('hangs for so long that the watchdog gives up', async () => {
    const { disk, outbox } = aTablet();
    disk.faults = { ...NO_DISK_FAULTS, hangs: 1 };
    expect(await enqueue(outbox, 'r1', STORAGE_LIMIT_MS)).toEqual({ ok: false, error: { kind: 'hung' } });
  });

  it('lets a commit that nobody survived have happened or not', async () => {
    const kept = await Promise.all(
      Array.from({ length: 20 }, async (_, seed) => {
        const { disk, outbox, die } = aTablet(seed + 1);
        await enqueue(outbox, 'r1', 0);
        die('kill');
        return disk.image.entries.size;
      }),
    );
    expect(new Set(kept)).toEqual(new Set([0, 1]));
  });

  it('does nothing more for a page that is gone', async () => {
    const { disk, outbox, die } = aTablet();
    die('kill');
    expect(await enqueue(outbox, 'r1')).toBeNull();
    expect(disk.image.entries.size).toBe(0);
  });
});
