const BASE_MS = 2_000;
const CAP_MS = 300_000;

/**
 * How long to wait after the n-th failure in a row (from 1): the cap first and full jitter after it, so that tablets that failed together
 * do not come back together. Precedence: the server's `Retry-After` is a floor, spread upwards by up to a half; the tablet's
 * own wait stands wherever it is longer.
 *
 * @param retryAfterMs what the server asked for, or null
 * @param random a number in [0, 1)
 */
export function backoffMs(failures: number, retryAfterMs: number | null, random: () => number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures - 1, 20));
  const own = random() * ceiling;
  return retryAfterMs === null ? own : Math.max(own, Math.min(retryAfterMs, CAP_MS) * (1 + random() / 2));
}

/** The pause between signs of life: a minute, give or take a half, so that a town's tablets drift apart. */
export function heartbeatMs(random: () => number): number {
  return 60_000 * (0.5 + random());
}

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3); null where it is neither. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
