import type { BootId } from '../../domain/ids.ts';

/** Raised by the server on an answer whose day it cannot be sure of. */
export const CLOCK_UNCERTAIN_FLAG = 'clock-uncertain';

/** Below this a difference is the network's, not the clock's. */
const TOLERATED_MS = 120_000;
/** From here on a clock is so wrong that what it said in another boot is worth little. */
const DOUBTFUL_MS = 300_000;
/** No tablet of this project answered anything before. */
const FIRST_POSSIBLE_MS = Date.UTC(2020, 0, 1);

/** What a push tells of a tablet's clock, and what was known before it. */
export interface ClockReadings {
  readonly receivedAtMs: number;
  readonly sentAtMs: number;
  /** The boot the push was sent in. */
  readonly boot: BootId | null;
  /** The boot of the last push before this one, and how far the clock was behind then. */
  readonly last: { readonly boot: string; readonly offsetMs: number } | null;
}

export interface CorrectedInstant {
  readonly answeredAtMs: number;
  readonly isUncertain: boolean;
}

/** How far the tablet's clock is behind the server's: added to its instants, it corrects them. 0 where the network explains it. */
export function clockOffset({
  receivedAtMs,
  sentAtMs,
}: Pick<ClockReadings, 'receivedAtMs' | 'sentAtMs'>): number {
  const offset = receivedAtMs - sentAtMs;
  return Math.abs(offset) <= TOLERATED_MS ? 0 : offset;
}

/**
 * When an answer was given. The clock error of a push holds for its own boot; for another boot the last error known of it; failing
 * both, the tablet is believed, and the answer flagged where its clock has shown that it cannot be. So is one of a boot whose clock was set since
 * the last push: nobody can tell on which side of that it was given. An instant that cannot be (not yet come, or before there were tablets) is
 * replaced by the moment of arrival, the latest it can have been.
 */
export function correctedInstant(
  answered: { readonly answeredAtMs: number; readonly boot: BootId },
  readings: ClockReadings,
): CorrectedInstant {
  const { receivedAtMs, boot, last } = readings;
  const offset = clockOffset(readings);
  const ownOffset = answered.boot === boot ? offset : last?.boot === answered.boot ? last.offsetMs : null;
  const answeredAtMs = answered.answeredAtMs + (ownOffset ?? 0);
  if (answeredAtMs > receivedAtMs + TOLERATED_MS || answeredAtMs < FIRST_POSSIBLE_MS)
    return { answeredAtMs: receivedAtMs, isUncertain: true };
  const wasSet =
    boot === answered.boot && last?.boot === boot && Math.abs(offset - last.offsetMs) > DOUBTFUL_MS;
  return { answeredAtMs, isUncertain: wasSet || (ownOffset === null && Math.abs(offset) > DOUBTFUL_MS) };
}
