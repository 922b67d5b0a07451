/**
 * What a visitor may switch on to make the tablet fit: `large` text, high `contrast`, everything to be touched `low` on the screen, and
 * `spoken` questions and answers. Any of them together.
 */
export const COMFORT_MODES = ['large', 'contrast', 'low', 'spoken'] as const;
export type ComfortMode = (typeof COMFORT_MODES)[number];

/** What is switched on, in the order it was. */
export type Comfort = readonly ComfortMode[];

/** The tablet as every visitor finds it. */
export const NO_COMFORT: Comfort = [];

/** Switches one on, or off again. */
export function switched(comfort: Comfort, mode: ComfortMode): Comfort {
  return comfort.includes(mode) ? comfort.filter((other) => other !== mode) : [...comfort, mode];
}
