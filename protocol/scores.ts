import * as v from 'valibot';
import { CHANNELS } from '../domain/answers.ts';
import { REASONS_TO_SET_ASIDE } from '../domain/integrity.ts';
import { SCALE_IDS } from '../domain/scales.ts';
import { calendarSchema } from './calendar.ts';
import { coverageSchema } from './coverage.ts';
import { participationSchema } from './participation.ts';
import {
  countSchema,
  enrolmentIdSchema,
  instantSchema,
  itemIdSchema,
  localDateSchema,
  organisationIdSchema,
  serviceIdSchema,
} from './identities.ts';

const shareSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/**
 * One figure with all that must stand beside it. What the small-base rules hide is null already on the wire:
 * - `none`: nobody expressed an answer; `hidden`: base 1–4, only the base is told;
 * - `counts-only`: base 5–10, the counts are told, no share; `small-base`: 11–29, share and interval, no verdict;
 * - `comparable`: from 30, everything.
 */
export const figureSchema = v.object({
  base: countSchema,
  disclosure: v.picklist(['none', 'hidden', 'counts-only', 'small-base', 'comparable']),
  /** Option code → count, `not-applicable` included. */
  counts: v.nullable(v.record(v.string(), countSchema)),
  measures: v.nullable(
    v.object({
      /** 0–1 */
      shareSatisfied: v.number(),
      /** −1–1 */
      netSatisfaction: v.number(),
      /** 0–10 */
      meanOutOfTen: v.number(),
      /** 0–100 */
      happyIndex: v.number(),
      /** −100–100; null where the scale is not 0–10 */
      netPromoterScore: v.nullable(v.number()),
    }),
  ),
  /** Wilson 95 % interval of the share satisfied. */
  interval: v.nullable(v.object({ low: shareSchema, high: shareSchema })),
  verdict: v.nullable(v.picklist(['reached', 'not-reached', 'not-yet-demonstrated'])),
});
export type Figure = v.InferOutput<typeof figureSchema>;

export const signalSchema = v.variant('kind', [
  v.object({ kind: v.literal('signal'), direction: v.picklist(['up', 'down']), p: v.number() }),
  v.object({ kind: v.literal('no-signal'), p: v.number() }),
  v.object({ kind: v.literal('not-enough') }),
]);

const differenceSchema = v.object({
  difference: v.number(),
  low: v.number(),
  high: v.number(),
  /** The interval holds 0: the answers do not show which is higher. */
  isOpen: v.boolean(),
});

const controlPointSchema = v.object({
  /** The last week of the point. */
  week: v.string(),
  firstDay: localDateSchema,
  lastDay: localDateSchema,
  base: countSchema,
  share: shareSchema,
  /** Between which shares a point of this base usually lies, both included. */
  low: shareSchema,
  high: shareSchema,
  place: v.picklist(['inside', 'above', 'below']),
  /** It belongs to a run on one side of the centre (`domain/control-chart.ts`). */
  isInRun: v.boolean(),
});
export type ControlPoint = v.InferOutput<typeof controlPointSchema>;

/** What the chart says of its last point. */
const chartFindingSchema = v.variant('kind', [
  v.object({ kind: v.literal('stable') }),
  v.object({ kind: v.literal('outside'), direction: v.picklist(['up', 'down']) }),
  v.object({ kind: v.literal('run'), direction: v.picklist(['up', 'down']), length: countSchema }),
]);

const chartHeadSchema = v.object({
  /** Where a week holds too few answers, four are taken together. */
  weeksPerPoint: v.picklist([1, 4]),
  /** The share of all points together. */
  centre: shareSchema,
  finding: chartFindingSchema,
});

/** The p-chart of the 52 weeks that end with the period, oldest first, without the weeks whose share is not told. */
export const controlChartSchema = v.object({
  ...chartHeadSchema.entries,
  points: v.array(controlPointSchema),
});
export type ControlChartView = v.InferOutput<typeof controlChartSchema>;

/** Of the same chart, the point it ends with. */
export const chartEndSchema = v.object({ ...chartHeadSchema.entries, last: controlPointSchema });
export type ChartEnd = v.InferOutput<typeof chartEndSchema>;

/** What changed a week after it was closed, by the day: answers that arrived, and decisions about some. Shares are null where a base is too small to tell them. */
export const revisionSchema = v.object({
  week: v.string(),
  revisedOn: localDateSchema,
  /** Arrived that day. */
  addedResponses: countSchema,
  /** Decided that day: set aside until then, and in since; and the other way round. */
  includedResponses: countSchema,
  excludedResponses: countSchema,
  baseBefore: countSchema,
  baseAfter: countSchema,
  shareBefore: v.nullable(shareSchema),
  shareAfter: v.nullable(shareSchema),
});
export type Revision = v.InferOutput<typeof revisionSchema>;

/**
 * Responses kept out of the figures for what their flags say (`domain/integrity.ts`), or by decision: none is deleted, and what they would change is told
 * where it gives no small number away.
 */
export const setAsideSchema = v.object({
  responses: countSchema,
  /** A response with several reasons is told under each. */
  reasons: v.array(v.object({ reason: v.picklist(REASONS_TO_SET_ASIDE), responses: countSchema })),
  /** Share satisfied with them, of the global item; null where nothing is set aside, or too few answers either way. */
  shareWith: v.nullable(shareSchema),
});
export type SetAside = v.InferOutput<typeof setAsideSchema>;

const setAsideWeekSchema = v.object({ week: v.string(), ...setAsideSchema.entries });
export type SetAsideWeek = v.InferOutput<typeof setAsideWeekSchema>;

const tabletSchema = v.object({
  enrolmentId: enrolmentIdSchema,
  pointName: v.string(),
  lastSeenAt: v.nullable(instantSchema),
  outboxDepth: countSchema,
  /** No sign of life for longer than the fleet's limit while the point was open. */
  isSilent: v.boolean(),
});

const serviceHeadSchema = v.object({
  organisationId: organisationIdSchema,
  organisationName: v.string(),
  siteName: v.string(),
  serviceId: serviceIdSchema,
  serviceName: v.string(),
  status: v.picklist(['active', 'in-preparation']),
  /** 0–1 */
  target: shareSchema,
});

/** What the period is, where it stands, and with which one it is compared. Texts as in domain/periods.ts: 2026-W47, 2026-11, 2026-Q4, 2026. */
const framingSchema = v.object({
  period: v.string(),
  firstDay: localDateSchema,
  lastDay: localDateSchema,
  /** The period has not ended yet. */
  isOpen: v.boolean(),
  compare: v.picklist(['before', 'last-year']),
  comparedPeriod: v.string(),
  /** Today at the site. */
  today: localDateSchema,
  isDemonstration: v.boolean(),
});

export const serviceScoreSchema = v.object({
  ...serviceHeadSchema.entries,
  /** Responses received for the period, whatever they hold; test mode and those set aside left out. */
  responses: countSchema,
  comparedResponses: countSchema,
  /** How many of `responses` came by telephone. */
  phoneResponses: countSchema,
  setAside: setAsideSchema,
  /** Of the global item. A changed scale is a series of its own: shown is the one answered in the period, the latest where both were. */
  scaleId: v.nullable(v.picklist(SCALE_IDS)),
  /** All four are of the global item on that scale. */
  figure: figureSchema,
  compared: figureSchema,
  /** Of the 4 and 13 weeks that end with the period. */
  rolling4: figureSchema,
  rolling13: figureSchema,
  /** The period against the 13 weeks before it. */
  signal: signalSchema,
  /** Of the global item's weeks; null where there are too few to know what is usual. */
  chart: v.nullable(chartEndSchema),
  /** Of the period; null where nothing is known of it. */
  coverage: v.nullable(coverageSchema),
  /** null where nobody counted the visitors. */
  participation: v.nullable(participationSchema),
  unreadVerbatims: countSchema,
  /** The last revision of the period, where it is a closed week that changed. */
  revision: v.nullable(revisionSchema),
  tablets: v.array(tabletSchema),
});
export type ServiceScore = v.InferOutput<typeof serviceScoreSchema>;

/** GET /api/v1/scores/overview?period&compare */
export const overviewSchema = v.object({
  ...framingSchema.entries,
  services: v.array(serviceScoreSchema),
  /** All active services together; `figure.disclosure` is `hidden` where it would give a hidden part away. */
  total: v.object({
    responses: countSchema,
    setAside: setAsideSchema,
    figure: figureSchema,
    rolling4: figureSchema,
    rolling13: figureSchema,
  }),
});
export type Overview = v.InferOutput<typeof overviewSchema>;

export const itemScoreSchema = v.object({
  itemId: itemIdSchema,
  /** French wording of the latest version asked. */
  stem: v.string(),
  kind: v.picklist(['rating', 'choice']),
  /** null for a choice: it has counts and no measure. */
  scaleId: v.nullable(v.picklist(SCALE_IDS)),
  isGlobal: v.boolean(),
  /** The level or option codes in questionnaire order with their French labels, `not-applicable` last. */
  options: v.array(v.object({ code: v.string(), label: v.string() })),
  figure: figureSchema,
  compared: figureSchema,
});
export type ItemScore = v.InferOutput<typeof itemScoreSchema>;

export const trendPointSchema = v.object({
  week: v.string(),
  firstDay: localDateSchema,
  responses: countSchema,
  figure: figureSchema,
  /** Of the 13 weeks that end with this one. */
  rolling13: figureSchema,
});
export type TrendPoint = v.InferOutput<typeof trendPointSchema>;

/** GET /api/v1/scores/services/:organisationId/:serviceId?period&compare&item&channel */
export const serviceDetailSchema = v.object({
  ...framingSchema.entries,
  service: serviceHeadSchema,
  /** Only the answers that came this way are in the figures; null for all of them. */
  channel: v.nullable(v.picklist(CHANNELS)),
  /** By which ways the period's answers came, whatever `channel` says; the figure is that of the global item. */
  channels: v.array(
    v.object({
      channel: v.picklist(CHANNELS),
      responses: countSchema,
      figure: figureSchema,
      /** Of the share satisfied from that of the commonest way, −1 to 1; null for that one, and where either has no share. */
      difference: v.nullable(differenceSchema),
    }),
  ),
  responses: countSchema,
  comparedResponses: countSchema,
  /** Of the period; null where nothing is known of it. */
  coverage: v.nullable(coverageSchema),
  /** null where nobody counted the visitors. */
  participation: v.nullable(participationSchema),
  /** Of all channels together, whatever `channel` says. */
  setAside: setAsideSchema,
  /** The weeks of the trend in which something was set aside, newest first. */
  setAsideWeeks: v.array(setAsideWeekSchema),
  items: v.array(itemScoreSchema),
  /** Which item the trend is of; the global one unless asked otherwise. */
  trendItemId: itemIdSchema,
  trendScaleId: v.nullable(v.picklist(SCALE_IDS)),
  /** The 52 weeks that end with the period, oldest first. */
  trend: v.array(trendPointSchema),
  /** Of the same item; null for a choice, and where there are too few answers to know what is usual. */
  chart: v.nullable(controlChartSchema),
  /** Of the trend's weeks and of both periods. */
  calendar: calendarSchema,
  /** Of the global item, newest first, over the trend's weeks. */
  revisions: v.array(revisionSchema),
});
export type ServiceDetail = v.InferOutput<typeof serviceDetailSchema>;

/** GET /api/v1/scores/services/:organisationId/:serviceId/half-days?period: the global item by weekday and half-day. */
export const halfDaysSchema = v.object({
  period: v.string(),
  /** Of the answers: the period's own days, or 13 weeks where the period is a week. */
  firstDay: localDateSchema,
  lastDay: localDateSchema,
  isDemonstration: v.boolean(),
  stem: v.string(),
  /** 0–1 */
  target: shareSchema,
  /** Of all of them together. */
  figure: figureSchema,
  /** Monday morning first; all fourteen. `hidden` where it, or another one beside it, has too few answers. */
  cells: v.array(
    v.object({
      /** 1 is Monday. */
      weekday: v.picklist([1, 2, 3, 4, 5, 6, 7]),
      halfDay: v.picklist(['am', 'pm']),
      figure: figureSchema,
    }),
  ),
});
export type HalfDays = v.InferOutput<typeof halfDaysSchema>;

/** Tells the series of a service apart: an item that was asked on two scales is two of them. Also what the query's `item` may be. */
export function seriesKeyOf({ itemId, scaleId }: Pick<ItemScore, 'itemId' | 'scaleId'>): string {
  return scaleId === null ? itemId : `${itemId}.${scaleId}`;
}
