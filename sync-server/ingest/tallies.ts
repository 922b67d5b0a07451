import { TEST_MODE_FLAG, type Answer } from '../../domain/answers.ts';
import { BY_DECISION, integrityFlagsAmong } from '../../domain/integrity.ts';
import type { SurveyVersion } from '../../domain/survey.ts';
import { addDays, firstDayOf, type LocalDate, weekOf } from '../../domain/weeks.ts';
import type { Integrity, LateChange } from '../store/integrity-tables.ts';
import type { Tables } from '../store/tables.ts';

/** What of a stored response is counted. */
export interface CountedResponse {
  readonly organisation_id: string;
  readonly service_id: string;
  readonly channel: string;
  readonly disposition: string;
  readonly local_date: LocalDate;
  readonly half_day: 'am' | 'pm';
  readonly received_on: LocalDate;
  /** As they are stored: a list in JSON. */
  readonly flags: string;
  readonly answers: readonly Answer[];
  /** What people decided about it, oldest first; one of them at most was not taken back. */
  readonly decisions?: readonly DatedDecision[];
}

/** Somebody's word on where an answer belongs, against the rules. */
export interface DatedDecision {
  readonly decided: Integrity;
  readonly signedOn: LocalDate;
  readonly takenBackOn: LocalDate | null;
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
type HalfDayTally = Tables['half_day_tallies'];
const SEPARATOR = '\u001f';

/**
 * The tallies of some responses, one row for each thing counted, ready to be added to the tables. Ingest adds them, erasure takes them
 * back, recount compares them: whatever is counted, is counted here.
 */
export class TallyBook {
  readonly #tallies = new Map<string, Page<Tally>>();
  readonly #late = new Map<string, Page<LateTally>>();
  readonly #halfDays = new Map<string, Page<HalfDayTally>>();
  readonly #places = new Map<string, Place>();

  /** @param times −1 takes a response back */
  count(response: CountedResponse, surveyVersion: SurveyVersion, times = 1): void {
    const reasons =
      response.flags === '[]' ? [] : integrityFlagsAmong(JSON.parse(response.flags) as string[]);
    const byRules = reasons.length > 0 ? 'flagged' : 'clear';
    const counted = countedIn(response, surveyVersion);
    if (response.decisions !== undefined && response.decisions.length > 0)
      return this.#countDecided(response, response.decisions, { counted, reasons, byRules, times });
    const { day, week, half, late } = this.#placeOf(response, byRules);
    if (half !== null) addTo([half], globalAmong(counted), times);
    for (const reason of reasons) counted.push(reasonThing(reason));
    addTo(late === null ? [day, week] : [day, week, late], counted, times);
  }

  /** It stands where it was decided; what the rules said of it when it came late stays told, and each decision since has its own day. */
  #countDecided(response: CountedResponse, decisions: readonly DatedDecision[], judged: Judged): void {
    const { counted, reasons, byRules, times } = judged;
    const inForce = decisions.find(({ takenBackOn }) => takenBackOn === null);
    const integrity = inForce?.decided ?? byRules;
    const why = integrity === 'clear' ? [] : [...reasons, ...(inForce === undefined ? [] : [BY_DECISION])];
    const { day, week, half } = this.#placeOf(response, integrity);
    if (half !== null) addTo([half], globalAmong(counted), times);
    addTo([day, week], [...counted, ...why.map(reasonThing)], times);
    const { late } = this.#placeOf(response, byRules);
    if (late !== null) addTo([late], [...counted, ...reasons.map(reasonThing)], times);
    for (const { decided, signedOn, takenBackOn } of decisions) {
      const isIncluded = decided === 'clear';
      addTo(this.#changesOn(response, isIncluded ? 'included' : 'excluded', signedOn), counted, times);
      if (takenBackOn !== null)
        addTo(this.#changesOn(response, isIncluded ? 'excluded' : 'included', takenBackOn), counted, times);
    }
  }

  /** Nothing where the week was still open. */
  #changesOn(response: CountedResponse, integrity: LateChange, day: LocalDate): readonly Page<LateTally>[] {
    const { organisation_id, service_id, local_date } = response;
    const week_starts_on = firstDayOf(weekOf(local_date));
    if (day < addDays(week_starts_on, 7)) return [];
    return [pageOf(this.#late, { organisation_id, service_id, integrity, week_starts_on, received_on: day })];
  }

  tallies(): Tally[] {
    return rowsOf(this.#tallies);
  }

  lateTallies(): LateTally[] {
    return rowsOf(this.#late);
  }

  halfDayTallies(): HalfDayTally[] {
    return rowsOf(this.#halfDays);
  }

  /** Found by one key: days share their week, and nearly every response its place with the one before it. */
  #placeOf(response: CountedResponse, integrity: Integrity): Place {
    const { organisation_id, service_id, channel, local_date, half_day, received_on } = response;
    const key = [organisation_id, service_id, channel, integrity, local_date, half_day, received_on].join(
      SEPARATOR,
    );
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const monday = firstDayOf(weekOf(local_date));
    const head = { organisation_id, service_id, channel, integrity };
    const isLate = received_on >= addDays(monday, 7);
    const place = {
      day: pageOf(this.#tallies, { ...head, grain: 'day', starts_on: local_date }),
      week: pageOf(this.#tallies, { ...head, grain: 'week', starts_on: monday }),
      half:
        integrity === 'clear'
          ? pageOf(this.#halfDays, { organisation_id, service_id, local_date, half_day })
          : null,
      late: isLate
        ? pageOf(this.#late, { organisation_id, service_id, integrity, week_starts_on: monday, received_on })
        : null,
    };
    this.#places.set(key, place);
    return place;
  }
}

/** A response as its rules and its questionnaire tell it. */
interface Judged {
  readonly counted: readonly Counted[];
  readonly reasons: readonly string[];
  readonly byRules: Integrity;
  readonly times: number;
}

/** Where a response is counted. */
interface Place {
  readonly day: Page<Tally>;
  readonly week: Page<Tally>;
  /** Nothing of what is set aside. */
  readonly half: Page<HalfDayTally> | null;
  readonly late: Page<LateTally> | null;
}

type Thing = 'item_id' | 'scale_id' | 'code' | 'count';

/** The rows of one place and time, by what they count. */
interface Page<Row extends Pick<Tally, Thing>> {
  readonly head: Omit<Row, Thing>;
  readonly rows: Map<string, Row>;
}

/** No part of a key can hold the separator: identities, dates and codes of published options are plain words. */
function pageOf<Row extends Pick<Tally, Thing>>(
  pages: Map<string, Page<Row>>,
  head: Omit<Row, Thing>,
): Page<Row> {
  const key = Object.values(head).join(SEPARATOR);
  const known = pages.get(key);
  if (known !== undefined) return known;
  const page = { head, rows: new Map<string, Row>() };
  pages.set(key, page);
  return page;
}

function addTo(pages: readonly Page<Pick<Tally, Thing>>[], things: readonly Counted[], times: number): void {
  for (const { key, itemId, scaleId, code } of things) {
    for (const { head, rows } of pages) {
      const row = rows.get(key);
      if (row !== undefined) row.count += times;
      else rows.set(key, { ...head, item_id: itemId, scale_id: scaleId, code, count: times });
    }
  }
}

function globalAmong(counted: readonly Counted[]): readonly Counted[] {
  return counted.filter(({ isGlobal }) => isGlobal === true);
}

function reasonThing(code: string): Counted {
  return thing(SET_ASIDE_REASONS, '', code);
}

function rowsOf<Row extends Pick<Tally, Thing>>(pages: ReadonlyMap<string, Page<Row>>): Row[] {
  return [...pages.values()].flatMap(({ rows }) => [...rows.values()].filter(({ count }) => count !== 0));
}

interface Counted {
  /** Of the row it is counted in, on each page. */
  readonly key: string;
  readonly itemId: string;
  readonly scaleId: string;
  readonly code: string;
  /** Of the question that is asked first, and of everybody. */
  readonly isGlobal?: boolean;
}

/** What is counted is the same few things again and again: each is made once for a questionnaire. */
const thingsKept = new WeakMap<SurveyVersion, Map<string, Counted>>();

function countedIn({ answers, disposition }: CountedResponse, surveyVersion: SurveyVersion): Counted[] {
  const kept = thingsKept.get(surveyVersion) ?? new Map<string, Counted>();
  thingsKept.set(surveyVersion, kept);
  const counted = [keptThing(kept, WHOLE_RESPONSE, disposition, () => ({ scaleId: '' }))];
  for (const answer of answers) {
    const { itemId } = answer;
    if (answer.kind === 'choice')
      for (const code of answer.codes) counted.push(keptThing(kept, itemId, code, () => ({ scaleId: '' })));
    else counted.push(keptThing(kept, itemId, answer.code, () => ratedItem(surveyVersion, itemId)));
  }
  return counted;
}

function ratedItem(surveyVersion: SurveyVersion, itemId: string): Pick<Counted, 'scaleId' | 'isGlobal'> {
  const item = surveyVersion.items.find((one) => one.itemId === itemId);
  if (item?.kind !== 'rating') throw new Error(`Item ${itemId} of a stored response is not a rating.`);
  return { scaleId: item.scaleId, isGlobal: item.isGlobal };
}

/** An item is a rating or a choice in all of a questionnaire's answers, so that its code says the rest. */
function keptThing(
  kept: Map<string, Counted>,
  itemId: string,
  code: string,
  restOf: () => Pick<Counted, 'scaleId' | 'isGlobal'>,
): Counted {
  const key = `${itemId}${SEPARATOR}${code}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const { scaleId, isGlobal } = restOf();
  const made = thing(itemId, scaleId, code, isGlobal);
  kept.set(key, made);
  return made;
}

function thing(itemId: string, scaleId: string, code: string, isGlobal = false): Counted {
  return { key: `${itemId}${SEPARATOR}${scaleId}${SEPARATOR}${code}`, itemId, scaleId, code, isGlobal };
}
