import type { ChartFinding } from './control-chart.ts';
import type { Signal } from './signal.ts';

/** What is told of a service at first sight. */
export type Change =
  | { readonly kind: 'signal'; readonly direction: 'up' | 'down' }
  | { readonly kind: 'no-signal' | 'not-enough' };

/**
 * Whether a service has changed, by either reading: the period against the weeks before it, and its last week against what is usual.
 * The chart speaks of the period's own week alone. Every page and letter tells it by this, so that no two of them differ.
 *
 * @param period as it is written: `2026-W47`
 */
export function changeOfService(
  {
    signal,
    chart,
  }: {
    readonly signal: Signal;
    readonly chart: { readonly finding: ChartFinding; readonly last: { readonly week: string } } | null;
  },
  period: string,
): Change {
  if (signal.kind === 'signal') return { kind: 'signal', direction: signal.direction };
  if (chart === null || chart.last.week !== period) return { kind: signal.kind };
  switch (chart.finding.kind) {
    case 'not-enough':
      return { kind: signal.kind };
    case 'stable':
      return { kind: 'no-signal' };
    case 'outside':
    case 'run':
      return { kind: 'signal', direction: chart.finding.direction };
  }
}
