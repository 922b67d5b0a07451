import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localMidnightMs, localMoment } from './local-time.ts';
import { addDays, weekdayOf } from './weeks.ts';

const PARIS = 'Europe/Paris';
/** Zones whose clocks change by half hours, at odd minutes, at midnight, or over a whole day. */
const ZONES = [
  PARIS,
  'America/Martinique',
  'Indian/Reunion',
  'Pacific/Noumea',
  'UTC',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Pacific/Apia',
  'Pacific/Chatham',
];
const anyInstant = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 11, 31) });

/** The wall clock as Intl writes it, `2026-11-24 10:42`, by another way than the code under test. */
function written(instantMs: number, timeZone: string): string {
  const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return formatter.format(instantMs);
}

function clock(minuteOfDay: number): string {
  return `${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`;
}

describe('localMoment', () => {
  test('tells the site’s date, half-day, minute and weekday', () => {
    expect(localMoment(Date.parse('2026-11-24T09:42:31Z'), PARIS)).toEqual({
      date: '2026-11-24',
      halfDay: 'am',
      minuteOfDay: 642,
      weekday: 2,
    });
  });

  test('changes the half-day at noon on the wall, not a millisecond earlier', () => {
    const noon = Date.parse('2026-11-24T11:00:00Z');
    expect(localMoment(noon - 1, PARIS)).toMatchObject({ halfDay: 'am', minuteOfDay: 719 });
    expect(localMoment(noon, PARIS)).toMatchObject({ halfDay: 'pm', minuteOfDay: 720 });
  });

  test('changes the date at midnight on the wall, in winter and in summer', () => {
    expect(localMoment(Date.parse('2026-11-24T22:59:59.999Z'), PARIS).date).toBe('2026-11-24');
    expect(localMoment(Date.parse('2026-11-24T23:00:00Z'), PARIS).date).toBe('2026-11-25');
    expect(localMoment(Date.parse('2026-07-14T21:59:59.999Z'), PARIS).date).toBe('2026-07-14');
    expect(localMoment(Date.parse('2026-07-14T22:00:00Z'), PARIS).date).toBe('2026-07-15');
  });

  test('jumps from 01:59 to 03:00 on the last Sunday of March, and keeps noon at noon', () => {
    const change = Date.parse('2026-03-29T01:00:00Z');
    expect(clock(localMoment(change - 1, PARIS).minuteOfDay)).toBe('01:59');
    expect(clock(localMoment(change, PARIS).minuteOfDay)).toBe('03:00');
    expect(localMoment(Date.parse('2026-03-29T10:00:00Z'), PARIS).halfDay).toBe('pm');
  });

  test('lives the hour from 02:00 twice on the last Sunday of October', () => {
    const change = Date.parse('2026-10-25T01:00:00Z');
    expect(clock(localMoment(change - 1, PARIS).minuteOfDay)).toBe('02:59');
    expect(clock(localMoment(change, PARIS).minuteOfDay)).toBe('02:00');
    expect(localMoment(Date.parse('2026-10-25T10:59:00Z'), PARIS).halfDay).toBe('am');
  });

  test('follows clocks that change in the middle of a UTC hour', () => {
    // Until 2011 Newfoundland changed at one minute past midnight; Lord Howe moves by half an hour.
    expect(clock(localMoment(Date.parse('2010-03-14T03:30:59Z'), 'America/St_Johns').minuteOfDay)).toBe(
      '00:00',
    );
    expect(clock(localMoment(Date.parse('2010-03-14T03:31:00Z'), 'America/St_Johns').minuteOfDay)).toBe(
      '01:01',
    );
    expect(clock(localMoment(Date.parse('2026-10-03T15:29:59Z'), 'Australia/Lord_Howe').minuteOfDay)).toBe(
      '01:59',
    );
    expect(clock(localMoment(Date.parse('2026-10-03T15:30:00Z'), 'Australia/Lord_Howe').minuteOfDay)).toBe(
      '02:30',
    );
  });

  test('shows at any instant, in any zone, what Intl writes', () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...ZONES), (instant, zone) => {
        const moment = localMoment(instant, zone);
        expect(`${moment.date} ${clock(moment.minuteOfDay)}`).toBe(written(instant, zone));
        expect(moment.weekday).toBe(weekdayOf(moment.date));
        expect(moment.halfDay).toBe(moment.minuteOfDay < 720 ? 'am' : 'pm');
        // Asked again it is answered from what was kept.
        expect(localMoment(instant, zone)).toEqual(moment);
      }),
      { numRuns: 1_000 },
    );
  });

  test('shows every minute of both days on which Paris changes its clocks', () => {
    for (const day of ['2026-03-29', '2026-10-25'])
      for (let minute = -120; minute < 26 * 60; minute += 1) {
        const instant = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
        const moment = localMoment(instant, PARIS);
        expect(`${moment.date} ${clock(moment.minuteOfDay)}`).toBe(written(instant, PARIS));
      }
  });

  test('stays right when tablets with clocks astray ask for more hours than are kept', () => {
    for (let hour = 0; hour < 21_000; hour += 1) localMoment(hour * 3_600_000, PARIS);
    expect(localMoment(Date.parse('2026-11-24T09:42:31Z'), PARIS).minuteOfDay).toBe(642);
    expect(localMoment(0, PARIS)).toMatchObject({ date: '1970-01-01', minuteOfDay: 60 });
  });

  test('answers ten thousand times a second without being felt', () => {
    const from = Date.parse('2026-11-24T08:00:00Z');
    localMoment(from, PARIS);
    const start = performance.now();
    for (let index = 0; index < 10_000; index += 1) localMoment(from + index * 700, PARIS);
    // Measured at 2 ms; asking Intl each time takes over 20 ms, a cache that never hits over 40.
    expect(performance.now() - start).toBeLessThan(100);
  });

  test('throws on an unknown zone and on an instant no calendar of ours can write', () => {
    expect(() => localMoment(0, 'Europe/Libourne')).toThrow(RangeError);
    for (const instant of [Number.NaN, 8.64e15, -8.64e15, Number.POSITIVE_INFINITY])
      expect(() => localMoment(instant, PARIS)).toThrow(RangeError);
  });
});

describe('localMidnightMs', () => {
  test('is the first instant of the day on the wall', () => {
    expect(localMidnightMs('2026-11-24', PARIS)).toBe(Date.parse('2026-11-23T23:00:00Z'));
    expect(localMidnightMs('2026-03-29', PARIS)).toBe(Date.parse('2026-03-28T23:00:00Z'));
    expect(localMidnightMs('2026-03-30', PARIS)).toBe(Date.parse('2026-03-29T22:00:00Z'));
    expect(localMidnightMs('2026-10-25', PARIS)).toBe(Date.parse('2026-10-24T22:00:00Z'));
    expect(localMidnightMs('2026-10-26', PARIS)).toBe(Date.parse('2026-10-25T23:00:00Z'));
  });

  test('makes the two days of the clock change 23 and 25 hours long', () => {
    const hours = ['2026-03-29', '2026-10-25', '2026-11-24'].map(
      (date) => (localMidnightMs(addDays(date, 1), PARIS) - localMidnightMs(date, PARIS)) / 3_600_000,
    );
    expect(hours).toEqual([23, 25, 24]);
  });

  test('is the instant before which it was another day, in any zone', () => {
    const anyDay = fc.integer({ min: 0, max: 47_000 }).map((day) => addDays('1970-01-02', day));
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...ZONES), (date, zone) => {
        const midnight = localMidnightMs(date, zone);
        // Later than the date itself only where the clocks skip the whole day.
        expect(localMoment(midnight, zone).date >= date).toBe(true);
        expect(localMoment(midnight - 1, zone).date < date).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('comes at the end of the gap where the clocks skip midnight or a whole day', () => {
    expect(localMidnightMs('2018-11-04', 'America/Sao_Paulo')).toBe(Date.parse('2018-11-04T03:00:00Z'));
    expect(localMidnightMs('2018-02-18', 'America/Sao_Paulo')).toBe(Date.parse('2018-02-18T03:00:00Z'));
    expect(localMidnightMs('2011-12-30', 'Pacific/Apia')).toBe(localMidnightMs('2011-12-31', 'Pacific/Apia'));
  });

  test('throws on a day that does not exist', () => {
    expect(() => localMidnightMs('2026-02-29', PARIS)).toThrow(RangeError);
  });
});
