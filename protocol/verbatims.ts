import * as v from 'valibot';
import { CHANNELS } from '../domain/answers.ts';
import { MASK_KINDS } from '../domain/masking.ts';
import { PERSONAL_DATA_KINDS } from '../domain/personal-data.ts';
import {
  countSchema,
  instantSchema,
  localDateSchema,
  organisationIdSchema,
  responseIdSchema,
  serviceIdSchema,
} from './identities.ts';

export const VERBATIM_STATES = ['unread', 'read', 'hidden', 'all'] as const;
/** What has been decided about a text; only what is released leaves the web view. */
export const MODERATION_STATES = ['to-moderate', 'released', 'hidden'] as const;
export type ModerationState = (typeof MODERATION_STATES)[number];
/** Why a text is hidden; `other` must be told in words. */
export const HIDE_CATEGORIES = [
  'names-agent',
  'names-person',
  'insult',
  'unlawful',
  'off-topic',
  'unreadable',
  'other',
] as const;
export type HideCategory = (typeof HIDE_CATEGORIES)[number];
const MAX_MASKS = 50;

/** A part of the text it is told with, in UTF-16 code units. */
const passageSchema = v.object({ start: countSchema, end: countSchema });
const maskSchema = v.object({ ...passageSchema.entries, kind: v.picklist(MASK_KINDS) });
const signedSchema = v.object({ at: instantSchema, by: v.string() });

/** What became of a text, and who decided. `version` rises with each decision. */
const moderationSchema = v.object({
  version: countSchema,
  released: v.nullable(signedSchema),
  hidden: v.nullable(
    v.object({ ...signedSchema.entries, category: v.picklist(HIDE_CATEGORIES), reason: v.string() }),
  ),
  /** The last to have changed what is masked in it. */
  masked: v.nullable(signedSchema),
});
export type Moderation = v.InferOutput<typeof moderationSchema>;

/** What a text is about, and why it is said to be: a word of the list that is in it, or somebody's decision. */
const verbatimThemeSchema = v.object({
  themeId: v.string(),
  name: v.string(),
  word: v.nullable(v.string()),
  by: v.nullable(v.string()),
  at: v.nullable(instantSchema),
});
export type VerbatimTheme = v.InferOutput<typeof verbatimThemeSchema>;

/** What one visitor wrote. It is text; nobody may render it as anything else. */
export const verbatimSchema = v.object({
  organisationId: organisationIdSchema,
  responseId: responseIdSchema,
  serviceId: serviceIdSchema,
  serviceName: v.string(),
  siteName: v.string(),
  localDate: localDateSchema,
  halfDay: v.picklist(['am', 'pm']),
  /** Of the screen it was written on; the text is kept in it. */
  language: v.string(),
  channel: v.picklist(CHANNELS),
  /** As it was written, but for what is masked. */
  text: v.string(),
  /** Where `text` has what was searched for. */
  hits: v.array(passageSchema),
  /** What the tablet found in the text and the visitor left there. */
  personalData: v.array(v.picklist(PERSONAL_DATA_KINDS)),
  themes: v.array(verbatimThemeSchema),
  /** What the visitor touched on the tablet beside the text, apart from what was read into it. */
  touched: v.array(v.string()),
  readAt: v.nullable(instantSchema),
  readBy: v.nullable(v.string()),
  ...moderationSchema.entries,
  /** The text exactly as it was written, what is masked in it and what might be: for moderators alone. */
  original: v.nullable(
    v.object({ text: v.string(), masks: v.array(maskSchema), proposals: v.array(maskSchema) }),
  ),
});
export type Verbatim = v.InferOutput<typeof verbatimSchema>;

/** GET /api/v1/verbatims?period&organisation&service&search&language&theme&moderation&state&cursor : newest first, 50 a page. `all` leaves hidden ones out. */
export const verbatimPageSchema = v.object({
  verbatims: v.array(verbatimSchema),
  /** How many there are; of a search no more than `countedUpTo` are counted. */
  total: countSchema,
  unreadCount: countSchema,
  toModerateCount: countSchema,
  countedUpTo: v.nullable(countSchema),
  /** The themes that a text of an organisation may be given. */
  themes: v.array(v.object({ organisationId: organisationIdSchema, themeId: v.string(), name: v.string() })),
  /** Whether the reader may mark as read and set themes. */
  mayChange: v.boolean(),
  mayModerate: v.boolean(),
  nextCursor: v.nullable(v.string()),
  isDemonstration: v.boolean(),
});
export type VerbatimPage = v.InferOutput<typeof verbatimPageSchema>;

const decision = { version: countSchema };
/**
 * PATCH /api/v1/verbatims/:organisationId/:responseId → 200, the text as it is then; one change at a time. A decision names the version it
 * was made on: where somebody has decided otherwise meanwhile, 409 `conflict` with what it is now as `current`.
 */
export const verbatimChangeSchema = v.variant('change', [
  v.object({ change: v.literal('mark-read') }),
  v.object({ change: v.literal('mark-unread') }),
  v.object({
    change: v.literal('set-theme'),
    themeId: v.pipe(v.string(), v.maxLength(40)),
    isSet: v.boolean(),
  }),
  v.object({ change: v.literal('release'), ...decision }),
  v.object({
    change: v.literal('hide'),
    ...decision,
    category: v.picklist(HIDE_CATEGORIES),
    reason: v.pipe(v.string(), v.trim(), v.maxLength(300)),
  }),
  /** Back among those to be moderated. */
  v.object({ change: v.literal('reopen'), ...decision }),
  /** All that is to be masked from now on, in the text as it was written. */
  v.object({
    change: v.literal('mask'),
    ...decision,
    masks: v.pipe(v.array(maskSchema), v.maxLength(MAX_MASKS)),
  }),
]);
export type VerbatimChange = v.InferOutput<typeof verbatimChangeSchema>;

const SHORTEST_REASON = 3;

/** Whether a change hides a text for a reason that no category tells, and does not tell it either. */
export function isReasonMissing(change: VerbatimChange): boolean {
  return (
    change.change === 'hide' && change.category === 'other' && change.reason.trim().length < SHORTEST_REASON
  );
}

/** `current` of a 409 `conflict`: what somebody else has decided meanwhile. */
export const moderationConflictSchema = v.object({
  ...moderationSchema.entries,
  masks: v.array(maskSchema),
});
export type ModerationConflict = v.InferOutput<typeof moderationConflictSchema>;
