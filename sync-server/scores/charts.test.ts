import { describe, expect, it } from 'vitest';
import { scaleOf } from '../../domain/scales.ts';
import { mergeTallies, type Tally } from '../../domain/tally.ts';
import { addWeeks, firstDayOf } from '../../domain/weeks.ts';
import { chartEndOf, chartOf } from './charts.ts';
import { shareTold } from './figure.ts';
import { mondaysIn, weeksUpTo } from './framing.ts';

const SCALE = scaleOf('four-level');
const END = '2026-W47';
const YEAR = mondaysIn(weeksUpTo(END, 52));

/** The chart of 52 weeks, each told by how many of how many were satisfied, the newest last. */
const chartOfWeeks = (weeks: readonly (readonly [satisfied: number, base: number])[]) =>
  chartOf(YEAR, sharesOf(weeks));
const sharesOf = (weeks: readonly (readonly [satisfied: number, base: number])[]) => {
  const tallies = new Map<string, Tally>(
    weeks.map(([satisfied, base], index) => [
      firstDayOf(addWeeks(END, index + 1 - weeks.length)),
      { 'very-satisfied': satisfied, 'very-dissatisfied': base - satisfied },
    ]),
  );
  return (...mondays: readonly string[]) =>
    shareTold(SCALE, mergeTallies(...mondays.map((monday) => tallies.get(monday) ?? {})));
};
const weeks = (count: number, satisfied: number, base: number) =>
  Array.from({ length: count }, () => [satisfied, base] as const);

describe('the control chart of a service', () => {
  it('holds one point for each week whose share is told, and says where the last one stands', () => {
    const chart = chartOfWeeks([...weeks(30, 36, 40), [2, 3], ...weeks(20, 36, 40), [24, 40]]);
    expect(chart?.weeksPerPoint).toBe(1);
    expect(chart?.points).toHaveLength(51);
    expect(chart?.points.map(({ week }) => week)).not.toContain('2026-W26');
    expect(chart?.finding).toEqual({ kind: 'outside', direction: 'down' });
    expect(chart?.points.at(-1)).toMatchObject({ week: END, firstDay: '2026-11-16', base: 40, share: 0.6 });
  });

  it('takes four weeks together where a desk is answered too seldom for one', () => {
    const chart = chartOfWeeks(weeks(52, 4, 5));
    expect(chart?.weeksPerPoint).toBe(4);
    expect(chart?.points).toHaveLength(13);
    expect(chart?.points.at(-1)).toMatchObject({ firstDay: '2026-10-26', lastDay: '2026-11-22', base: 20 });
  });

  it('leaves out four weeks that would give a hidden one away', () => {
    const year = [...weeks(48, 4, 5), [5, 6], [5, 6], [5, 6], [2, 3]] as const;
    expect(chartOfWeeks(year)?.points.at(-1)?.week).toBe('2026-W43');
    const mixed = [...weeks(48, 4, 5), [5, 6], [5, 6], [3, 4], [2, 3]] as const;
    expect(chartOfWeeks(mixed)?.points.at(-1)?.week).toBe(END);
  });

  it('ends with its last told point, whatever the number of weeks in each', () => {
    const told = [...weeks(30, 36, 40), ...weeks(20, 30, 40), [24, 40], [2, 3]] as const;
    for (const year of [told, weeks(52, 4, 5)]) {
      const chart = chartOfWeeks(year);
      if (chart === null) throw new Error('There is a chart.');
      const { points, ...head } = chart;
      expect(chartEndOf(YEAR, sharesOf(year))).toEqual({ ...head, last: points.at(-1) });
    }
  });

  it('says nothing while there is no telling what is usual', () => {
    expect(chartOfWeeks(weeks(7, 36, 40))).toBeNull();
    expect(chartOfWeeks(weeks(20, 1, 1))).toBeNull();
    expect(chartEndOf(YEAR, sharesOf(weeks(7, 36, 40)))).toBeNull();
  });
});
