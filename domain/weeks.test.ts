import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addWeeks,
  daysBetween,
  firstDayOf,
  isIsoWeek,
  isLocalDate,
  lastDayOf,
  weekdayOf,
  weekOf,
  weeksBetween,
  weekYearAndNumber,
} from './weeks.ts';

const DAY_MS = 86_400_000;
const anyDay = fc
  .integer({ min: Date.UTC(1970, 0, 1) / DAY_MS, max: Date.UTC(2100, 11, 31) / DAY_MS })
  .map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10));

describe('every day from 1970 to 2100', () => {
  const days: Date[] = [];
  for (let ms = Date.UTC(1970, 0, 1); ms <= Date.UTC(2100, 11, 31); ms += DAY_MS) days.push(new Date(ms));

  test('has the weekday that Date and Intl give it', () => {
    const intl = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });
    const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
    const wrong = days.filter((day) => {
      const weekday = weekdayOf(day.toISOString().slice(0, 10));
      return weekday % 7 !== day.getUTCDay() || names[weekday - 1] !== intl.format(day);
    });
    expect(wrong).toEqual([]);
  });

  test('lies in the week counted on one’s fingers, Monday by Monday', () => {
    // 29 December 1969 is the Monday of 1970-W01. A new week year begins with the week that holds 4 January.
    let year = 1970;
    let number = 1;
    const wrong: string[] = [];
    for (const day of days) {
      const date = day.toISOString().slice(0, 10);
      if (day.getUTCDay() === 1) {
        number += 1;
        const sunday = new Date(day.getTime() + 6 * DAY_MS);
        const holdsFourthOfJanuary =
          sunday.getUTCMonth() === 0 && sunday.getUTCDate() >= 4 && sunday.getUTCDate() <= 10;
        if (holdsFourthOfJanuary) {
          year = sunday.getUTCFullYear();
          number = 1;
        }
      }
      const week = weekOf(date);
      if (week !== `${year}-W${String(number).padStart(2, '0')}`) wrong.push(`${date}: ${week}`);
      if (weekYearAndNumber(week).year !== year || weekYearAndNumber(week).number !== number)
        wrong.push(week);
      if (day.getUTCDay() === 1 && firstDayOf(week) !== date) wrong.push(`${week} begins on ${date}`);
      if (day.getUTCDay() === 0 && lastDayOf(week) !== date) wrong.push(`${week} ends on ${date}`);
      if (!isIsoWeek(week) || !isLocalDate(date)) wrong.push(`${date} or ${week} not recognised`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('weekOf', () => {
  test.each([
    ['2020-12-31', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2024-12-30', '2025-W01'],
    ['2026-11-24', '2026-W48'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['0001-01-01', '0001-W01'],
    ['9999-12-31', '9999-W52'],
  ])('puts %s into %s', (date, week) => {
    expect(weekOf(date)).toBe(week);
  });

  test('throws on a day that does not exist', () => {
    for (const text of ['2026-02-29', '2026-13-01', '', '2026-W48'])
      expect(() => weekOf(text)).toThrow(RangeError);
  });
});

describe('weeks', () => {
  test('begin on a Monday, end on a Sunday six days later, and contain both', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const week = weekOf(day);
        expect(weekdayOf(firstDayOf(week))).toBe(1);
        expect(weekdayOf(lastDayOf(week))).toBe(7);
        expect(daysBetween(firstDayOf(week), lastDayOf(week))).toBe(6);
        expect(weekOf(lastDayOf(week))).toBe(week);
      }),
    );
  });

  test('are stepped over and back without loss, and sort as text', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -500, max: 500 }), (day, steps) => {
        const week = weekOf(day);
        const other = addWeeks(week, steps);
        expect(addWeeks(other, -steps)).toBe(week);
        expect(daysBetween(firstDayOf(week), firstDayOf(other))).toBe(7 * steps);
        expect(Math.sign(steps)).toBe(other > week ? 1 : other < week ? -1 : 0);
      }),
    );
  });

  test('are listed with both ends, through a week 53', () => {
    expect(weeksBetween('2026-W51', '2027-W02')).toEqual([
      '2026-W51',
      '2026-W52',
      '2026-W53',
      '2027-W01',
      '2027-W02',
    ]);
    expect(weeksBetween('2026-W48', '2026-W48')).toEqual(['2026-W48']);
    expect(weeksBetween('2026-W48', '2026-W47')).toEqual([]);
  });
});

describe('days', () => {
  test('are added and counted across leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366);
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -3_000, max: 3_000 }), (day, days) => {
        expect(daysBetween(day, addDays(day, days))).toBe(days);
      }),
    );
  });

  test('before the year 1 and after 9999 are refused rather than written wrongly', () => {
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  });
});

test('isLocalDate knows the days that exist', () => {
  for (const text of ['2026-11-24', '2024-02-29', '2000-02-29', '0099-12-31'])
    expect(isLocalDate(text)).toBe(true);
  for (const text of [
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-1-1',
    '0000-01-01',
    '+2026-01-01',
    '2026-11-24T00',
    ' 2026-11-24',
  ])
    expect(isLocalDate(text)).toBe(false);
});

test('isIsoWeek knows the years that have a week 53', () => {
  for (const text of ['2026-W01', '2026-W53', '2020-W53', '2025-W52']) expect(isIsoWeek(text)).toBe(true);
  for (const text of ['2025-W53', '2026-W54', '2026-W00', '2026-W1', '2026-47', '0000-W01', '2026-w47'])
    expect(isIsoWeek(text)).toBe(false);
});
