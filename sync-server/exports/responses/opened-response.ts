import type { Answer } from '../../../domain/answers.ts';
import { reasonsIn } from './decided-flags.ts';
import { remembered } from './remembered.ts';
import type { StoredResponse } from './stored-responses.ts';

/** A stored response with its lists opened. */
export interface OpenedResponse {
  readonly stored: StoredResponse;
  readonly answers: Readonly<Record<string, string | readonly string[]>>;
  readonly reasons: readonly string[];
}

const NOTHING: readonly string[] = [];
export function openResponse(stored: StoredResponse): OpenedResponse {
  return {
    stored,
    answers: openAnswers(stored.answers),
    reasons: stored.flags === '[]' ? NOTHING : reasonsIn(JSON.parse(stored.flags) as string[]),
  };
}

/** Many give the same answers: a few thousand lists are most of a million. */
const openAnswers = remembered((list): OpenedResponse['answers'] => {
  const answers: Record<string, string | readonly string[]> = {};
  for (const answer of JSON.parse(list) as readonly Answer[])
    answers[answer.itemId] = answer.kind === 'rating' ? answer.code : answer.codes;
  return answers;
});

/** What columns may share, and how to tell that two rows have the same of it. */
const BLOCKS = {
  place: {
    outer: ({ stored }: OpenedResponse) => stored.service_id,
    inner: ({ stored }: OpenedResponse) => `${stored.organisation_id}/${stored.point_id}`,
  },
  asking: {
    outer: ({ stored }: OpenedResponse) => stored.survey_version_id,
    inner: ({ stored }: OpenedResponse) =>
      `${stored.organisation_id}/${stored.channel}/${stored.language}/${stored.disposition}`,
  },
  integrity: {
    outer: ({ stored }: OpenedResponse) => stored.flags,
    inner: ({ stored }: OpenedResponse) => stored.is_counted,
  },
  answers: {
    outer: ({ stored }: OpenedResponse) => `${stored.organisation_id}/${stored.survey_version_id}`,
    // The same list is opened once: what it is opened to is one and the same.
    inner: ({ answers }: OpenedResponse) => answers,
  },
} as const;
export type BlockName = keyof typeof BLOCKS;

/** Tells the rows of which a block says the same. */
export function blockKey(block: BlockName): (typeof BLOCKS)[BlockName] {
  return BLOCKS[block];
}
