import type { Overview, ServiceScore } from '../../protocol/scores.ts';
import { changeOfService } from '../../domain/change.ts';
import { parsePeriod } from '../../domain/periods.ts';
import { daysBetween } from '../../domain/weeks.ts';
import { formatSince } from '../words/format.ts';
import { THIS_PERIOD } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { speakingFigure } from './named-figure.ts';
import { overviewRows } from './overview-rows.ts';

/** The first thing the page says, and what there is to do about it. */
export interface Finding {
  readonly sentence: string;
  /** Which ones, where the sentence names none. */
  readonly details: readonly string[];
  /** The services that are shown to miss their target; null when none is. */
  readonly belowTarget: string | null;
  readonly unreadCount: number;
  readonly silent: string | null;
  readonly revised: string | null;
}

/** Sums an overview up in a sentence: whether anything changed, then what to read and what to look after. */
export function findingOf(overview: Overview, nowMs: number, timeZone: string): Finding {
  const active = overview.services.filter((service) => service.status === 'active');
  return {
    ...changeOf(overview, active),
    belowTarget: belowTargetText(overview, active),
    unreadCount: sumOf(active, (service) => service.unreadVerbatims),
    // A tablet that is silent now says nothing of a week long past.
    silent: daysBetween(overview.lastDay, overview.today) <= 7 ? silentText(active, nowMs, timeZone) : null,
    revised: revisedText(active),
  };
}

function changeOf(
  overview: Overview,
  active: readonly ServiceScore[],
): { readonly sentence: string; readonly details: readonly string[] } {
  const text = words.scores.finding;
  const responses = sumOf(active, (service) => service.responses);
  if (responses === 0) {
    const hasTablet = active.some((service) => service.tablets.length > 0);
    const hasHistory = active.some((service) => service.rolling13.base > 0 || service.comparedResponses > 0);
    if (!hasTablet && !hasHistory) return { sentence: text.noTablet, details: [] };
    return { sentence: text.noAnswer(thisPeriod(overview)), details: [] };
  }
  const ups = namesOf(active, overview.period, 'up');
  const downs = namesOf(active, overview.period, 'down');
  const [only] = [...ups, ...downs];
  if (only === undefined) {
    const canTell = active.some((service) => changeOfService(service, overview.period).kind === 'no-signal');
    return { sentence: canTell ? text.nothingChanged : text.cannotTell, details: [] };
  }
  if (ups.length + downs.length === 1)
    return { sentence: ups.length === 1 ? text.oneUp(only) : text.oneDown(only), details: [] };
  const details = [
    ...(downs.length > 0 ? [text.downs(downs.join(', '))] : []),
    ...(ups.length > 0 ? [text.ups(ups.join(', '))] : []),
  ];
  return { sentence: text.severalChanged(ups.length + downs.length), details };
}

function namesOf(
  services: readonly ServiceScore[],
  period: string,
  direction: 'up' | 'down',
): readonly string[] {
  return services
    .filter((service) => {
      const change = changeOfService(service, period);
      return change.kind === 'signal' && change.direction === direction;
    })
    .map((service) => service.serviceName);
}

function belowTargetText(overview: Overview, services: readonly ServiceScore[]): string | null {
  const [period, compared] = [parsePeriod(overview.period), parsePeriod(overview.comparedPeriod)];
  if (!period.ok || !compared.ok) return null;
  const names = services
    .filter((service) => {
      const speaking = speakingFigure(overviewRows(service, period.value, compared.value));
      return speaking?.figure.verdict === 'not-reached';
    })
    .map((service) => service.serviceName);
  return names.length === 0 ? null : words.scores.finding.belowTarget(names);
}

function silentText(services: readonly ServiceScore[], nowMs: number, timeZone: string): string | null {
  const silent = services.flatMap((service) => service.tablets).filter((tablet) => tablet.isSilent);
  if (silent.length === 0) return null;
  const oldest = silent
    .flatMap((tablet) => tablet.lastSeenAt ?? [])
    .sort()
    .at(0);
  if (oldest === undefined) return words.scores.finding.silentNever(silent.length);
  return words.scores.finding.silent(silent.length, formatSince(oldest, nowMs, timeZone));
}

function revisedText(services: readonly ServiceScore[]): string | null {
  const count = services.filter((service) => service.revision !== null).length;
  return count === 0 ? null : words.scores.finding.revised(count);
}

function thisPeriod(overview: Overview): string {
  const period = parsePeriod(overview.period);
  if (!overview.isOpen || !period.ok) return words.scores.finding.inThePeriod;
  return THIS_PERIOD[period.value.kind];
}

function sumOf(services: readonly ServiceScore[], count: (service: ServiceScore) => number): number {
  return services.reduce((sum, service) => sum + count(service), 0);
}
