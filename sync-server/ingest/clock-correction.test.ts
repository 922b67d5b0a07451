import { describe, expect, it } from 'vitest';
import type { BootId } from '../../domain/ids.ts';
import { correctedInstant } from './clock-correction.ts';

const NOW = Date.parse('2026-11-23T12:00:00.000Z');
const MINUTE = 60_000;
const DAY = 86_400_000;
const [boot, earlierBoot] = ['boot' as BootId, 'earlier-boot' as BootId];

/** An answer given `agoMs` ago by the tablet's clock, which is `slowMs` behind. */
function corrected(
  agoMs: number,
  slowMs: number,
  given: { boot?: BootId; last?: { boot: string; offsetMs: number } } = {},
) {
  const tabletNow = NOW - slowMs;
  const { answeredAtMs, isUncertain } = correctedInstant(
    { answeredAtMs: tabletNow - agoMs, boot: given.boot ?? boot },
    { receivedAtMs: NOW, sentAtMs: tabletNow, boot, last: given.last ?? null },
  );
  return { agoMs: NOW - answeredAtMs, isUncertain };
}

describe('a tablet’s clock', () => {
  it('is believed where the network explains the difference', () => {
    expect(corrected(DAY, 90_000)).toEqual({ agoMs: DAY + 90_000, isUncertain: false });
  });

  it.each([-400 * DAY, -7 * MINUTE, 7 * MINUTE, 3 * 365 * DAY])(
    'is corrected in the boot of the push when %d ms slow',
    (slowMs) => {
      expect(corrected(5 * DAY, slowMs)).toEqual({ agoMs: 5 * DAY, isUncertain: false });
    },
  );

  it('is corrected by the last error known of the answer’s own boot', () => {
    const last = { boot: earlierBoot, offsetMs: 2 * DAY };
    expect(corrected(3 * DAY, 0, { boot: earlierBoot, last })).toEqual({ agoMs: DAY, isUncertain: false });
  });

  it('is believed, with a doubt, for a boot of which nothing is known', () => {
    expect(corrected(DAY, 6 * MINUTE, { boot: earlierBoot })).toEqual({
      agoMs: DAY + 6 * MINUTE,
      isUncertain: true,
    });
    expect(corrected(DAY, 4 * MINUTE, { boot: earlierBoot }).isUncertain).toBe(false);
  });

  it('cannot place an answer in the future, nor before there were tablets: the arrival is the latest it was', () => {
    expect(corrected(-DAY, 0)).toEqual({ agoMs: 0, isUncertain: true });
    expect(corrected(DAY, 20_000 * DAY, { boot: earlierBoot })).toEqual({ agoMs: 0, isUncertain: true });
  });
});
