import { useLocation } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { type Period, periodBefore, samePeriodLastYear } from '../../domain/periods.ts';
import { useSession } from './session.tsx';
import { openingPeriod, pageAddress, type View, viewOf } from './url-state.ts';

export interface ViewHandle {
  readonly view: View;
  /** The period shown: the one asked for, or the one that opens by itself. */
  readonly period: Period;
  /** The period it is compared with. */
  readonly comparedPeriod: Period;
  /** The address of this page with a few things changed. */
  address(change: Partial<View>): string;
  /** Goes there. `isReplacing`: without a new step in the history, as while typing. */
  go(change: Partial<View>, isReplacing?: boolean): void;
}

/** What the address says is being looked at. */
export function useView(): ViewHandle {
  const { path, query, route } = useLocation();
  const { today, firstAnswerOn } = useSession();
  const view = useMemo(() => viewOf(query), [query]);
  const period = view.period ?? openingPeriod(today, firstAnswerOn);
  const page = path === '/admin' ? '/admin/' : path;
  const address = (change: Partial<View>) => pageAddress(page, { ...view, period, ...change });
  return {
    view,
    period,
    comparedPeriod: view.compare === 'before' ? periodBefore(period) : samePeriodLastYear(period),
    address,
    go: (change, isReplacing = false) => route(address(change), isReplacing),
  };
}

/**
 * Writes the period into the address of a page that was opened without one, so that the address can be shared: next week it still
 * shows this week.
 */
export function useExplicitPeriod({ view, go }: ViewHandle): void {
  useEffect(() => {
    if (view.period === null) go({}, true);
  }, [view.period]);
}
