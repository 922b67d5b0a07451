import type { Answer } from '../../domain/answers.ts';
import { localMidnightMs } from '../../domain/local-time.ts';
import type { OpeningHours } from '../../domain/opening-hours.ts';
import { type AskedCounts, countAsked, drawItems } from '../../domain/rotation.ts';
import { NOT_APPLICABLE, scaleOf } from '../../domain/scales.ts';
import { drawableItemsOf, globalItemOf, type SurveyVersion } from '../../domain/survey.ts';
import {
  addDays,
  addWeeks,
  firstDayOf,
  type IsoWeek,
  type LocalDate,
  weekdayOf,
  weekOf,
} from '../../domain/weeks.ts';
import profiles from './profiles.json' with { type: 'json' };
import { pick, poisson } from './random.ts';
import verbatims from './verbatims.json' with { type: 'json' };

/** A reception of the town, as the made-up year needs it. */
export interface DemoPoint {
  readonly serviceId: string;
  readonly timeZone: string;
  /** Public holidays among the days it is closed on. */
  readonly openingHours: OpeningHours;
  readonly surveyVersion: SurveyVersion;
}

/** One made-up visit; `text` is what was typed, not yet sealed. */
export interface DemoVisit {
  readonly answeredAtMs: number;
  readonly language: string;
  readonly disposition: 'complete' | 'partial';
  readonly answers: readonly Answer[];
  readonly text: string | null;
  readonly durationSeconds: number;
  /** What the tablet that took it flags it with; nothing unless said. */
  readonly flags?: readonly string[];
}

interface Profile {
  readonly weeklyResponses: number;
  /** Share satisfied with the visit as a whole. */
  readonly satisfied: number;
  /** Of the satisfied, the share of « très ». */
  readonly veryShare: number;
  /** Of the visits, the share that leaves a suggestion. */
  readonly textShare: number;
  /** Weeks of the ISO year in which the service does worse. */
  readonly slip?: { readonly fromWeek: number; readonly toWeek: number; readonly satisfied: number };
}

/** The 52 whole weeks before today's, then today's, oldest first. */
export function demoWeeks(today: LocalDate): readonly IsoWeek[] {
  const current = weekOf(today);
  return Array.from({ length: 53 }, (_, index) => addWeeks(current, index - 52));
}

/** The visits of one week at one reception, in the order they were made, none after `untilMs`. */
export function demoWeek(
  point: DemoPoint,
  week: IsoWeek,
  untilMs: number,
  random: () => number,
): readonly DemoVisit[] {
  const profile = profileOf(point.serviceId);
  const monday = firstDayOf(week);
  const openDays = [0, 1, 2, 3, 4, 5, 6]
    .map((days) => addDays(monday, days))
    .filter((day) => openSpans(point.openingHours, day).length > 0);
  const usualDays = Object.values(point.openingHours.weekly).filter((spans) => spans.length > 0).length;
  if (openDays.length === 0) return [];
  const average = profile.weeklyResponses * seasonOf(monday) * (openDays.length / usualDays);
  const asked = new Map<LocalDate, AskedCounts>();
  return Array.from({ length: poisson(average, random) }, () =>
    momentWithin(point, pick(openDays, random), random),
  )
    .sort((a, b) => a.atMs - b.atMs)
    .filter((moment) => moment.atMs <= untilMs)
    .map((moment) => visitAt(point, profile, week, moment, asked, random));
}

interface Moment {
  readonly day: LocalDate;
  readonly atMs: number;
}

function visitAt(
  point: DemoPoint,
  profile: Profile,
  week: IsoWeek,
  moment: Moment,
  asked: Map<LocalDate, AskedCounts>,
  random: () => number,
): DemoVisit {
  const { surveyVersion } = point;
  const globalItem = globalItemOf(surveyVersion);
  if (globalItem === undefined)
    throw new Error(`Survey ${surveyVersion.surveyVersionId} has no global item.`);
  const satisfied = satisfiedShare(profile, week);
  const overall = levelOf(satisfied, profile.veryShare, random);
  const counts = asked.get(moment.day) ?? {};
  const drawn = drawItems(drawableItemsOf(surveyVersion), counts, surveyVersion.maxDrawnItems, random);
  asked.set(moment.day, countAsked(counts, drawn));
  const isPartial = random() < 0.18;
  const given = isPartial ? drawn.slice(0, Math.floor(random() * drawn.length)) : drawn;
  const answers: Answer[] = [{ itemId: globalItem.itemId, kind: 'rating', code: overall }];
  for (const item of given) {
    if (item.kind !== 'rating') continue;
    // What people think of the details follows what they think of the whole, with a will of its own.
    const lean = isSatisfiedCode(overall) ? Math.min(0.985, satisfied + 0.03) : 0.45;
    const code = random() < 0.05 ? NOT_APPLICABLE : levelOf(lean, profile.veryShare, random);
    answers.push({ itemId: item.itemId, kind: 'rating', code });
  }
  const remark =
    !isPartial && random() < profile.textShare ? remarkOf(point.serviceId, overall, random) : null;
  return {
    answeredAtMs: moment.atMs,
    language: remark?.language ?? (random() < 0.04 ? 'en' : 'fr'),
    disposition: isPartial ? 'partial' : 'complete',
    answers,
    text: remark?.text ?? null,
    durationSeconds: Math.round(6 + answers.length * 4 + random() * 12 + (remark === null ? 0 : 25)),
  };
}

function satisfiedShare(profile: Profile, week: IsoWeek): number {
  const number = Number(week.slice(-2));
  const { slip } = profile;
  return slip !== undefined && number >= slip.fromWeek && number <= slip.toWeek
    ? slip.satisfied
    : profile.satisfied;
}

/** Fewer people come in August and at the end of the year. */
function seasonOf(monday: LocalDate): number {
  const monthDay = monday.slice(5);
  if (monthDay >= '08-01' && monthDay <= '08-24') return 0.55;
  if (monthDay >= '12-20' || monthDay <= '01-02') return 0.5;
  return monthDay >= '09-01' && monthDay <= '09-25' ? 1.2 : 1;
}

function momentWithin(point: DemoPoint, day: LocalDate, random: () => number): Moment {
  const { from, to } = pick(openSpans(point.openingHours, day), random);
  const minute = minuteOf(from) + random() * (minuteOf(to) - minuteOf(from));
  return { day, atMs: Math.round(localMidnightMs(day, point.timeZone) + minute * 60_000) };
}

function openSpans(
  hours: OpeningHours,
  day: LocalDate,
): readonly { readonly from: string; readonly to: string }[] {
  if (hours.closedOn?.includes(day) === true) return [];
  return hours.weekly[weekdayOf(day)] ?? [];
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function levelOf(satisfied: number, veryShare: number, random: () => number): string {
  if (random() < satisfied) return random() < veryShare ? 'very-satisfied' : 'fairly-satisfied';
  return random() < 0.65 ? 'fairly-dissatisfied' : 'very-dissatisfied';
}

function isSatisfiedCode(code: string): boolean {
  return scaleOf('four-level').points.some((level) => level.code === code && level.isSatisfied);
}

function remarkOf(
  serviceId: string,
  overall: string,
  random: () => number,
): { language: string; text: string } {
  if (random() < 0.05) return pick(verbatims.otherLanguages, random);
  const own = (
    verbatims as unknown as Record<string, { satisfied: string[]; dissatisfied: string[] } | undefined>
  )[serviceId];
  const mood = isSatisfiedCode(overall) && random() < 0.75 ? 'satisfied' : 'dissatisfied';
  const remarks = own !== undefined && random() < 0.45 ? own[mood] : verbatims.any[mood];
  return { language: 'fr', text: pick(remarks, random) };
}

/** How many answers a reception of the made-up town leaves in a usual week. */
export function weeklyResponsesOf(serviceId: string): number {
  return profileOf(serviceId).weeklyResponses;
}

function profileOf(serviceId: string): Profile {
  const known = profiles as Readonly<Record<string, Profile>>;
  return known[serviceId] ?? { ...profiles['*'] };
}
