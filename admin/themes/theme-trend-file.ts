import { type Period, periodToText } from '../../domain/periods.ts';
import type { ThemeTrend } from '../../protocol/themes.ts';
import { type ChartFile, chartFileName } from '../charts/chart-file.ts';
import { formatCount, formatShare } from '../words/format.ts';
import { periodTitle } from '../words/period-words.ts';
import { words } from '../words/words.ts';

const ROW_PX = 64;

/** The weeks of each theme as their picture and their data; a week with too few texts is a gap and an empty cell. */
export function themeTrendFile(props: {
  trend: ThemeTrend;
  /** The themes in the order of the page. */
  themes: ThemeTrend['themes'];
  /** How many texts of each may be told. */
  countOf: (themeId: string) => number;
  /** The share that fills the height of each. */
  highest: number;
  period: Period;
  isDemonstration: boolean;
}): ChartFile {
  const { trend, themes, countOf, highest, period, isDemonstration } = props;
  const text = words.themes.trend;
  const files = words.chartFiles;
  const [first] = themes;
  const finding = first === undefined ? text.none : text.mostFrequent(first.name, countOf(first.themeId));
  const mark = isDemonstration ? files.demonstrationValue : files.no;
  return {
    fileName: chartFileName('themes', finding, periodToText(period)),
    title: finding,
    lines: [
      `${text.caption} – ${periodTitle(period)}`,
      trend.total === null ? text.explain : `${text.explain} ${text.onTexts(trend.total.base)}`,
    ],
    isDemonstration,
    notes: [text.pictureScale(highest), `${files.volunteers} Parvis.`],
    legend: [],
    height: ROW_PX * themes.length,
    draw: async () => {
      const { drawPanels } = await import('../charts/draw-panels.ts');
      return drawPanels({
        start: 0,
        end: highest,
        rowHeight: ROW_PX,
        rows: themes.map(({ themeId, name }) => ({
          name,
          figure: formatCount(countOf(themeId)),
          small: trend.total === null ? '' : formatShare(countOf(themeId) / Math.max(1, trend.total.base)),
          shares: trend.weeks.map(({ base, counts }) =>
            counts === null || base === 0 ? null : (counts[themeId] ?? 0) / base,
          ),
          target: null,
        })),
      });
    },
    columns: [
      { name: words.themes.theme, kind: 'text' },
      ...trend.weeks.map(({ week }) => ({ name: week, kind: 'count' as const })),
      { name: text.total, kind: 'count' },
      { name: files.demonstrationColumn, kind: 'text' },
    ],
    rows: [
      [text.base, ...trend.weeks.map(({ base }) => base), trend.total?.base ?? null, mark],
      ...themes.map(({ themeId, name }) => [
        name,
        ...trend.weeks.map(({ counts }) => (counts === null ? null : (counts[themeId] ?? 0))),
        trend.total === null ? null : (trend.total.counts[themeId] ?? 0),
        mark,
      ]),
    ],
  };
}
