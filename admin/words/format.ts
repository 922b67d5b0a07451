import type { LocalDate } from '../../domain/weeks.ts';
import { setFrench } from './typography.ts';

const LOCALE = 'fr-FR';
const MINUS = '−';

/** 12345 → « 12 345 ». */
export function formatCount(count: number): string {
  return new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 }).format(count);
}

/** A number with a fixed count of decimals and a true minus sign: 6.25 → « 6,3 ». */
export function formatDecimal(value: number, decimals = 1): string {
  const rounded = new Intl.NumberFormat(LOCALE, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
  return /^-[0,]+$/.test(rounded) ? rounded.slice(1) : rounded.replace('-', MINUS);
}

/** A share 0–1 without its sign, one decimal: 0.849 → « 84,9 ». For « 79,6–89,1 % ». */
export function formatShareNumber(share: number): string {
  return formatDecimal(share * 100);
}

/** A share 0–1: 0.849 → « 84,9 % ». */
export function formatShare(share: number): string {
  return setFrench(`${formatShareNumber(share)} %`);
}

/** A whole share such as a target: 0.9 → « 90 % », 0.925 → « 92,5 % ». */
export function formatTarget(share: number): string {
  const percent = Math.round(share * 1000) / 10;
  return setFrench(`${formatDecimal(percent, Number.isInteger(percent) ? 0 : 1)} %`);
}

/** With its sign always written: 3 → « +3 ». */
export function formatSigned(value: number, decimals = 0): string {
  const text = formatDecimal(value, decimals);
  return value > 0 && !/^[0,]+$/.test(text) ? `+${text}` : text;
}

/** « lundi 16 novembre 2026 » */
export function formatDay(date: LocalDate): string {
  return french(dateOf(date), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, 'UTC');
}

/** « mardi 17 novembre » */
export function formatWeekday(date: LocalDate): string {
  return french(dateOf(date), { weekday: 'long', day: 'numeric', month: 'long' }, 'UTC');
}

/** « 16 novembre 2026 » */
export function formatDate(date: LocalDate): string {
  return french(dateOf(date), { day: 'numeric', month: 'long', year: 'numeric' }, 'UTC');
}

/** « 16 nov. » */
export function formatShortDate(date: LocalDate): string {
  return french(dateOf(date), { day: 'numeric', month: 'short' }, 'UTC');
}

/** « novembre 2026 », from `2026-11` */
export function formatMonth(month: string): string {
  return french(dateOf(`${month}-01`), { month: 'long', year: 'numeric' }, 'UTC');
}

/** « 16–22 novembre 2026 », « 30 novembre–6 décembre 2026 », « 28 décembre 2026–3 janvier 2027 » */
export function formatDateRange(first: LocalDate, last: LocalDate): string {
  if (first.slice(0, 7) === last.slice(0, 7)) return `${dayNumber(first)}–${formatDate(last)}`;
  if (first.slice(0, 4) !== last.slice(0, 4)) return `${formatDate(first)}–${formatDate(last)}`;
  return `${french(dateOf(first), { day: 'numeric', month: 'long' }, 'UTC')}–${formatDate(last)}`;
}

/** « mardi 17 novembre 2026 à 14 h 05 » on the site's clock. */
export function formatInstant(instant: string, timeZone: string): string {
  const moment = new Date(instant);
  const day = french(moment, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, timeZone);
  return `${day} à ${formatTime(instant, timeZone)}`;
}

/** « 14 h 05 » */
export function formatTime(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat(LOCALE, {
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).formatToParts(new Date(instant));
  const value = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${Number(value('hour'))}\u00a0h\u00a0${value('minute')}`;
}

/** How long ago, as one would say it: « à l’instant », « il y a 12 minutes », « hier à 17 h 02 », « mardi 17 novembre ». */
export function formatAgo(instant: string, nowMs: number, timeZone: string): string {
  const minutes = Math.floor((nowMs - Date.parse(instant)) / 60_000);
  if (minutes < 1) return 'à l’instant';
  if (minutes < 60) return `il y a ${minutes} min`;
  const days = localDaysBetween(Date.parse(instant), nowMs, timeZone);
  if (days === 0) return `aujourd’hui à ${formatTime(instant, timeZone)}`;
  if (days === 1) return `hier à ${formatTime(instant, timeZone)}`;
  return formatRecentDay(instant, timeZone);
}

/** « mardi 17 novembre », for something that lasts since: « muette depuis mardi 17 novembre ». */
export function formatSince(instant: string, nowMs: number, timeZone: string): string {
  const days = localDaysBetween(Date.parse(instant), nowMs, timeZone);
  if (days === 0) return formatTime(instant, timeZone);
  if (days === 1) return `hier, ${formatTime(instant, timeZone)}`;
  return formatRecentDay(instant, timeZone);
}

/** The name of a language as it stands in a French sentence: `pt` → « portugais ». */
export function formatLanguage(tag: string): string {
  return new Intl.DisplayNames(['fr'], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
}

function formatRecentDay(instant: string, timeZone: string): string {
  return french(new Date(instant), { weekday: 'long', day: 'numeric', month: 'long' }, timeZone);
}

function localDaysBetween(fromMs: number, toMs: number, timeZone: string): number {
  const dayOf = (ms: number) => Date.parse(new Intl.DateTimeFormat('en-CA', { timeZone }).format(ms));
  return Math.round((dayOf(toMs) - dayOf(fromMs)) / 86_400_000);
}

/** French dates say « 1er » for the first of the month, which the locale data do not. */
function french(date: Date, options: Intl.DateTimeFormatOptions, timeZone: string): string {
  const text = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone }).format(date);
  return text.replace(/(^|\s)1(?=\s\p{L})/u, '$11er');
}

function dayNumber(date: LocalDate): string {
  const day = Number(date.slice(8));
  return day === 1 ? '1er' : String(day);
}

function dateOf(date: LocalDate): Date {
  return new Date(`${date}T12:00:00Z`);
}
