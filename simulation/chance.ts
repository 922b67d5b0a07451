import type { Randomness } from '../kiosk/ports.ts';

/** Everything that could be otherwise in a run, drawn from one seed. */
export interface Chance extends Randomness {
  /** True so often. */
  happens(probability: number): boolean;
  /** A number from `least` up to, not including, `most`. */
  between(least: number, most: number): number;
  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number;
  pick<Choice>(choices: readonly Choice[]): Choice;
  /** A chance of its own, so that what one part draws does not change what another draws. */
  branch(): Chance;
}

/** Mulberry32: small, fast, and the same on every machine. Nothing here is secret. */
export function createChance(seed: number): Chance {
  let state = seed | 0;

  function number(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  const chance: Chance = {
    number,
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let index = 0; index < length; index += 1) bytes[index] = number() * 256;
      return bytes;
    },
    happens: (probability) => number() < probability,
    between: (least, most) => least + number() * (most - least),
    whole: (least, most) => least + Math.floor(number() * (most - least + 1)),
    pick<Choice>(choices: readonly Choice[]): Choice {
      const picked = choices[Math.floor(number() * choices.length)];
      if (picked === undefined) throw new RangeError('There is nothing to pick from.');
      return picked;
    },
    branch: () => createChance(Math.floor(number() * 4_294_967_296)),
  };
  return chance;
}
