import { describe, expect, test } from 'vitest';
import {
  isOpenAt,
  nextOpening,
  type OpeningHours,
  openingHoursFaults,
  openingMinutes,
} from './opening-hours.ts';

/** A town hall: Monday to Friday with a lunch break, Saturday morning, closed on Christmas Day (a Friday in 2026). */
const TOWN_HALL: OpeningHours = {
  weekly: {
    '1': [
      { from: '08:30', to: '12:00' },
      { from: '13:30', to: '17:30' },
    ],
    '5': [{ from: '08:30', to: '17:00' }],
    '6': [{ from: '09:00', to: '12:00' }],
  },
  closedOn: ['2026-12-25'],
};
const MONDAY = '2026-11-23';
const FRIDAY = '2026-11-27';

describe('isOpenAt', () => {
  test('opens at the first minute and has closed at the last', () => {
    const open = [509, 510, 719, 720, 809, 810, 1_049, 1_050].map((minute) =>
      isOpenAt(TOWN_HALL, MONDAY, minute),
    );
    expect(open).toEqual([false, true, true, false, false, true, true, false]);
  });

  test('is closed on a weekday without hours and on a holiday', () => {
    expect(isOpenAt(TOWN_HALL, '2026-11-24', 600)).toBe(false);
    expect(isOpenAt(TOWN_HALL, FRIDAY, 600)).toBe(true);
    expect(isOpenAt(TOWN_HALL, '2026-12-25', 600)).toBe(false);
  });

  test('is open until the last minute of a day that ends at 24:00', () => {
    const always: OpeningHours = { weekly: { '1': [{ from: '00:00', to: '24:00' }] } };
    expect(isOpenAt(always, MONDAY, 0)).toBe(true);
    expect(isOpenAt(always, MONDAY, 1_439)).toBe(true);
    expect(isOpenAt(always, '2026-11-24', 0)).toBe(false);
  });
});

test('openingMinutes adds the spans of the day up', () => {
  expect(openingMinutes(TOWN_HALL, MONDAY)).toBe(7.5 * 60);
  expect(openingMinutes(TOWN_HALL, '2026-11-29')).toBe(0);
  expect(openingMinutes(TOWN_HALL, '2026-12-25')).toBe(0);
});

test('openingMinutes counts exactly the minutes at which it is open', () => {
  for (const date of [MONDAY, FRIDAY, '2026-11-28', '2026-11-29', '2026-12-25']) {
    const open = Array.from({ length: 1_440 }, (_, minute) => isOpenAt(TOWN_HALL, date, minute)).filter(
      Boolean,
    );
    expect(openingMinutes(TOWN_HALL, date)).toBe(open.length);
  }
});

describe('openingHoursFaults', () => {
  test('finds none in good hours, nor in a reception that never opens', () => {
    expect(openingHoursFaults(TOWN_HALL)).toEqual([]);
    expect(openingHoursFaults({ weekly: {} })).toEqual([]);
    const touching = [
      { from: '08:30', to: '12:00' },
      { from: '12:00', to: '24:00' },
    ];
    expect(openingHoursFaults({ weekly: { '1': touching } })).toEqual([]);
  });

  test('finds every fault at once and says where', () => {
    const weekly = {
      '1': [{ from: '8:30', to: '25:00' }],
      '2': [{ from: '12:00', to: '12:00' }],
      '3': [
        { from: '08:30', to: '12:30' },
        { from: '12:00', to: '17:00' },
      ],
      '8': [],
    };
    expect(openingHoursFaults({ weekly, closedOn: ['2026-02-30', '2026-12-25', '2026-12-25'] })).toEqual([
      'weekly.1: 8:30–25:00: 8:30 and 25:00 is not a time written HH:MM.',
      'weekly.2: 12:00–12:00 ends before it begins.',
      'weekly.3: 12:00–17:00 begins before the span above it has ended.',
      'weekly: 8 is not a weekday from 1 (Monday) to 7 (Sunday).',
      'closedOn: 2026-02-30 is not a date written YYYY-MM-DD.',
      'closedOn: 2026-12-25 is there twice.',
    ]);
  });
});

describe('nextOpening', () => {
  test.each([
    ['before the first span', MONDAY, 480, { date: MONDAY, from: '08:30' }],
    ['over lunch', MONDAY, 720, { date: MONDAY, from: '13:30' }],
    ['in the evening', MONDAY, 1_050, { date: FRIDAY, from: '08:30' }],
    ['before a holiday', '2026-12-24', 600, { date: '2026-12-26', from: '09:00' }],
    ['over the end of a year', '2026-12-28', 1_200, { date: '2027-01-01', from: '08:30' }],
  ] as const)('is told %s', (_, date, minute, opening) => {
    expect(nextOpening(TOWN_HALL, date, minute)).toEqual(opening);
  });

  test('is none where the reception never opens', () => {
    expect(nextOpening({ weekly: {} }, MONDAY, 0)).toBeNull();
  });
});
