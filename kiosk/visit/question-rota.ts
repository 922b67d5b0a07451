import { countAsked, drawItems } from '../../domain/rotation.ts';
import {
  type Item,
  type SurveyVersion,
  drawableItemsOf,
  globalItemOf,
  verbatimItemOf,
} from '../../domain/survey.ts';
import type { AskedToday } from '../outbox/outbox.ts';

/** What the next visit is asked, and the day's counts once it has been. */
export interface Draw {
  readonly steps: readonly Item[];
  readonly asked: AskedToday;
}

/**
 * Draws a visit's questions: the global item, the least asked of the others today, and the suggestion last.
 *
 * @param today YYYY-MM-DD at the site; the counts of another day no longer matter
 */
export function drawVisit(
  version: SurveyVersion,
  asked: AskedToday | null,
  { today, asksText, random }: { today: string; asksText: boolean; random: () => number },
): Draw {
  const counts = asked?.day === today ? asked.counts : {};
  const drawn = drawItems(drawableItemsOf(version), counts, version.maxDrawnItems, random);
  const steps = [globalItemOf(version), ...drawn, asksText ? verbatimItemOf(version) : undefined].filter(
    (item) => item !== undefined,
  );
  return { steps, asked: { day: today, counts: countAsked(counts, drawn) } };
}

/** The day the clock on the site's wall shows. */
export function localDayOf(nowMs: number, timeZone: string): string {
  // Swedish writes dates as YYYY-MM-DD. Making a format costs a millisecond or more, so it is kept.
  if (kept?.timeZone !== timeZone)
    kept = { timeZone, format: new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }) };
  return kept.format.format(nowMs);
}

let kept: { readonly timeZone: string; readonly format: Intl.DateTimeFormat } | null = null;
