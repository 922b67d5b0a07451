import type {
  Figure,
  ItemScore,
  Overview,
  ServiceDetail,
  ServiceScore,
  SetAside,
} from '../../protocol/scores.ts';
import { wilsonInterval } from '../../domain/interval.ts';
import { happyIndex, meanOutOfTen, netSatisfaction, shareSatisfied } from '../../domain/measures.ts';
import { scaleOf } from '../../domain/scales.ts';
import { disclosureOf } from '../../domain/small-base.ts';
import { baseOf, satisfiedCount } from '../../domain/tally.ts';
import { targetVerdict } from '../../domain/verdict.ts';
import { addDays, addWeeks, firstDayOf } from '../../domain/weeks.ts';

const SCALE = scaleOf('four-level');

/** A figure as the server makes it from these counts, small bases hidden. */
export function aFigure(counts: Record<string, number> = {}): Figure {
  const base = baseOf(SCALE, counts);
  const disclosure = disclosureOf(base);
  const isTold = disclosure === 'small-base' || disclosure === 'comparable';
  return {
    base,
    disclosure,
    counts: disclosure === 'none' || disclosure === 'hidden' ? null : counts,
    measures: isTold
      ? {
          shareSatisfied: shareSatisfied(SCALE, counts) ?? 0,
          netSatisfaction: netSatisfaction(SCALE, counts) ?? 0,
          meanOutOfTen: meanOutOfTen(SCALE, counts) ?? 0,
          happyIndex: happyIndex(SCALE, counts) ?? 0,
          netPromoterScore: null,
        }
      : null,
    interval: isTold ? wilsonInterval(satisfiedCount(SCALE, counts), base) : null,
    verdict: disclosure === 'comparable' ? targetVerdict(satisfiedCount(SCALE, counts), base, 0.9) : null,
  };
}

/** `satisfied` of `base` answers, the rest dissatisfied. */
export function aShare(satisfied: number, base: number): Figure {
  return aFigure({ 'very-satisfied': satisfied, 'fairly-dissatisfied': base - satisfied });
}

const head = {
  organisationId: 'ville' as ServiceScore['organisationId'],
  organisationName: 'Ville de Libourne',
  siteName: 'Hôtel de Ville',
  serviceId: 'accueil' as ServiceScore['serviceId'],
  serviceName: 'Accueil général',
  status: 'active' as const,
  target: 0.9,
};

const NO_CALENDAR: ServiceDetail['calendar'] = {
  entries: [],
  schoolHolidays: { zone: 'A', source: 'Ministère', knownFrom: '2024-10-19', knownUntil: '2026-08-31' },
};

export const NOTHING_SET_ASIDE: SetAside = { responses: 0, reasons: [], shareWith: null };

export function aServiceScore(changes: Partial<ServiceScore> = {}): ServiceScore {
  return {
    ...head,
    responses: 42,
    comparedResponses: 38,
    phoneResponses: 0,
    setAside: NOTHING_SET_ASIDE,
    figure: aShare(38, 40),
    compared: aShare(34, 36),
    rolling4: aShare(150, 160),
    rolling13: aShare(470, 500),
    scaleId: 'four-level',
    signal: { kind: 'no-signal', p: 0.4 },
    chart: null,
    coverage: null,
    participation: null,
    unreadVerbatims: 0,
    revision: null,
    tablets: [
      {
        enrolmentId: '6f2c1d34-0f5a-4a77-8a52-0d9f1c7f1b11' as ServiceScore['tablets'][number]['enrolmentId'],
        pointName: 'Accueil de l’Hôtel de Ville',
        lastSeenAt: '2026-11-24T08:48:00Z',
        outboxDepth: 0,
        isSilent: false,
      },
    ],
    ...changes,
  };
}

const framing = {
  period: '2026-W47',
  firstDay: '2026-11-16',
  lastDay: '2026-11-22',
  isOpen: false,
  compare: 'before' as const,
  comparedPeriod: '2026-W46',
  today: '2026-11-24',
  isDemonstration: false,
};

export function anOverview(services: readonly ServiceScore[], changes: Partial<Overview> = {}): Overview {
  return {
    ...framing,
    services: [...services],
    total: {
      responses: services.reduce((sum, service) => sum + service.responses, 0),
      setAside: NOTHING_SET_ASIDE,
      figure: aShare(150, 160),
      rolling4: aShare(600, 640),
      rolling13: aShare(1880, 2000),
    },
    ...changes,
  };
}

const OPTIONS = [
  { code: 'very-satisfied', label: 'Très satisfait' },
  { code: 'fairly-satisfied', label: 'Plutôt satisfait' },
  { code: 'fairly-dissatisfied', label: 'Plutôt pas satisfait' },
  { code: 'very-dissatisfied', label: 'Pas du tout satisfait' },
  { code: 'not-applicable', label: 'Non concerné' },
];

export function anItemScore(changes: Partial<ItemScore> = {}): ItemScore {
  return {
    itemId: 'GLOB' as ItemScore['itemId'],
    stem: 'Globalement, que pensez-vous de votre visite\u202f?',
    kind: 'rating',
    scaleId: 'four-level',
    isGlobal: true,
    options: OPTIONS,
    figure: aFigure({
      'very-satisfied': 126,
      'fairly-satisfied': 60,
      'fairly-dissatisfied': 16,
      'very-dissatisfied': 17,
      'not-applicable': 4,
    }),
    compared: aShare(34, 36),
    ...changes,
  };
}

/** A year of 52 weeks; the week 10 places before the end has too few answers to be told. */
export function aServiceDetail(changes: Partial<ServiceDetail> = {}): ServiceDetail {
  const trend = Array.from({ length: 52 }, (_, index) => {
    const week = addWeeks('2026-W47', index - 51);
    const isSmall = index === 41;
    return {
      week,
      firstDay: firstDayOf(week),
      responses: isSmall ? 3 : 40,
      figure: isSmall ? aShare(3, 3) : aShare(30 + (index % 9), 40),
      rolling13: aShare(440 + index, 500),
    };
  });
  return {
    ...framing,
    service: head,
    channel: null,
    channels: [{ channel: 'tablet', responses: 223, figure: aShare(190, 220), difference: null }],
    responses: 223,
    comparedResponses: 38,
    coverage: null,
    participation: null,
    setAside: NOTHING_SET_ASIDE,
    setAsideWeeks: [],
    items: [anItemScore()],
    trendItemId: 'GLOB' as ItemScore['itemId'],
    trendScaleId: 'four-level',
    trend,
    chart: null,
    calendar: NO_CALENDAR,
    revisions: [
      {
        week: '2026-W46',
        revisedOn: addDays('2026-11-24', -1),
        addedResponses: 3,
        includedResponses: 0,
        excludedResponses: 0,
        baseBefore: 41,
        baseAfter: 44,
        shareBefore: 0.91,
        shareAfter: 0.9023,
      },
    ],
    ...changes,
  };
}
