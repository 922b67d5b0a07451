const BASE_MS = 2_000;
const CAP_MS = 300_000;
const HEARTBEAT_MS = 60_000;
/** More than that, a server cannot mean; a proxy might. */
const LONGEST_RETRY_AFTER_MS = 3_600_000;

/**
 * How long to wait after the n-th failure in a row (from 1): the cap first and full jitter after it, so that tablets that failed together
 * do not come back together. The server's `Retry-After` is a floor, and the jitter then comes on top of it: many clients told
 * the same number would otherwise come back at the same instant.
 *
 * @param retryAfter what the server asked for in milliseconds, or null
 * @param random numbers in [0, 1)
 */
export function backoffMs(failures: number, retryAfter: number | null, random: () => number): number {
  const jitter = random() * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures - 1, 20));
  return Math.min(retryAfter ?? 0, LONGEST_RETRY_AFTER_MS) + jitter;
}

/** The pause between signs of life: a minute, give or take a half, so that a town's tablets drift apart. */
export function heartbeatMs(random: () => number): number {
  return HEARTBEAT_MS * (0.5 + random());
}

/** The pace of a tablet whose token is refused: it may be enrolled anew, or the refusal was a mistake. */
export function revokedMs(random: () => number): number {
  return CAP_MS * (0.5 + random());
}

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3); null where it is neither. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
