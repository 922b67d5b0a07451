/** Of a response, what many others have the same of. */
export const CIRCUMSTANCES = [
  'organisation_id',
  'service_id',
  'point_id',
  'survey_version_id',
  'channel',
  'language',
  'disposition',
  'is_counted',
  'flags',
] as const;
/** Between what a response's line holds: a control character, which no identity, code or JSON holds. */
export const SEPARATOR = '\u001F';

/**
 * A response as it is stored, in one line: identity, day and half-day (`2026-11-18am`), duration in seconds, answers, then its circumstances.
 * The database joins them, for a million lists of values cost nearly twice what a million texts do.
 */
export type StoredResponse = string;

/** What somebody wrote, with what decides whether it may leave. */
export type StoredText = readonly [
  responseId: string,
  text: string,
  releasedAt: string | null,
  masks: string | null,
];

/** What somebody has signed about a response, whatever the rules say of it. */
export type StoredDecision = readonly [responseId: string, decided: 'clear' | 'flagged'];

/** Some responses with the texts and the decisions that belong to them, all in the order of the identities. */
export interface StoredBatch {
  readonly responses: readonly StoredResponse[];
  readonly texts: readonly StoredText[];
  readonly decisions: readonly StoredDecision[];
}
