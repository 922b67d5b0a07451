import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AliveDay, aliveAt, aliveBetween, coverageOf } from './coverage.ts';
import type { OpeningHours } from './opening-hours.ts';

const DAY = '2026-11-17';
const HOURS: OpeningHours = {
  weekly: {
    '2': [
      { from: '08:30', to: '12:00' },
      { from: '13:30', to: '17:30' },
    ],
    '3': [{ from: '09:10', to: '10:05' }],
  },
  closedOn: ['2026-11-24'],
};
const EVENING = { date: DAY, minuteOfDay: 1_440 };
const over = (alive: AliveDay | undefined, until = EVENING) =>
  coverageOf(HOURS, [DAY], new Map(alive === undefined ? [] : [[DAY, alive]]), until);
const at = (hours: number, minutes = 0) => hours * 60 + minutes;

describe('coverageOf', () => {
  test('is whole where every quarter of the opening gave a sign of life, whatever the rest of the day', () => {
    expect(over(aliveBetween(at(8, 30), at(17, 30)))).toEqual({
      openMinutes: 450,
      aliveMinutes: 450,
      gaps: [],
    });
  });

  test('names what is missing by its hours, and does not run through the time of closing', () => {
    const alive = aliveBetween(at(9), at(10));
    expect(over(alive)).toEqual({
      openMinutes: 450,
      aliveMinutes: 60,
      gaps: [
        { date: DAY, from: '08:30', to: '09:00', minutes: 30, isWholeDay: false },
        { date: DAY, from: '10:00', to: '12:00', minutes: 120, isWholeDay: false },
        { date: DAY, from: '13:30', to: '17:30', minutes: 240, isWholeDay: false },
      ],
    });
  });

  test('says so where a day that was open gave no sign at all', () => {
    const { gaps, aliveMinutes } = over(undefined);
    expect(aliveMinutes).toBe(0);
    expect(gaps.map(({ isWholeDay }) => isWholeDay)).toEqual([true, true]);
  });

  test('counts a gap too short to be named', () => {
    const alive = {
      ...aliveBetween(at(8, 30), at(12)),
      afternoon: aliveBetween(at(13, 45), at(17, 30)).afternoon,
    };
    expect(over(alive)).toEqual({ openMinutes: 450, aliveMinutes: 435, gaps: [] });
  });

  test('cuts the opening where it does not begin or end with a quarter', () => {
    const wednesday = '2026-11-18';
    const alive = new Map([[wednesday, aliveAt(at(9, 20))]]);
    expect(coverageOf(HOURS, [wednesday], alive, { date: wednesday, minuteOfDay: 1_440 })).toEqual({
      openMinutes: 55,
      aliveMinutes: 15,
      gaps: [{ date: wednesday, from: '09:30', to: '10:05', minutes: 35, isWholeDay: false }],
    });
  });

  test('asks nothing of a day that is closed, of the hours to come, nor of the quarter that is running', () => {
    expect(coverageOf(HOURS, ['2026-11-24', '2026-11-22'], new Map(), EVENING).openMinutes).toBe(0);
    expect(over(aliveBetween(at(8, 30), at(10)), { date: DAY, minuteOfDay: at(10, 14) })).toEqual({
      openMinutes: 90,
      aliveMinutes: 90,
      gaps: [],
    });
    expect(over(undefined, { date: '2026-11-16', minuteOfDay: at(12) }).openMinutes).toBe(0);
  });

  test('counts every quarter of the day once, whichever it is', () => {
    const allDay: OpeningHours = { weekly: { '2': [{ from: '00:00', to: '24:00' }] } };
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(95), { minLength: 1 }), (quarters) => {
        const day = quarters
          .map((quarter) => aliveAt(quarter * 15))
          .reduce((sum, one) => ({
            morning: sum.morning + one.morning,
            afternoon: sum.afternoon + one.afternoon,
          }));
        const { openMinutes, aliveMinutes } = coverageOf(allDay, [DAY], new Map([[DAY, day]]), EVENING);
        expect([openMinutes, aliveMinutes]).toEqual([1_440, 15 * quarters.length]);
        expect(Number.isSafeInteger(day.morning) && Number.isSafeInteger(day.afternoon)).toBe(true);
      }),
    );
  });
});
