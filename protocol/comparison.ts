import * as v from 'valibot';
import { SCALE_IDS } from '../domain/scales.ts';
import { countSchema, localDateSchema, organisationIdSchema, serviceIdSchema } from './identities.ts';
import { figureSchema } from './scores.ts';

/** What is put side by side. */
export const COMPARED_BY = ['services', 'sites', 'items', 'periods'] as const;
export type ComparedBy = (typeof COMPARED_BY)[number];

const shareSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** One small chart: a figure, and the year that leads up to it. */
const comparisonPanelSchema = v.object({
  key: v.string(),
  label: v.string(),
  /** Where it is, where the label does not say it. */
  place: v.string(),
  /** Its service's page; null where it is no single service. */
  service: v.nullable(v.object({ organisationId: organisationIdSchema, serviceId: serviceIdSchema })),
  scaleId: v.nullable(v.picklist(SCALE_IDS)),
  /** null where services of different targets are together. */
  target: v.nullable(shareSchema),
  figure: figureSchema,
  /** Of the period it is compared with. */
  compared: figureSchema,
  /** Four weeks a point, oldest first; of periods, none. */
  points: v.array(
    v.object({
      firstDay: localDateSchema,
      lastDay: localDateSchema,
      base: countSchema,
      /** null where it may not be told. */
      share: v.nullable(shareSchema),
    }),
  ),
});
export type ComparisonPanel = v.InferOutput<typeof comparisonPanelSchema>;

/** GET /api/v1/scores/comparison?by&period&compare&organisation&service */
export const comparisonSchema = v.object({
  by: v.picklist(COMPARED_BY),
  period: v.string(),
  firstDay: localDateSchema,
  lastDay: localDateSchema,
  isOpen: v.boolean(),
  compare: v.picklist(['before', 'last-year']),
  comparedPeriod: v.string(),
  today: localDateSchema,
  isDemonstration: v.boolean(),
  /** Of items and periods: whose they are. */
  service: v.nullable(
    v.object({ organisationId: organisationIdSchema, serviceId: serviceIdSchema, serviceName: v.string() }),
  ),
  panels: v.array(comparisonPanelSchema),
});
export type Comparison = v.InferOutput<typeof comparisonSchema>;
