import type { Channel } from '../../domain/answers.ts';
import { lastDayOf } from '../../domain/weeks.ts';
import { firstDay, lastDay } from '../../domain/periods.ts';
import type { Figure, ItemScore, Revision, ServiceDetail, SetAside } from '../../protocol/scores.ts';
import { periodOfText } from '../scores/framing.ts';
import { aboutFraming, type MadeAt, markColumn } from './about.ts';
import { contextColumns, type FigureContext, readingOfEnd, readingOfPoint } from './context-columns.ts';
import { figureColumns } from './figure-columns.ts';
import { setAsideColumns } from './set-aside-columns.ts';
import { type Column, type Export, type Table, tableOf } from './table.ts';
import { channelText, DEMONSTRATION, periodFileName, periodName } from './words.ts';

/** One figure: of an item over a period, or of a week of the trend. */
interface Line {
  readonly reading: string;
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly channel: Channel | null;
  readonly item: Pick<ItemScore, 'itemId' | 'stem'>;
  readonly responses: number | null;
  readonly setAside: SetAside | null;
  readonly figure: Figure;
  readonly context: FigureContext | null;
  /** Told once, where the period's own figures are. */
  readonly lost: number | null;
}

const NOTHING_BESIDE = { setAside: null, context: null, lost: null } as const;
const NOTHING_SET_ASIDE: SetAside = { responses: 0, reasons: [], shareWith: null };
const READINGS = {
  period: 'Période',
  channel: 'Période, une seule voie',
  compared: 'Période comparée',
  week: 'Semaine',
  rolling13: '13 semaines glissantes',
} as const;

/**
 * A service's page as it is on screen, one figure a line: every item over both periods, then the weeks of the trend.
 *
 * @param lost how many answers its tablets are known to have lost in the period
 */
export function serviceExport(detail: ServiceDetail, lost: number, made: MadeAt): Export {
  const { service, items, isDemonstration } = detail;
  const lines = [
    ...items.flatMap((item) => itemLines(detail, item, lost)),
    ...channelLines(detail),
    ...trendLines(detail),
  ];
  const mark = isDemonstration ? `${DEMONSTRATION}-` : '';
  return {
    fileName: `parvis-${mark}${service.serviceId}-${periodFileName(detail.period)}`,
    about: aboutFraming(detail, [`${service.serviceName} (${service.organisationName})`], made),
    tables: [tableOf('Chiffres', columnsOf(detail, lines), lines), revisionsTable(detail)],
  };
}

function itemLines(detail: ServiceDetail, item: ItemScore, lost: number): Line[] {
  const over = (
    reading: string,
    period: string,
    responses: number,
    figure: Figure,
    own: Pick<Line, 'setAside' | 'context' | 'lost'>,
  ): Line => ({
    reading,
    period: periodName(period),
    from: firstDay(periodOfText(period)),
    to: lastDay(periodOfText(period)),
    channel: detail.channel,
    item,
    responses,
    figure,
    ...own,
  });
  const own = item.isGlobal
    ? { setAside: detail.setAside, context: contextOf(detail, item), lost }
    : NOTHING_BESIDE;
  return [
    over(READINGS.period, detail.period, detail.responses, item.figure, own),
    over(READINGS.compared, detail.comparedPeriod, detail.comparedResponses, item.compared, NOTHING_BESIDE),
  ];
}

/** The chart is that of the item whose trend is shown, which need not be the global one. */
function contextOf(
  { chart, trendItemId, coverage, participation }: ServiceDetail,
  item: ItemScore,
): FigureContext {
  const last = chart?.points.at(-1);
  const isOfItem = item.itemId === trendItemId;
  return {
    chart: !isOfItem || chart === null || last === undefined ? null : readingOfEnd({ ...chart, last }),
    coverage,
    participation,
  };
}

function contextOfWeek({ chart }: Pick<ServiceDetail, 'chart'>, week: string): FigureContext | null {
  const point = chart?.points.find((one) => one.week === week);
  return point === undefined ? null : { chart: readingOfPoint(point), coverage: null, participation: null };
}

/** Each way answers came by on its own, for the question asked of everybody; nothing while there is only one. */
function channelLines({ channels, items, period }: ServiceDetail): Line[] {
  const item = items.find(({ isGlobal }) => isGlobal);
  if (item === undefined || channels.length < 2) return [];
  return channels.map(({ channel, responses, figure }) => ({
    reading: READINGS.channel,
    period: periodName(period),
    from: firstDay(periodOfText(period)),
    to: lastDay(periodOfText(period)),
    channel,
    item,
    responses,
    figure,
    ...NOTHING_BESIDE,
  }));
}

function trendLines({
  items,
  trend,
  trendItemId,
  trendScaleId,
  channel,
  setAsideWeeks,
  chart,
}: ServiceDetail): Line[] {
  const item = items.find(
    (candidate) => candidate.itemId === trendItemId && candidate.scaleId === trendScaleId,
  ) ?? {
    itemId: trendItemId,
    stem: '',
  };
  return trend.flatMap(({ week, firstDay: from, responses, figure, rolling13 }) => {
    const place = { period: periodName(week), from, to: lastDayOf(week), item, channel };
    const setAside = setAsideWeeks.find((one) => one.week === week) ?? NOTHING_SET_ASIDE;
    return [
      {
        ...place,
        reading: READINGS.week,
        responses,
        setAside,
        figure,
        context: contextOfWeek({ chart }, week),
        lost: null,
      },
      { ...place, ...NOTHING_BESIDE, reading: READINGS.rolling13, responses: null, figure: rolling13 },
    ];
  });
}

function columnsOf(detail: ServiceDetail, lines: readonly Line[]): readonly Column<Line>[] {
  const { service } = detail;
  return [
    text('Organisation', 'Qui répond de l’accueil', () => service.organisationName),
    text('Site', 'Où', () => service.siteName),
    text('Service', 'Accueil évalué', () => service.serviceName),
    text(
      'Lecture',
      'De quoi la ligne est le chiffre : la période, la période par une seule voie, la période comparée, une semaine de la tendance, ou les 13 semaines qui finissent avec elle',
      (line) => line.reading,
    ),
    text('Voie', 'Par où les réponses sont arrivées : tablette, téléphone, papier, site web', (line) =>
      channelText(line.channel),
    ),
    text('Période', 'Période des chiffres', (line) => line.period),
    day('Du', 'Premier jour ; des 13 semaines, celui de la dernière', (line) => line.from),
    day('Au', 'Dernier jour', (line) => line.to),
    text('Question (code)', 'Le même d’une version du questionnaire à l’autre', (line) => line.item.itemId),
    text('Question', 'Énoncé français de la dernière version posée', (line) => line.item.stem),
    {
      name: 'Réponses',
      kind: 'count',
      meaning:
        'Réponses reçues pour la période, quoi qu’elles contiennent ; essais et réponses mises de côté exclus',
      unit: 'réponses',
      measure: '',
      value: (line) => line.responses,
    },
    ...figureColumns<Line>(
      (line) => line.figure,
      lines,
      detail.items.map((item) => item.scaleId),
    ),
    {
      name: 'Objectif (%)',
      kind: 'share',
      meaning: 'Part de satisfaits visée',
      unit: '%',
      measure: 'share-satisfied',
      value: () => service.target,
    },
    ...contextColumns<Line>((line) => line.context),
    {
      name: 'Réponses perdues (nombre exact)',
      kind: 'count',
      meaning:
        'Réponses données mais détruites avec la mémoire d’une tablette, constatées pendant la période ; 0 quand aucune ne manque',
      unit: 'réponses',
      measure: '',
      value: (line) => line.lost,
    },
    ...setAsideColumns<Line>((line) => line.setAside),
    markColumn(detail.isDemonstration),
  ];
}

const SHARE_TOLD = 'Vide sous 11 réponses, et quand une décision porte sur moins de 5';

function revisionsTable({ revisions }: ServiceDetail): Table {
  const share = (name: string, meaning: string, value: Column<Revision>['value']): Column<Revision> => ({
    name,
    kind: 'share',
    meaning,
    unit: '%',
    measure: 'share-satisfied',
    value,
  });
  const count = (name: string, meaning: string, value: Column<Revision>['value']): Column<Revision> => ({
    name,
    kind: 'count',
    meaning,
    unit: 'réponses',
    measure: '',
    value,
  });
  return tableOf<Revision>(
    'Révisions',
    [
      {
        name: 'Semaine',
        kind: 'text',
        meaning: 'Semaine close qui a changé',
        unit: '',
        measure: '',
        value: ({ week }) => periodName(week),
      },
      {
        name: 'Révisée le',
        kind: 'day',
        meaning: 'Jour d’arrivée des réponses, ou de la décision',
        unit: 'date locale',
        measure: '',
        value: ({ revisedOn }) => revisedOn,
      },
      count('Réponses ajoutées', 'Réponses arrivées ce jour-là', ({ addedResponses }) => addedResponses),
      count(
        'Remises par décision',
        'Réponses signalées, remises dans les chiffres ce jour-là',
        ({ includedResponses }) => includedResponses,
      ),
      count(
        'Écartées par décision',
        'Réponses sorties des chiffres ce jour-là',
        ({ excludedResponses }) => excludedResponses,
      ),
      count('Base avant', 'Réponses exprimées avant', ({ baseBefore }) => baseBefore),
      count('Base après', 'Réponses exprimées après', ({ baseAfter }) => baseAfter),
      share('Part de satisfaits avant (%)', SHARE_TOLD, ({ shareBefore }) => shareBefore),
      share('Part de satisfaits après (%)', SHARE_TOLD, ({ shareAfter }) => shareAfter),
    ],
    revisions,
  );
}

function text(name: string, meaning: string, value: Column<Line>['value']): Column<Line> {
  return { name, kind: 'text', meaning, unit: '', measure: '', value };
}

function day(name: string, meaning: string, value: Column<Line>['value']): Column<Line> {
  return { name, kind: 'day', meaning, unit: 'date locale', measure: '', value };
}
