import { type Period, periodBefore, periodContaining, periodToText } from '../../domain/periods.ts';
import type { ServicePublication } from '../../protocol/publication.ts';
import type { Clock } from '../clock.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import { readOverview } from '../scores/overview.ts';
import type { Scope, Store } from '../store/store.ts';

/** Of each service, what the last quarter that has ended lets be published: the very figures of the weekly page for those days. */
export interface EndedQuarter {
  readonly period: Period;
  of(key: {
    readonly organisationId: string;
    readonly serviceId: string;
  }): ServicePublication['quarter'] | null;
}

export async function readEndedQuarter(
  deps: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
): Promise<EndedQuarter> {
  const { today } = placeOf(await visibleServices(deps.store.db, scope), deps.clock);
  const period = periodBefore(periodContaining('quarter', today));
  const quarter = periodToText(period);
  const { services } = await readOverview(deps, scope, { period: quarter });
  return {
    period,
    of(key) {
      const found = services.find(
        (one) => one.organisationId === key.organisationId && one.serviceId === key.serviceId,
      );
      if (found === undefined) return null;
      const { base, disclosure, measures } = found.figure;
      const shareSatisfied = disclosure === 'comparable' ? (measures?.shareSatisfied ?? null) : null;
      return { quarter, base, shareSatisfied };
    },
  };
}
