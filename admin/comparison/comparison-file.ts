import type { Comparison } from '../../protocol/comparison.ts';
import { type ChartFile, chartFileName } from '../charts/chart-file.ts';
import { undisclosedText } from '../scores/figure-words.ts';
import type { ViewHandle } from '../shell/view.ts';
import { formatShare } from '../words/format.ts';
import { periodTitle, periodWithDays } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { panelName } from './panel-name.ts';
import { spreadText } from './spread.ts';

const ROW_PX = 72;

/** The small charts side by side as their picture and their data. @param start the share at their foot */
export function comparisonFile(told: Comparison, handle: ViewHandle, start: number): ChartFile {
  const text = words.comparison;
  const files = words.chartFiles;
  const scores = words.scores;
  const { panels, by } = told;
  const finding = spreadText(told);
  const isCompared = by !== 'periods';
  const compared = `${scores.measures['share-satisfied']}, ${periodTitle(handle.comparedPeriod)}`;
  return {
    fileName: chartFileName(`comparer-${text.by[by]}`, finding, told.period),
    title: finding,
    lines: [
      `${scores.measures['share-satisfied']} – ${periodWithDays(handle.period)}`,
      ...(told.service === null ? [] : [told.service.serviceName]),
      ...(isCompared ? [text.year] : []),
    ],
    isDemonstration: told.isDemonstration,
    notes: [`${files.volunteers} Parvis.`],
    legend: [{ look: 'target', text: files.columns.target }],
    height: ROW_PX * panels.length,
    draw: async () => {
      const { drawPanels } = await import('../charts/draw-panels.ts');
      return drawPanels({
        start,
        rowHeight: ROW_PX,
        rows: panels.map((panel) => ({
          name: panelName(by, panel),
          figure: panel.figure.measures === null ? '–' : formatShare(panel.figure.measures.shareSatisfied),
          small: scores.base(panel.figure.base),
          shares: panel.points.map(({ share }) => share),
          target: panel.target,
        })),
      });
    },
    columns: [
      { name: text.by[by], kind: 'text' },
      { name: files.percent(scores.measures['share-satisfied']), kind: 'share' },
      { name: files.columns.base, kind: 'count' },
      { name: files.percent(files.columns.low), kind: 'share' },
      { name: files.percent(files.columns.high), kind: 'share' },
      { name: files.columns.verdict, kind: 'text' },
      { name: files.why, kind: 'text' },
      ...(isCompared
        ? ([
            { name: files.percent(compared), kind: 'share' },
            { name: `${files.columns.base}, ${periodTitle(handle.comparedPeriod)}`, kind: 'count' },
          ] as const)
        : []),
      { name: files.demonstrationColumn, kind: 'text' },
    ],
    rows: panels.map((panel) => [
      panelName(by, panel),
      panel.figure.measures?.shareSatisfied ?? null,
      panel.figure.base,
      panel.figure.interval?.low ?? null,
      panel.figure.interval?.high ?? null,
      panel.figure.verdict === null ? null : scores.verdict[panel.figure.verdict],
      undisclosedText(panel.figure, panel.scaleId),
      ...(isCompared ? [panel.compared.measures?.shareSatisfied ?? null, panel.compared.base] : []),
      told.isDemonstration ? files.demonstrationValue : files.no,
    ]),
  };
}
