import { describe, expect, it } from 'vitest';
import type { KioskView } from '../kiosk.ts';
import { createManualClock } from '../manual-clock.ts';
import { watchForLostStorage } from './lost-storage.ts';

const STARTING: KioskView = { kind: 'starting' };

function outOfOrder(reason: string): KioskView {
  return { kind: 'outOfOrder', language: 'fr', reason };
}

/** Looks every few seconds, as the kiosk does, and tells when storage was first held to be lost. */
async function lostAfter(
  views: (second: number) => KioskView,
  lookedForSeconds = 120,
): Promise<number | null> {
  const clock = createManualClock();
  let second = 0;
  const isLost = watchForLostStorage(clock, () => views(second));
  for (; second <= lookedForSeconds; second += 1) {
    if (isLost()) return second;
    await clock.advance(1_000);
  }
  return null;
}

describe('a storage that is lost to this page', () => {
  it('is told once it has been opened anew in vain for a while', async () => {
    const lostConnection = outOfOrder('storage-UnknownError');
    expect(await lostAfter((second) => (second < 60 ? STARTING : lostConnection))).toBe(72);
    expect(await lostAfter((second) => (second < 60 ? STARTING : outOfOrder('storage-hung')))).toBe(72);
  });

  it('is not told while it comes back by itself', async () => {
    const flaky = (second: number) => (second % 10 === 0 ? STARTING : outOfOrder('storage-UnknownError'));
    expect(await lostAfter(flaky)).toBeNull();
  });

  it('is not told of a page that has only just come, so that pages do not follow each other in haste', async () => {
    expect(await lostAfter(() => outOfOrder('storage-UnknownError'))).toBe(30);
  });

  it('is not told where the next page would find the same', async () => {
    for (const reason of ['storage-full', 'storage-notDurable', 'storage-notSealed'])
      expect(await lostAfter(() => outOfOrder(reason))).toBeNull();
  });

  it('is not told of a kiosk that serves', async () => {
    expect(await lostAfter(() => STARTING)).toBeNull();
  });
});
