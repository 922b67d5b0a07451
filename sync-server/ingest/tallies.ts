import { TEST_MODE_FLAG, type Answer } from '../../domain/answers.ts';
import { integrityFlagsAmong } from '../../domain/integrity.ts';
import type { SurveyVersion } from '../../domain/survey.ts';
import { addDays, firstDayOf, type LocalDate, weekOf } from '../../domain/weeks.ts';
import type { Integrity, Tables } from '../store/tables.ts';

/** What of a stored response is counted. */
export interface CountedResponse {
  readonly organisation_id: string;
  readonly service_id: string;
  readonly channel: string;
  readonly disposition: string;
  readonly local_date: LocalDate;
  readonly received_on: LocalDate;
  /** As they are stored: a list in JSON. */
  readonly flags: string;
  readonly answers: readonly Answer[];
}

/** The item id under which whole responses are counted, by disposition. */
export const WHOLE_RESPONSE = '';

/** The item id under which responses that are set aside are counted, by reason; no published item can be called so. */
export const SET_ASIDE_REASONS = '*';

/** Answers given while staff tried the tablet out are kept and counted nowhere. */
export function isCounted(flags: readonly string[]): boolean {
  return !flags.includes(TEST_MODE_FLAG);
}

type Tally = Tables['tallies'];
type LateTally = Tables['late_tallies'];
const SEPARATOR = '\u001f';
const weekByDay = new Map<LocalDate, LocalDate>();
const DAYS_KEPT = 5_000;

/**
 * The tallies of some responses, one row for each thing counted, ready to be added to the tables. Ingest adds them, erasure takes them
 * back, recount compares them: whatever is counted, is counted here.
 */
export class TallyBook {
  readonly #tallies = new Map<string, Tally>();
  readonly #late = new Map<string, LateTally>();

  /** @param times −1 takes a response back */
  count(response: CountedResponse, surveyVersion: SurveyVersion, times = 1): void {
    const { local_date: day, received_on: receivedOn } = response;
    const week = mondayOf(day);
    const isLate = receivedOn >= addDays(week, 7);
    const reasons =
      response.flags === '[]' ? [] : integrityFlagsAmong(JSON.parse(response.flags) as string[]);
    const place = { ...response, integrity: reasons.length > 0 ? ('flagged' as const) : ('clear' as const) };
    const why = reasons.map((code) => ({ itemId: SET_ASIDE_REASONS, scaleId: '', code }));
    for (const { itemId, scaleId, code } of [...countedIn(response, surveyVersion), ...why]) {
      this.#add('day', place, itemId, scaleId, day, code, times);
      this.#add('week', place, itemId, scaleId, week, code, times);
      if (isLate) this.#addLate(place, itemId, scaleId, week, code, times);
    }
  }

  tallies(): Tally[] {
    return [...this.#tallies.values()].filter(({ count }) => count !== 0);
  }

  lateTallies(): LateTally[] {
    return [...this.#late.values()].filter(({ count }) => count !== 0);
  }

  #add(
    grain: 'day' | 'week',
    { organisation_id, service_id, channel, integrity }: CountedPlace,
    item_id: string,
    scale_id: string,
    starts_on: LocalDate,
    code: string,
    times: number,
  ): void {
    // No part can hold the separator: identities, dates and codes of published options are plain words.
    const key = [
      organisation_id,
      grain,
      service_id,
      item_id,
      scale_id,
      starts_on,
      channel,
      integrity,
      code,
    ].join(SEPARATOR);
    const row = this.#tallies.get(key);
    if (row === undefined)
      this.#tallies.set(key, {
        organisation_id,
        grain,
        service_id,
        item_id,
        scale_id,
        starts_on,
        channel,
        integrity,
        code,
        count: times,
      });
    else row.count += times;
  }

  #addLate(
    { organisation_id, service_id, received_on, integrity }: CountedPlace,
    item_id: string,
    scale_id: string,
    week_starts_on: LocalDate,
    code: string,
    times: number,
  ): void {
    const key = [
      organisation_id,
      service_id,
      item_id,
      scale_id,
      week_starts_on,
      received_on,
      integrity,
      code,
    ].join(SEPARATOR);
    const row = this.#late.get(key);
    if (row === undefined)
      this.#late.set(key, {
        organisation_id,
        service_id,
        item_id,
        scale_id,
        week_starts_on,
        received_on,
        integrity,
        code,
        count: times,
      });
    else row.count += times;
  }
}

type CountedPlace = CountedResponse & { readonly integrity: Integrity };

interface Counted {
  readonly itemId: string;
  readonly scaleId: string;
  readonly code: string;
}

function countedIn({ answers, disposition }: CountedResponse, surveyVersion: SurveyVersion): Counted[] {
  const counted: Counted[] = [{ itemId: WHOLE_RESPONSE, scaleId: '', code: disposition }];
  for (const answer of answers) {
    const { itemId } = answer;
    if (answer.kind === 'choice') {
      for (const code of answer.codes) counted.push({ itemId, scaleId: '', code });
      continue;
    }
    const item = surveyVersion.items.find((one) => one.itemId === itemId);
    if (item?.kind !== 'rating') throw new Error(`Item ${itemId} of a stored response is not a rating.`);
    counted.push({ itemId, scaleId: item.scaleId, code: answer.code });
  }
  return counted;
}

function mondayOf(day: LocalDate): LocalDate {
  const known = weekByDay.get(day);
  if (known !== undefined) return known;
  if (weekByDay.size >= DAYS_KEPT) weekByDay.clear();
  const monday = firstDayOf(weekOf(day));
  weekByDay.set(day, monday);
  return monday;
}
