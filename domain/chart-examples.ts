import { chartFinding, controlChart, controlLimits } from './control-chart.ts';
import { shareDifference } from './difference.ts';
import { binomialChance, numbersIn, percent, type Row, satisfactionOf, type Table } from './example-text.ts';
import type { Satisfaction } from './signal.ts';

/** The checked tables of the p-chart, and of what two shares are apart. */
export const CHART_TABLES: Readonly<Record<string, Table>> = {
  'control-limits': {
    head: [
      'Usual share',
      'Answers',
      'Limits',
      'Chance of a false point',
      'At three standard deviations',
      'Its chance',
    ],
    workOut: ([usual = '', answers = '']) => {
      const [share, base] = [(numbersIn(usual)[0] ?? Number.NaN) / 100, Number(answers)];
      const { low, high } = controlLimits(share, base);
      const deviation = 3 * Math.sqrt((share * (1 - share)) / base);
      const others = { low: share - deviation, high: share + deviation };
      return [
        usual,
        answers,
        `${percent(low)}–${percent(high)} %`,
        chanceOutside(share, base, { low: low - 0.5 / base, high: high + 0.5 / base }),
        `${percent(others.low)}–${percent(others.high)} %`,
        chanceOutside(share, base, others),
      ];
    },
  },
  differences: {
    head: ['One', 'Other', 'Apart', 'Interval', 'Shown'],
    workOut: ([one = '', other = '']) => {
      const apart = shareDifference(satisfactionOf(one), satisfactionOf(other));
      if (apart === null) throw new Error(`${one} against ${other} has no difference.`);
      return [
        one,
        other,
        `${points(apart.difference)} points`,
        `${points(apart.low)} to ${points(apart.high)}`,
        apart.isOpen ? 'no' : 'yes',
      ];
    },
  },
  'chart-findings': {
    head: ['Weeks', 'Centre', 'Limits of the last week', 'Told as'],
    workOut: ([weeks = '']) => {
      const chart = controlChart(weeks.split(', then ').flatMap(weeksIn));
      const last = chart?.points.at(-1);
      if (chart == null || last == null) return [weeks, '–', '–', chartFinding(chart).kind];
      const finding = chartFinding(chart);
      return [
        weeks,
        `${(100 * chart.centre).toFixed(2)} %`,
        `${percent(last.low)}–${percent(last.high)} %`,
        toldAs(finding),
      ];
    },
  },
};

/** A difference of shares in points, with its sign. */
function points(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${percent(Math.abs(difference))}`;
}

/** « 20 × 36 of 40 » */
function weeksIn(text: string): readonly Satisfaction[] {
  const [times = '', each] = text.split(' × ');
  return each === undefined
    ? [satisfactionOf(text)]
    : Array.from({ length: Number(times) }, () => satisfactionOf(each));
}

function toldAs(finding: ReturnType<typeof chartFinding>): Row[number] {
  switch (finding.kind) {
    case 'outside':
      return `outside ${finding.direction}`;
    case 'run':
      return `run ${finding.direction} of ${finding.length}`;
    case 'stable':
    case 'not-enough':
      return finding.kind;
  }
}

function chanceOutside(share: number, base: number, { low, high }: { low: number; high: number }): string {
  let chance = 0;
  for (let k = 0; k <= base; k += 1)
    if (k / base < low || k / base > high) chance += binomialChance(k, base, share);
  return `${(100 * chance).toFixed(3)} %`;
}
