import * as v from 'valibot';
import { instantSchema, localDateSchema, organisationIdSchema } from './identities.ts';

/** What the team itself may mark; the other days come from calendars. */
export const MARK_KINDS = ['election', 'school-holidays', 'closure', 'other'] as const;
export const MARK_LABEL_MAX_LENGTH = 80;

export const calendarEntrySchema = v.object({
  firstDay: localDateSchema,
  lastDay: localDateSchema,
  kind: v.picklist(['public-holiday', ...MARK_KINDS]),
  label: v.string(),
});
export type CalendarEntry = v.InferOutput<typeof calendarEntrySchema>;

/** The days that may explain a figure, in the order of time. */
export const calendarSchema = v.object({
  entries: v.array(calendarEntrySchema),
  schoolHolidays: v.object({
    zone: v.string(),
    source: v.string(),
    /** Between these days the calendar is known; elsewhere nothing is said of school holidays. */
    knownFrom: localDateSchema,
    knownUntil: localDateSchema,
  }),
});
export type Calendar = v.InferOutput<typeof calendarSchema>;

const markSchema = v.object({
  organisationId: organisationIdSchema,
  markId: v.pipe(v.string(), v.uuid()),
  firstDay: localDateSchema,
  lastDay: localDateSchema,
  kind: v.picklist(MARK_KINDS),
  label: v.string(),
  createdAt: instantSchema,
  createdBy: v.string(),
});
export type CalendarMark = v.InferOutput<typeof markSchema>;

/** GET /api/v1/calendar-marks: what the team has marked, newest first. */
export const calendarMarksSchema = v.object({
  marks: v.array(markSchema),
  schoolHolidays: calendarSchema.entries.schoolHolidays,
});
export type CalendarMarks = v.InferOutput<typeof calendarMarksSchema>;

/** POST /api/v1/calendar-marks/:organisationId */
export const calendarMarkChangeSchema = v.object({
  firstDay: localDateSchema,
  lastDay: localDateSchema,
  kind: v.picklist(MARK_KINDS),
  label: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1, 'must not be empty'),
    v.maxLength(MARK_LABEL_MAX_LENGTH, `must be at most ${MARK_LABEL_MAX_LENGTH} characters`),
    v.regex(/^\P{C}*$/u, 'must be one line of plain text'),
  ),
});
export type CalendarMarkChange = v.InferOutput<typeof calendarMarkChangeSchema>;
