import { parsePeriod } from '../../domain/periods.ts';
import type { HalfDays } from '../../protocol/scores.ts';
import { type ChartFile, chartFileName } from '../charts/chart-file.ts';
import { formatDate, formatShare, formatTarget } from '../words/format.ts';
import { periodTitle } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { bandOf, cellOf, halfDaysFinding, placeText, shareOrWhy, weekdaysOf } from './half-day-cells.ts';

const HALVES = ['am', 'pm'] as const;
const ROW_PX = 64;
const HEAD_PX = 36;

/** The map of the week's half-days as its picture and its data. */
export function halfDaysFile(told: HalfDays, serviceName: string): ChartFile {
  const finding = halfDaysFinding(told);
  const text = words.halfDays;
  const files = words.chartFiles;
  const weekdays = weekdaysOf(told);
  const period = parsePeriod(told.period);
  return {
    fileName: chartFileName(serviceName, `demi-journees-${finding}`, told.period),
    title: finding,
    lines: [
      `${serviceName} – ${period.ok ? periodTitle(period.value) : told.period}`,
      told.stem,
      `${text.lead(formatDate(told.firstDay), formatDate(told.lastDay))} ${text.base(told.figure.base)}`,
    ],
    isDemonstration: told.isDemonstration,
    notes: [`${text.legend} ${text.heldBack}`, `${files.volunteers} Parvis.`],
    legend: (['reached', 'near', 'below', 'untold'] as const).map((look) => ({
      look,
      text: look === 'reached' ? `${text.bands[look]} (${formatTarget(told.target)})` : text.bands[look],
    })),
    height: HEAD_PX + ROW_PX * weekdays.length,
    draw: async () => {
      const { drawHalfDays } = await import('../charts/draw-half-days.ts');
      return drawHalfDays({
        heads: HALVES.map((half) => text.halves[half]),
        rows: weekdays.map((weekday) => ({
          name: text.days[weekday - 1] ?? '',
          cells: HALVES.map((half) => {
            const figure = cellOf(told, weekday, half)?.figure;
            return figure === undefined
              ? { text: '', small: '', band: 'untold' as const }
              : {
                  text: shareOrWhy(figure, formatShare),
                  small: figure.base === 0 ? '' : words.scores.base(figure.base),
                  band: bandOf(figure, told.target),
                };
          }),
        })),
        headHeight: HEAD_PX,
        rowHeight: ROW_PX,
      });
    },
    columns: [
      { name: text.half, kind: 'text' },
      { name: files.percent(words.scores.measures['share-satisfied']), kind: 'share' },
      { name: files.columns.base, kind: 'count' },
      { name: files.percent(files.columns.low), kind: 'share' },
      { name: files.percent(files.columns.high), kind: 'share' },
      { name: files.percent(files.columns.target), kind: 'share' },
      { name: files.why, kind: 'text' },
      { name: files.demonstrationColumn, kind: 'text' },
    ],
    rows: told.cells
      .filter(({ weekday }) => weekdays.includes(weekday))
      .map((cell) => [
        placeText(cell),
        cell.figure.measures?.shareSatisfied ?? null,
        cell.figure.base,
        cell.figure.interval?.low ?? null,
        cell.figure.interval?.high ?? null,
        told.target,
        cell.figure.measures === null ? shareOrWhy(cell.figure, formatShare) : null,
        told.isDemonstration ? files.demonstrationValue : files.no,
      ]),
  };
}
