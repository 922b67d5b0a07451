import {
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { formatDecimal } from '../words/format.ts';
import { calendarMarks } from './calendar-marks.ts';
import { type ChartColours, chartColours } from './chart-colours.ts';
import type { DrawChart } from './chart-file.ts';
import type { TrendSeries } from './trend-series.ts';

Chart.register(CategoryScale, Filler, LinearScale, LineController, LineElement, PointElement, Tooltip);

/** On A4 with our margins, at 96 pixels an inch. */
const PAPER = { width: 660, height: 280 };

/**
 * Draws the trend on a canvas, and again at the size of the sheet when it is printed.
 *
 * @returns what takes it away again
 */
export function drawTrend(canvas: HTMLCanvasElement, series: TrendSeries): () => void {
  const chart = new Chart(
    canvas,
    configurationOf(series, () => canvas.clientWidth),
  );
  const toPaper = () => chart.resize(PAPER.width, PAPER.height);
  const toScreen = () => chart.resize();
  addEventListener('beforeprint', toPaper);
  addEventListener('afterprint', toScreen);
  void document.fonts?.ready.then(() => {
    if (canvas.isConnected) chart.update('none');
  });
  return () => {
    removeEventListener('beforeprint', toPaper);
    removeEventListener('afterprint', toScreen);
    chart.destroy();
  };
}

/** The trend as it stands in a picture, twice as fine as the screen. */
export function trendPicture(series: TrendSeries): DrawChart {
  return (context, width, height) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const { options, ...configuration } = configurationOf(series, () => width);
    const chart = new Chart(canvas, {
      ...configuration,
      options: { ...options, responsive: false, devicePixelRatio: 2 },
    });
    context.drawImage(canvas, 0, 0, width, height);
    chart.destroy();
  };
}

type TrendConfiguration = ChartConfiguration<'line', (number | null)[], string>;

function configurationOf(series: TrendSeries, widthOf: () => number): TrendConfiguration {
  const colour = chartColours();
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  Chart.defaults.color = colour.inkSoft;
  const said = series.centre === null ? [ROLLING, WEEKLY] : [HIGH, ROLLING, WEEKLY];
  return {
    type: 'line',
    plugins: [calendarMarks(series, { ink: colour.ink, inkSoft: colour.inkSoft, strip: colour.holidays })],
    data: { labels: series.points.map((point) => point.label), datasets: datasetsOf(series, colour) },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: {
          grid: { display: false },
          border: { color: colour.line },
          ticks: {
            autoSkip: false,
            maxRotation: 0,
            callback: (_value, index) => monthLabel(series, index, widthOf() < 560 ? 3 : 1),
          },
        },
        y: {
          ...axisRange(series),
          border: { display: false },
          grid: { color: colour.line },
          ticks: {
            maxTicksLimit: 7,
            callback: (value) =>
              series.unit === 'percent'
                ? `${value}\u202f%`
                : formatDecimal(Number(value), Number.isInteger(value) ? 0 : 1),
          },
        },
      },
      plugins: {
        tooltip: {
          backgroundColor: colour.ink,
          displayColors: false,
          padding: 10,
          // Bands and lines are drawn; only what the table also says is said.
          filter: ({ datasetIndex }) => said.includes(datasetIndex),
          callbacks: {
            afterBody: ([shown]) => series.points[shown?.dataIndex ?? -1]?.eventsText ?? '',
            label: ({ datasetIndex, dataIndex }) => {
              const point = series.points[dataIndex];
              if (datasetIndex === HIGH)
                return `${series.controlLabel}\u00a0: ${point?.control?.text ?? '–'}`;
              if (datasetIndex === ROLLING)
                return `${series.rollingLabel}\u00a0: ${point?.rollingText ?? '–'}`;
              return `${series.weeklyLabel}\u00a0: ${point?.weeklyText ?? '–'}`;
            },
          },
        },
      },
    },
  };
}

/** Places in {@link datasetsOf}. */
const HIGH = 1;
const ROLLING = 2;
const WEEKLY = 3;

/** Limits hold for a whole point: they change half-way to the next one. */
const STEPS = { stepped: 'middle', spanGaps: true } as const;

function datasetsOf(series: TrendSeries, colour: ChartColours): ChartDataset<'line', (number | null)[]>[] {
  const values = (read: (point: TrendSeries['points'][number]) => number | null) => series.points.map(read);
  const unmarked = { pointRadius: 0, pointHoverRadius: 0, borderWidth: 0 };
  const { target, centre } = series;
  const marks = series.points.map((point) => point.control?.mark ?? 'inside');
  const level = (height: number, look: object) => ({ ...unmarked, data: values(() => height), ...look });
  return [
    ...(centre === null
      ? [
          { ...unmarked, data: values((point) => point.low) },
          {
            ...unmarked,
            data: values((point) => point.high),
            fill: '-1',
            backgroundColor: `${colour.accent}33`,
          },
        ]
      : [
          { ...unmarked, data: values((point) => point.control?.low ?? null), ...STEPS },
          {
            ...unmarked,
            ...STEPS,
            data: values((point) => point.control?.high ?? null),
            fill: '-1',
            backgroundColor: `${colour.inkSoft}2b`,
          },
        ]),
    {
      data: values((point) => point.rolling),
      borderColor: colour.accent,
      borderWidth: 3,
      pointRadius: 0,
      pointHoverRadius: 5,
      pointBackgroundColor: colour.accent,
      tension: 0.2,
    },
    {
      data: values((point) => point.control?.share ?? point.weekly),
      showLine: false,
      // A dot at 100 % is drawn whole.
      clip: 8,
      pointStyle: marks.map((mark) => (mark === 'outside' ? 'rectRot' : 'circle')),
      pointRadius: marks.map((mark) => (mark === 'outside' ? 7 : 3.5)),
      pointHoverRadius: 7,
      pointBorderWidth: 1.5,
      pointBorderColor: marks.map((mark) => (mark === 'outside' ? colour.bad : colour.inkSoft)),
      pointBackgroundColor: marks.map(
        (mark) => ({ outside: colour.bad, run: colour.inkSoft, inside: colour.surface })[mark],
      ),
    },
    ...(centre === null ? [] : [level(centre, { borderColor: colour.inkSoft, borderWidth: 1.5 })]),
    ...(target === null
      ? []
      : [level(target, { borderColor: colour.ink, borderDash: [6, 4], borderWidth: 2 })]),
  ];
}

/** Shares end at 100 and begin at a round tenth below all that is drawn; other measures choose for themselves. */
function axisRange(series: TrendSeries): { min?: number; max?: number } {
  if (series.unit !== 'percent') return {};
  const drawn = series.points.flatMap(({ weekly, low, rolling, control }) =>
    [weekly, low, rolling, control?.low ?? null, control?.share ?? null].filter((value) => value !== null),
  );
  const lowest = Math.min(80, series.target ?? 100, ...drawn);
  return { min: Math.max(0, Math.floor(lowest / 10) * 10), max: 100 };
}

/** The month at its first week, every month or every third; nothing in between. */
function monthLabel(series: TrendSeries, index: number, everyMonths: number): string {
  const [point, before] = [series.points[index], series.points[index - 1]];
  if (point === undefined) return '';
  const month = point.firstDay.slice(0, 7);
  if (before !== undefined && before.firstDay.slice(0, 7) === month) return '';
  if ((Number(month.slice(5)) - 1) % everyMonths !== 0) return '';
  // A year begins in mid-month: its first label would run into the next one.
  if (index === 0 && series.points[2]?.firstDay.slice(0, 7) !== month) return '';
  const date = new Date(`${point.firstDay}T12:00:00Z`);
  const name = new Intl.DateTimeFormat('fr-FR', { month: 'short', timeZone: 'UTC' }).format(date);
  return month.endsWith('-01') ? `${name} ${month.slice(0, 4)}` : name;
}
