import type { Answer } from './answers.ts';
import type { LocalMoment } from './local-time.ts';
import { type OpeningHours, openingSpansOn } from './opening-hours.ts';

/**
 * Why an answer may not be what a visitor thought: somebody drumming on the tablet, or nobody meaning anything. A flagged answer is kept
 * whole and shown as set aside; no figure is bent by it and none is hidden. Any other flag of an answer is no reason to set it aside.
 */
export const INTEGRITY_FLAGS = [
  /** Many visits in a minute, or one that begins as soon as the last has ended. */
  'burst',
  /** Faster than anybody reads. */
  'speeding',
  /** The same face again and again, visit upon visit. */
  'straight-lining',
  /** Two faces in turn, visit upon visit. */
  'alternation',
  /** Nobody was received at that hour. */
  'closed-hours',
] as const;
/** The one reason that is found where the true hour is known, on the server. */
export const CLOSED_HOURS = 'closed-hours';
export type IntegrityFlag = (typeof INTEGRITY_FLAGS)[number];

/** Under which an answer is told that no rule flagged: somebody has set it aside, in words and with their name. */
export const BY_DECISION = 'by-decision';
/** Why an answer may be out of the figures. */
export const REASONS_TO_SET_ASIDE = [...INTEGRITY_FLAGS, BY_DECISION] as const;
export type SetAsideReason = (typeof REASONS_TO_SET_ASIDE)[number];

/** Raised by one whenever a rule or a limit below changes, so that it is known by which rules an answer was judged. */
export const INTEGRITY_RULES = 1;

/** A visit that begins sooner than this after the last one ended: nobody makes room for somebody else so fast. */
const BURST_GAP_MS = 5_000;
/** So many visits ended within a minute: one every quarter of a minute, from the first to the last. */
const BURST_VISITS = 5;
const BURST_SPAN_MS = 60_000;
/** Below this from one answer to the next, over at least three answers, nothing was read. A hasty child of eight needs more. */
const SPEEDING_MS_PER_SCREEN = 1_200;
const SPEEDING_ANSWERS = 3;
/** Answers belong to one run while less than this lies between them. */
const RUN_GAP_MS = 8_000;
const RUN_ANSWERS = 8;
/** Two people of one mind, one after the other, are not a run. */
const RUN_VISITS = 3;
const STRAIGHT_RATINGS = 3;
/** No rule looks further back than this. */
export const REMEMBERED_VISITS = 8;

/** Whoever is still at the desk when it closes may answer on the way out; whoever waits for it to open, before. */
const CLOSED_HOURS_GRACE_MINUTES = 30;

/** One visit and when it was made, on a clock that never jumps. */
export interface TimedVisit {
  readonly answers: readonly Answer[];
  /** The first touch and the last. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** Whether an answer with these flags is set aside. */
export function isSetAside(flags: readonly string[]): boolean {
  return integrityFlagsAmong(flags).length > 0;
}

/** The reasons to set aside among an answer's flags. */
export function integrityFlagsAmong(flags: readonly string[]): readonly IntegrityFlag[] {
  return INTEGRITY_FLAGS.filter((flag) => flags.includes(flag));
}

/**
 * Judges a visit by itself and by the visits made just before it on the same tablet.
 *
 * @param recent oldest first
 */
export function judgeVisit(visit: TimedVisit, recent: readonly TimedVisit[]): readonly IntegrityFlag[] {
  const flags: IntegrityFlag[] = [];
  if (isBurst(visit, recent)) flags.push('burst');
  if (isSpeeding(visit)) flags.push('speeding');
  const run = runEndingWith(visit, recent);
  if (isStraightLining(visit, run)) flags.push('straight-lining');
  if (alternatingTail(run.flatMap(ratingsOf)) >= RUN_ANSWERS) flags.push('alternation');
  return flags;
}

/** Whether nobody can have been received at this moment. Where no opening hours are known, nothing is said. */
export function isOutsideHours(
  hours: OpeningHours,
  { date, minuteOfDay }: Pick<LocalMoment, 'date' | 'minuteOfDay'>,
): boolean {
  const grace = CLOSED_HOURS_GRACE_MINUTES;
  for (const { fromMinute, toMinute } of openingSpansOn(hours, date))
    for (let minute = minuteOfDay - grace; minute <= minuteOfDay + grace; minute += grace)
      if (fromMinute <= minute && minute < toMinute) return false;
  return Object.values(hours.weekly).some((spans) => spans.length > 0);
}

/** Remembers a visit as long as a rule may look at it. */
export function rememberVisit(recent: readonly TimedVisit[], visit: TimedVisit): readonly TimedVisit[] {
  return [...recent, visit].slice(-REMEMBERED_VISITS);
}

function isBurst(visit: TimedVisit, recent: readonly TimedVisit[]): boolean {
  const previous = recent.at(-1);
  if (previous !== undefined && visit.startedAtMs - previous.endedAtMs < BURST_GAP_MS) return true;
  const first = recent.at(1 - BURST_VISITS);
  return first !== undefined && visit.endedAtMs - first.endedAtMs <= BURST_SPAN_MS;
}

function isSpeeding({ answers, startedAtMs, endedAtMs }: TimedVisit): boolean {
  if (answers.length < SPEEDING_ANSWERS) return false;
  return endedAtMs - startedAtMs < SPEEDING_MS_PER_SCREEN * (answers.length - 1);
}

/** The visit and those before it that nothing but a moment lies between, oldest first. */
function runEndingWith(visit: TimedVisit, recent: readonly TimedVisit[]): readonly TimedVisit[] {
  const run: TimedVisit[] = [];
  for (const one of [...recent, visit].reverse()) {
    const next = run[0];
    if (isSlow(one) || (next !== undefined && next.startedAtMs - one.endedAtMs >= RUN_GAP_MS)) break;
    run.unshift(one);
  }
  return run;
}

function isSlow({ answers, startedAtMs, endedAtMs }: TimedVisit): boolean {
  return endedAtMs - startedAtMs >= RUN_GAP_MS * answers.length;
}

function isStraightLining(visit: TimedVisit, run: readonly TimedVisit[]): boolean {
  const own = ratingsOf(visit);
  const [code] = own;
  if (own.length < STRAIGHT_RATINGS || own.some((other) => other !== code)) return false;
  let answers = 0;
  let visits = 0;
  for (const ratings of run.map(ratingsOf).reverse()) {
    const same = sameTail(ratings, code);
    answers += same;
    if (same > 0) visits += 1;
    if (same < ratings.length) break;
  }
  return answers >= RUN_ANSWERS && visits >= RUN_VISITS;
}

function sameTail(codes: readonly string[], code: string | undefined): number {
  return codes.length - 1 - codes.findLastIndex((other) => other !== code);
}

function alternatingTail(codes: readonly string[]): number {
  let length = Math.min(1, codes.length);
  for (let index = codes.length - 2; index >= 0; index -= 1) {
    const isTurn = codes[index] !== codes[index + 1];
    const isBack = length < 2 || codes[index] === codes[index + 2];
    if (!isTurn || !isBack) break;
    length += 1;
  }
  return length;
}

function ratingsOf({ answers }: TimedVisit): readonly string[] {
  return answers.flatMap((answer) => (answer.kind === 'rating' ? [answer.code] : []));
}
