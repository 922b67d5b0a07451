import * as v from 'valibot';
import { instantSchema } from './identities.ts';

/** What a report has room for; the oldest losses were told long ago. */
export const MAX_LOSSES_TOLD = 5;
export const MAX_HELD_RANGES = 100;

const sequenceSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER));

/**
 * A tablet has found that its storage no longer holds all it should. How many answers that cost is the server's to count: those up to
 * `throughSequence` that have neither arrived nor are held by the tablet still.
 */
export const knownLossSchema = v.object({
  /** The largest sequence that was surely given before. */
  throughSequence: sequenceSchema,
  /** On the tablet's clock. */
  noticedAt: instantSchema,
  /**
   * How it was noticed; a later version may know more ways.
   *
   * - `emptied`: the database was there and held nothing any more.
   * - `thinned`: some of its rows were missing, or no longer readable.
   * - `unreadable`: it could not be opened any more.
   */
  cause: v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/)),
});
export type KnownLoss = v.InferOutput<typeof knownLossSchema>;

/** A run of sequences that the tablet holds, in whatever state. */
export const heldRangeSchema = v.object({ from: sequenceSchema, through: sequenceSchema });
export type HeldRange = v.InferOutput<typeof heldRangeSchema>;
