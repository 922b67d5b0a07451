/** Where the time comes from: the machine's clock, or a test's. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const SYSTEM_CLOCK: Clock = { now: () => Date.now() };

/** The instant as the wire and the tables write it: UTC, milliseconds, ending in Z. */
export function instantOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
