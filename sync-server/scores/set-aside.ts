import { REASONS_TO_SET_ASIDE } from '../../domain/integrity.ts';
import { shareSatisfied } from '../../domain/measures.ts';
import type { Scale } from '../../domain/scales.ts';
import { mayShowTotal } from '../../domain/small-base.ts';
import { baseOf, countOf, mergeTallies, type Tally } from '../../domain/tally.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import type { SetAside } from '../../protocol/scores.ts';
import { maySayShare } from './figure.ts';
import type { RatingSeries } from './series.ts';
import type { ServiceKey, TallySums } from './tally-sums.ts';

/** One service's answers to its global item: those in the figures, and those set aside. */
interface Part {
  readonly scale: Scale;
  readonly clear: Tally;
  readonly flagged: Tally;
}

/** What is kept out of a service's figures, why, and what the share would be with it. */
export function setAsideOf(
  sums: TallySums,
  service: ServiceKey,
  series: RatingSeries | null,
  place: number | LocalDate = 0,
): SetAside {
  return {
    responses: sums.setAside(service, place),
    reasons: reasonsIn(sums.reasons(service, place)),
    shareWith: shareWith(series === null ? [] : [partOf(sums, service, series, place)]),
  };
}

/** The same of several services together. */
export function totalSetAsideOf(
  sums: TallySums,
  services: readonly { readonly service: ServiceKey; readonly series: RatingSeries | null }[],
): SetAside {
  return {
    responses: services.reduce((sum, { service }) => sum + sums.setAside(service), 0),
    reasons: reasonsIn(mergeTallies(...services.map(({ service }) => sums.reasons(service)))),
    shareWith: shareWith(
      services.flatMap(({ service, series }) => (series === null ? [] : [partOf(sums, service, series, 0)])),
    ),
  };
}

/** One response may have several reasons; each is told. */
function reasonsIn(tally: Tally): SetAside['reasons'] {
  return REASONS_TO_SET_ASIDE.flatMap((reason) => {
    const responses = countOf(tally, reason);
    return responses === 0 ? [] : [{ reason, responses }];
  });
}

/**
 * The share with everything in. Whoever knows it and the figure without subtracts, and learns what was set aside: it is told only where that
 * is as many answers as may be told by themselves, and where the figure itself has a share.
 */
function shareWith(parts: readonly Part[]): number | null {
  const [first] = parts;
  if (first === undefined || parts.some((part) => part.scale.scaleId !== first.scale.scaleId)) return null;
  const clear = mergeTallies(...parts.map((part) => part.clear));
  const bases = parts.flatMap(({ scale, clear: own, flagged }) => [
    baseOf(scale, own),
    baseOf(scale, flagged),
  ]);
  const isNothingSetAside = parts.every(({ scale, flagged }) => baseOf(scale, flagged) === 0);
  if (isNothingSetAside || !maySayShare(baseOf(first.scale, clear)) || !mayShowTotal(bases)) return null;
  return shareSatisfied(first.scale, mergeTallies(clear, ...parts.map((part) => part.flagged)));
}

function partOf(
  sums: TallySums,
  service: ServiceKey,
  { scale, itemId, scaleId }: RatingSeries,
  place: number | LocalDate,
): Part {
  return {
    scale,
    clear: sums.tally(service, itemId, scaleId, place),
    flagged: sums.flaggedTally(service, itemId, scaleId, place),
  };
}
