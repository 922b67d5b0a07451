import type { Answer } from '../../../domain/answers.ts';
import { BY_DECISION, integrityFlagsAmong, type SetAsideReason } from '../../../domain/integrity.ts';
import { releasedText } from '../../verbatims/released-text.ts';
import { CIRCUMSTANCES, SEPARATOR, type StoredBatch, type StoredText } from './stored-responses.ts';

/** What many responses have the same of, and which is then one object for all of them. */
export interface Alike {
  /** Counted up from 0 within its kind, so that what is made of it can be kept in a list; -1 for one of too many to remember. */
  readonly number: number;
}

export interface Moment extends Alike {
  readonly localDate: string;
  readonly halfDay: 'am' | 'pm';
}

/** Where, how and of whom was asked, and what the rules of integrity say of it. */
export interface Circumstances extends Alike, Readonly<Record<(typeof CIRCUMSTANCES)[number], string>> {
  /** Why it is set aside; none where it is in the figures. */
  readonly reasons: readonly SetAsideReason[];
}

export interface GivenAnswers extends Alike {
  readonly given: Readonly<Record<string, string | readonly string[]>>;
}

/** A stored response with its lists opened. */
export interface OpenedResponse {
  readonly responseId: string;
  readonly moment: Moment;
  readonly circumstances: Circumstances;
  readonly durationSeconds: number;
  /** To this questionnaire: the same codes given to another version of it are not the same answers. */
  readonly answers: GivenAnswers;
  /** As it may leave. */
  readonly text: string | null;
}

/** Of each kind: a few thousand lists of answers are most of a million. */
const REMEMBERED = 30_000;

/** Opens responses batch after batch, each of their parts once as long as it comes again. */
export function responseOpener(): (batch: StoredBatch) => readonly OpenedResponse[] {
  const momentOf = remembering<Moment>((number, text) => ({
    number,
    localDate: text.slice(0, -2),
    halfDay: text.endsWith('am') ? 'am' : 'pm',
  }));
  const answersTo = new Map<string, (list: string) => GivenAnswers>();
  const countAnswers = counter();
  const asked = (version: string): ((list: string) => GivenAnswers) => {
    const known = answersTo.get(version) ?? remembering<GivenAnswers>(openAnswers, countAnswers);
    answersTo.set(version, known);
    return known;
  };
  const circumstancesOf = remembering((number, text) => {
    const circumstances = openCircumstances(number, text);
    const version = `${circumstances.organisation_id}/${circumstances.survey_version_id}`;
    return { circumstances, answersOf: asked(version) };
  });
  return ({ responses, texts, decisions }) => {
    const textOf = following(texts);
    const decisionOf = following(decisions);
    return responses.map(([responseId, moment, joined, durationSeconds, list]) => {
      const text = textOf(responseId);
      const decided = decisionOf(responseId)?.[1];
      const { circumstances, answersOf } = circumstancesOf(
        decided === undefined ? joined : joined + SEPARATOR + decided,
      );
      return {
        responseId,
        moment: momentOf(moment),
        circumstances,
        durationSeconds,
        answers: answersOf(list),
        text: text === undefined ? null : leavingText(text),
      };
    });
  };
}

/** Finds what belongs to a response among what stands in the same order, asked for one after the other. */
function following<Found extends readonly [responseId: string, ...unknown[]]>(
  all: readonly Found[],
): (responseId: string) => Found | undefined {
  let next = 0;
  return (responseId) => {
    let found = all[next];
    // Of a response that is not among those asked for.
    while (found !== undefined && found[0] < responseId) found = all[(next += 1)];
    return found?.[0] === responseId ? found : undefined;
  };
}

function leavingText([, text, releasedAt, masks]: StoredText): string | null {
  return releasedText({ text, released_at: releasedAt, masks });
}

function counter(): () => number {
  let next = 0;
  return () => (next < REMEMBERED ? next++ : -1);
}

/** Remembers what texts are opened to, as long as they are not too many. */
function remembering<Part>(
  open: (number: number, text: string) => Part,
  count = counter(),
): (text: string) => Part {
  const known = new Map<string, Part>();
  let lastText: string | null = null;
  let last: Part | undefined;
  return (text) => {
    // Rows that follow each other are often of one half-day.
    if (text === lastText && last !== undefined) return last;
    let part = known.get(text);
    if (part === undefined) {
      const number = count();
      part = open(number, text);
      if (number !== -1) known.set(text, part);
    }
    lastText = text;
    last = part;
    return part;
  };
}

/** As `TallyBook` counts them: what was signed stands, whatever the rules say. */
function openCircumstances(number: number, text: string): Circumstances {
  const values = text.split(SEPARATOR);
  const [decided, ...others] = values.slice(CIRCUMSTANCES.length);
  if (values.length < CIRCUMSTANCES.length || others.length > 0)
    throw new Error(`These are no circumstances: ${text}`);
  const named = Object.fromEntries(
    CIRCUMSTANCES.map((column, index) => [column, values[index] ?? '']),
  ) as Record<(typeof CIRCUMSTANCES)[number], string>;
  const flags = integrityFlagsAmong(JSON.parse(named.flags) as string[]);
  const byDecision = decided === undefined ? [] : ([BY_DECISION] as const);
  return { ...named, number, reasons: decided === 'clear' ? [] : [...flags, ...byDecision] };
}

function openAnswers(number: number, list: string): GivenAnswers {
  const given: Record<string, string | readonly string[]> = {};
  for (const answer of JSON.parse(list) as readonly Answer[])
    given[answer.itemId] = answer.kind === 'rating' ? answer.code : answer.codes;
  return { number, given };
}
