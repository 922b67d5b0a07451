/** The tablet's time, injected so that a test or a simulation can hold it. */
export interface Clock {
  /** What the tablet's calendar says, in milliseconds since 1970, UTC. It may be wrong, and it may jump. */
  now(): number;
  /** Milliseconds since some start; never jumps. For durations. */
  elapsed(): number;
  /** Calls back once, after so many milliseconds; returns the way to call it off. */
  after(delayMs: number, run: () => void): () => void;
}

/** Randomness, injected for the same reason. */
export interface Randomness {
  /** A number in [0, 1). */
  number(): number;
  /** Bytes from a cryptographic source. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

export const SYSTEM_RANDOMNESS: Randomness = {
  number: () => Math.random(),
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};

/** A random UUID (version 4). `crypto.randomUUID` exists only on secure pages, this everywhere. */
export function randomUuid(randomness: Randomness): string {
  const bytes = randomness.bytes(16);
  const view = new DataView(bytes.buffer);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x40);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
