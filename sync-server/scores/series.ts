import type { ItemId } from '../../domain/ids.ts';
import { type Scale, type ScaleId, scaleOf } from '../../domain/scales.ts';
import type { Item, Option, SurveyVersion } from '../../domain/survey.ts';
import { type Tally, totalOf } from '../../domain/tally.ts';
import type { Figure } from '../../protocol/scores.ts';
import { inOrganisationsOf, inScope } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';
import { choiceFigureOf, figureOf } from './figure.ts';
import { scaleOptions, THEMES_STEM } from './labels.ts';
import type { ServiceKey } from './tally-sums.ts';

/** An item on one scale: answers that may be added up. A changed scale starts a new series. */
export type Series = RatingSeries | ChoiceSeries;

interface SeriesHead {
  readonly itemId: ItemId;
  readonly stem: string;
  readonly isGlobal: boolean;
  readonly options: readonly { readonly code: string; readonly label: string }[];
}
export interface RatingSeries extends SeriesHead {
  readonly kind: 'rating';
  readonly scaleId: ScaleId;
  readonly scale: Scale;
}
export interface ChoiceSeries extends SeriesHead {
  readonly kind: 'choice';
  readonly scaleId: '';
  readonly isMultiple: boolean;
}

/** What a service asks, and what may have been asked there before. */
export interface ServiceSeries {
  /** Of the latest questionnaires of its points, in their order. */
  readonly current: readonly Series[];
  /** Of older ones, and of the organisation's others; shown where they were answered. */
  readonly former: readonly Series[];
  /** The global item on each scale it was asked on, the latest first. */
  readonly globals: readonly RatingSeries[];
}

interface PublishedVersion {
  readonly organisationId: string;
  readonly surveyId: string;
  /** Of its items, in their order. */
  readonly series: readonly Series[];
}

/** By the very text a questionnaire is stored as: what is made of it depends on nothing else. */
const seriesOfContents = new Map<string, readonly Series[]>();
const CONTENTS_KEPT = 200;

function seriesOfContent(content: string): readonly Series[] {
  const known = seriesOfContents.get(content);
  if (known !== undefined) return known;
  const { items } = JSON.parse(content) as SurveyVersion;
  const series = items.flatMap((item) => seriesOfItem(item) ?? []);
  if (seriesOfContents.size >= CONTENTS_KEPT) seriesOfContents.clear();
  seriesOfContents.set(content, series);
  return series;
}

/** What every service of the scope asks; their number does not change the number of queries. */
export async function readSeries(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
): Promise<(service: ServiceKey) => ServiceSeries> {
  const versions: PublishedVersion[] = (
    await db
      .selectFrom('survey_versions')
      .select(['organisation_id', 'survey_id', 'content'])
      .where(inOrganisationsOf(scope, 'survey_versions'))
      .orderBy('number', 'desc')
      .execute()
  ).map((row) => ({
    organisationId: row.organisation_id,
    surveyId: row.survey_id,
    series: seriesOfContent(row.content),
  }));
  const points = await db
    .selectFrom('points')
    .select(['organisation_id', 'service_id', 'survey_id'])
    .where(inScope(scope, 'points'))
    .orderBy('point_id')
    .execute();
  return ({ organisationId, serviceId }) => {
    const surveyIds = new Set(
      points
        .filter((point) => point.organisation_id === organisationId && point.service_id === serviceId)
        .map((point) => point.survey_id),
    );
    return seriesOf(
      versions.filter((one) => one.organisationId === organisationId),
      surveyIds,
    );
  };
}

/** @param versions newest first */
function seriesOf(versions: readonly PublishedVersion[], surveyIds: ReadonlySet<string>): ServiceSeries {
  const latest = [...surveyIds].flatMap(
    (surveyId) => versions.find((one) => one.surveyId === surveyId) ?? [],
  );
  const seen = new Set<string>();
  const fresh = ({ series: all }: PublishedVersion) =>
    all.filter(({ itemId, scaleId }) => {
      const isFresh = !seen.has(`${itemId} ${scaleId}`);
      seen.add(`${itemId} ${scaleId}`);
      return isFresh;
    });
  const current = latest.flatMap(fresh);
  const older = versions.filter((one) => !latest.includes(one));
  const own = older.filter((one) => surveyIds.has(one.surveyId));
  const former = [...own, ...older.filter((one) => !own.includes(one))].flatMap(fresh);
  const globals = [...current, ...former].filter(
    (series): series is RatingSeries => series.kind === 'rating' && series.isGlobal,
  );
  return { current, former, globals };
}

function seriesOfItem(item: Item): Series | null {
  const { itemId } = item;
  switch (item.kind) {
    case 'rating':
      return {
        kind: 'rating',
        itemId,
        stem: item.stem.fr,
        isGlobal: item.isGlobal,
        scaleId: item.scaleId,
        scale: scaleOf(item.scaleId),
        options: scaleOptions(item.scaleId),
      };
    case 'choice':
      return choiceSeries(itemId, item.stem.fr, item.isMultiple, item.options);
    case 'verbatim':
      // Its words are read, not counted; the themes touched beside them are.
      return item.themes === undefined ? null : choiceSeries(itemId, THEMES_STEM, true, item.themes);
  }
}

/** The series that was answered, the latest where several were: a period before a scale changed is read on the scale of its time. */
export function answeredSeries(
  globals: readonly RatingSeries[],
  tallyOf: (series: RatingSeries) => Tally,
): RatingSeries | null {
  return globals.find((series) => totalOf(tallyOf(series)) > 0) ?? globals[0] ?? null;
}

function choiceSeries(
  itemId: ItemId,
  stem: string,
  isMultiple: boolean,
  options: readonly Option[],
): ChoiceSeries {
  return {
    kind: 'choice',
    itemId,
    stem,
    isGlobal: false,
    scaleId: '',
    isMultiple,
    options: options.map(({ code, label }) => ({ code, label: label.fr })),
  };
}

/** What may be told of a series' tally. */
export function seriesFigure(series: Series, tally: Tally, target: number): Figure {
  return series.kind === 'rating'
    ? figureOf(series.scale, tally, target)
    : choiceFigureOf(
        series.options.map((option) => option.code),
        series.isMultiple,
        tally,
      );
}
