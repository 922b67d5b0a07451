import type { MeasureId } from '../../domain/measures.ts';
import type { Calendar, CalendarEntry } from '../../protocol/calendar.ts';
import type { ControlPoint, ServiceDetail } from '../../protocol/scores.ts';
import { entriesOfWeek } from './calendar-text.ts';
import { measureValue } from './measures.ts';

/** One week of the trend, as both the curve and the table show it; null is what may not be told. */
export interface TrendRow {
  readonly week: string;
  readonly firstDay: string;
  readonly responses: number;
  /** Of the week alone, in the measure's own unit. */
  readonly value: number | null;
  readonly base: number;
  /** Of the 13 weeks that end with this one. */
  readonly rolling: number | null;
  readonly rollingBase: number;
  /** 95 % interval of `rolling`; for the share satisfied alone. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** The point of the control chart that ends with this week. */
  readonly control: ControlPoint | null;
  /** What the calendar holds for the week. */
  readonly calendar: readonly CalendarEntry[];
}

export function trendRows(
  trend: ServiceDetail['trend'],
  measureId: MeasureId,
  chart: ServiceDetail['chart'] = null,
  calendar: Calendar | null = null,
): readonly TrendRow[] {
  return trend.map(({ week, firstDay, responses, figure, rolling13 }) => ({
    week,
    firstDay,
    responses,
    value: measureValue(measureId, figure.measures),
    base: figure.base,
    rolling: measureValue(measureId, rolling13.measures),
    rollingBase: rolling13.base,
    interval: measureId === 'share-satisfied' ? rolling13.interval : null,
    control:
      measureId === 'share-satisfied' ? (chart?.points.find((point) => point.week === week) ?? null) : null,
    calendar: calendar === null ? [] : entriesOfWeek(calendar, firstDay),
  }));
}
