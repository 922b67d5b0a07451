import * as v from 'valibot';
import { CHANNELS } from '../domain/answers.ts';
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

/** What one visitor wrote, exactly. It is text; nobody may render it as anything else. */
export const verbatimSchema = v.object({
  organisationId: organisationIdSchema,
  responseId: responseIdSchema,
  serviceId: serviceIdSchema,
  serviceName: v.string(),
  siteName: v.string(),
  localDate: localDateSchema,
  halfDay: v.picklist(['am', 'pm']),
  language: v.string(),
  channel: v.picklist(CHANNELS),
  text: v.string(),
  /** What the tablet found in the text and the visitor left there. */
  personalData: v.array(v.picklist(PERSONAL_DATA_KINDS)),
  readAt: v.nullable(instantSchema),
  readBy: v.nullable(v.string()),
  hidden: v.nullable(v.object({ at: instantSchema, by: v.string(), reason: v.string() })),
});
export type Verbatim = v.InferOutput<typeof verbatimSchema>;

/** GET /api/v1/verbatims?period&organisation&service&search&state&cursor : newest first, 50 a page. `all` leaves hidden ones out. */
export const verbatimPageSchema = v.object({
  verbatims: v.array(verbatimSchema),
  total: countSchema,
  unreadCount: countSchema,
  nextCursor: v.nullable(v.string()),
  isDemonstration: v.boolean(),
});
export type VerbatimPage = v.InferOutput<typeof verbatimPageSchema>;

/** PATCH /api/v1/verbatims/:organisationId/:responseId ; one change at a time. */
export const verbatimChangeSchema = v.variant('change', [
  v.object({ change: v.literal('mark-read') }),
  v.object({ change: v.literal('mark-unread') }),
  v.object({
    change: v.literal('hide'),
    reason: v.pipe(
      v.string(),
      v.trim(),
      v.minLength(3, 'Say in a few words why it is hidden.'),
      v.maxLength(300),
    ),
  }),
  v.object({ change: v.literal('show') }),
]);
export type VerbatimChange = v.InferOutput<typeof verbatimChangeSchema>;
