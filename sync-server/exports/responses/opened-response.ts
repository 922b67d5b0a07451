import type { Answer } from '../../../domain/answers.ts';
import { BY_DECISION, integrityFlagsAmong, type SetAsideReason } from '../../../domain/integrity.ts';
import { releasedText } from '../../verbatims/released-text.ts';
import { CIRCUMSTANCES, SEPARATOR, type StoredBatch, type StoredText } from './stored-batch.ts';

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
    const textOf = belonging(texts);
    const decisionOf = belonging(decisions);
    return responses.map((line) => {
      const momentAt = line.indexOf(SEPARATOR) + 1;
      const durationAt = line.indexOf(SEPARATOR, momentAt) + 1;
      const answersAt = line.indexOf(SEPARATOR, durationAt) + 1;
      const circumstancesAt = line.indexOf(SEPARATOR, answersAt) + 1;
      const responseId = line.slice(0, momentAt - 1);
      const joined = line.slice(circumstancesAt);
      const text = textOf(responseId);
      const decided = decisionOf(responseId)?.[1];
      const { circumstances, answersOf } = circumstancesOf(
        decided === undefined ? joined : joined + SEPARATOR + decided,
      );
      return {
        responseId,
        moment: momentOf(line.slice(momentAt, durationAt - 1)),
        circumstances,
        durationSeconds: Number(line.slice(durationAt, answersAt - 1)),
        answers: answersOf(line.slice(answersAt, circumstancesAt - 1)),
        text: text === undefined ? null : leavingText(text),
      };
    });
  };
}

/** Finds what belongs to a response; of most batches nothing does, and then nothing is looked up. */
function belonging<Found extends readonly [responseId: string, ...unknown[]]>(
  all: readonly Found[],
): (responseId: string) => Found | undefined {
  if (all.length === 0) return () => undefined;
  const byResponse = new Map(all.map((one) => [one[0], one]));
  return (responseId) => byResponse.get(responseId);
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
      const own = ownText(text);
      part = open(number, own);
      if (number !== -1) known.set(own, part);
    }
    lastText = text;
    last = part;
    return part;
  };
}

/** A part of a line keeps the whole line in memory for as long as it is remembered; a text of its own does not. */
function ownText(part: string): string {
  return Buffer.from(part, 'utf8').toString('utf8');
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
