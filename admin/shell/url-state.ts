import { CHANNELS, type Channel } from '../../domain/answers.ts';
import { parsePeriod, type Period, periodContaining, periodToText } from '../../domain/periods.ts';
import type { MeasureId } from '../../domain/measures.ts';
import { LANGUAGES, type Language } from '../../domain/survey.ts';
import type { ModerationState } from '../../protocol/verbatims.ts';
import { addDays, isLocalDate, type LocalDate, weekdayOf } from '../../domain/weeks.ts';
import { COMPARED_BY, type ComparedBy } from '../../protocol/comparison.ts';
import { addressOf } from './api.ts';

export type Compare = 'before' | 'last-year';
export type VerbatimState = 'unread' | 'read' | 'hidden' | 'all';

/**
 * What is being looked at, all of it in the address, so that a view can be sent to a colleague and the Back button works.
 * null stands for the view's own choice.
 */
export interface View {
  readonly period: Period | null;
  readonly compare: Compare;
  /** Comparison: what is put side by side. */
  readonly by: ComparedBy;
  /** Service page: the item whose trend is drawn. */
  readonly item: string | null;
  readonly measure: MeasureId;
  /** Service page: only the answers that came this way. */
  readonly channel: Channel | null;
  /** Verbatims: narrowed to one service; both or neither. */
  readonly organisation: string | null;
  readonly service: string | null;
  readonly search: string;
  readonly state: VerbatimState;
  /** Verbatims: written on a screen in this language. */
  readonly language: Language | null;
  /** Verbatims: those with this decision. */
  readonly moderation: Exclude<ModerationState, 'hidden'> | null;
  /** Verbatims: given this theme. */
  readonly theme: string | null;
  readonly cursor: string | null;
  /** Integrity: whose answers are listed. */
  readonly day: LocalDate | null;
}

const MEASURES: readonly MeasureId[] = [
  'share-satisfied',
  'net-satisfaction',
  'mean-out-of-ten',
  'happy-index',
  'net-promoter-score',
];
const STATES: readonly VerbatimState[] = ['unread', 'read', 'hidden', 'all'];

/** Reads the query; what is missing or makes no sense falls back, so that no link is ever broken. */
export function viewOf(query: Readonly<Record<string, string>>): View {
  const period = parsePeriod(query['period'] ?? '');
  const isNarrowed = Boolean(query['organisation']) && Boolean(query['service']);
  return {
    period: period.ok ? period.value : null,
    compare: query['compare'] === 'last-year' ? 'last-year' : 'before',
    by: oneOf(COMPARED_BY, query['by']) ?? 'services',
    item: query['item'] || null,
    measure: oneOf(MEASURES, query['measure']) ?? 'share-satisfied',
    channel: oneOf(CHANNELS, query['channel']),
    organisation: isNarrowed ? (query['organisation'] ?? null) : null,
    service: isNarrowed ? (query['service'] ?? null) : null,
    search: query['search'] ?? '',
    state: oneOf(STATES, query['state']) ?? 'unread',
    language: oneOf(LANGUAGES, query['language']),
    moderation: oneOf(['to-moderate', 'released'], query['moderation']),
    theme: query['theme'] || null,
    cursor: query['cursor'] || null,
    day: isLocalDate(query['day'] ?? '') ? (query['day'] ?? null) : null,
  };
}

/** The query that {@link viewOf} reads back; what is the fallback anyway is left out. */
export function queryOf(view: Partial<View>): Readonly<Record<string, string | null>> {
  return {
    period: view.period ? periodToText(view.period) : null,
    compare: view.compare === 'last-year' ? 'last-year' : null,
    by: view.by === 'services' ? null : (view.by ?? null),
    item: view.item ?? null,
    measure: view.measure === 'share-satisfied' ? null : (view.measure ?? null),
    channel: view.channel ?? null,
    organisation: view.organisation ?? null,
    service: view.service ?? null,
    search: view.search || null,
    state: view.state === 'unread' ? null : (view.state ?? null),
    language: view.language ?? null,
    moderation: view.moderation ?? null,
    theme: view.theme ?? null,
    cursor: view.cursor ?? null,
    day: view.day ?? null,
  };
}

export const PAGES = {
  overview: '/admin/',
  verbatims: '/admin/verbatims',
  moderation: '/admin/moderation',
  comparison: '/admin/comparer',
  integrity: '/admin/integrite',
  attendance: '/admin/frequentation',
  themes: '/admin/themes',
  fleet: '/admin/tablettes',
  publication: '/admin/affichage',
  exports: '/admin/exports',
  team: '/admin/personnes',
  audit: '/admin/journal',
  account: '/admin/compte',
  accessibility: '/admin/accessibilite',
  privacy: '/admin/donnees-personnelles',
} as const;

/** The address of a view on one of our pages. */
export function pageAddress(path: string, view: Partial<View> = {}): string {
  return addressOf(path, queryOf(view));
}

export function servicePath(organisationId: string, serviceId: string): string {
  return `/admin/services/${encodeURIComponent(organisationId)}/${encodeURIComponent(serviceId)}`;
}

/**
 * The week that opens when none is asked for: on a Monday the week just ended, which is what one comes to read; on other days, and
 * where nothing is older than this week, the current one.
 */
export function openingPeriod(today: LocalDate, firstAnswerOn: LocalDate | null): Period {
  const current = periodContaining('week', today);
  if (weekdayOf(today) !== 1 || firstAnswerOn === null || firstAnswerOn >= today) return current;
  return periodContaining('week', addDays(today, -1));
}

function oneOf<Text extends string>(texts: readonly Text[], text: string | undefined): Text | null {
  return texts.find((candidate) => candidate === text) ?? null;
}
