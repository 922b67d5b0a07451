import { describe, expect, it } from 'vitest';
import type { Calendar, CalendarEntry } from '../../protocol/calendar.ts';
import { contrastTexts, entriesOfWeek } from './calendar-text.ts';

const HOLIDAY: CalendarEntry = {
  firstDay: '2026-04-06',
  lastDay: '2026-04-06',
  kind: 'public-holiday',
  label: 'Lundi de Pâques',
};
const VACATION: CalendarEntry = {
  firstDay: '2026-04-04',
  lastDay: '2026-04-19',
  kind: 'school-holidays',
  label: 'Vacances de printemps',
};
const calendarOf = (...entries: readonly CalendarEntry[]): Calendar => ({
  entries: [...entries],
  schoolHolidays: { zone: 'A', source: '', knownFrom: '2024-10-19', knownUntil: '2026-08-31' },
});
const week = (text: string) => ({ kind: 'week' as const, week: text });
const plain = (texts: readonly string[]) => texts.map((text) => text.replace(/\s/g, ' '));

describe('a comparison', () => {
  it('says so where the two periods are not the same kind of days', () => {
    const calendar = calendarOf(VACATION, HOLIDAY);
    expect(plain(contrastTexts(calendar, week('2026-W15'), week('2026-W13')))).toEqual([
      'À comparer avec prudence, le calendrier n’est pas le même.',
      'Semaine 15 : Vacances de printemps, Lundi de Pâques.',
      'Semaine 13 : rien de particulier.',
    ]);
    expect(contrastTexts(calendar, week('2026-W16'), week('2026-W16'))).toEqual([]);
  });

  it('says from when school holidays are not known, unless the team has marked later ones', () => {
    const [unknown, ...others] = contrastTexts(calendarOf(), week('2026-W47'), week('2026-W46'));
    expect(others).toEqual([]);
    expect(unknown).toContain('31 août 2026');
    const later = { ...VACATION, firstDay: '2026-12-19', lastDay: '2027-01-03' };
    expect(contrastTexts(calendarOf(later), week('2026-W47'), week('2026-W46'))).toEqual([]);
  });
});

it('a week has what touches any of its days', () => {
  const calendar = calendarOf(VACATION, HOLIDAY);
  expect(entriesOfWeek(calendar, '2026-03-30')).toEqual([VACATION]);
  expect(entriesOfWeek(calendar, '2026-04-06')).toEqual([VACATION, HOLIDAY]);
  expect(entriesOfWeek(calendar, '2026-04-20')).toEqual([]);
});
