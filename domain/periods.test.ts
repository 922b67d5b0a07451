import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  firstDay,
  lastDay,
  type Period,
  type PeriodKind,
  parsePeriod,
  periodBefore,
  periodContaining,
  periodToText,
  samePeriodLastYear,
} from './periods.ts';
import { addDays, daysBetween } from './weeks.ts';

const KINDS: readonly PeriodKind[] = ['week', 'month', 'quarter', 'year'];
const anyDay = fc.integer({ min: 0, max: 47_000 }).map((day) => addDays('1971-06-01', day));
const anyPeriod = fc
  .tuple(fc.constantFrom(...KINDS), anyDay)
  .map(([kind, day]) => periodContaining(kind, day));

function parsed(text: string): Period {
  const result = parsePeriod(text);
  if (!result.ok) throw new Error(`${text} should be a period.`);
  return result.value;
}

describe('parsePeriod', () => {
  test('reads each kind', () => {
    expect(parsed('2026-W47')).toEqual({ kind: 'week', week: '2026-W47' });
    expect(parsed('2026-11')).toEqual({ kind: 'month', month: '2026-11' });
    expect(parsed('2026-Q4')).toEqual({ kind: 'quarter', quarter: '2026-Q4' });
    expect(parsed('2026')).toEqual({ kind: 'year', year: '2026' });
  });

  test.each([
    '2026-W54',
    '2025-W53',
    '2026-13',
    '2026-00',
    '2026-Q5',
    '2026-Q0',
    '26',
    '0000',
    '0000-01',
    '',
    '2026-11-24',
    '2026-w47',
    ' 2026',
    '２０２６',
  ])('names the text that is none: "%s"', (text) => {
    expect(parsePeriod(text)).toEqual({ ok: false, error: { kind: 'not-a-period', text } });
  });

  test('never throws, and reads back what was written', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = parsePeriod(text);
        expect(result.ok ? periodToText(result.value) : result.error.text).toBe(text);
      }),
    );
    fc.assert(
      fc.property(anyPeriod, (period) => {
        expect(parsed(periodToText(period))).toEqual(period);
      }),
    );
  });
});

describe('firstDay and lastDay', () => {
  test.each([
    ['2026-W47', '2026-11-16', '2026-11-22'],
    ['2026-W53', '2026-12-28', '2027-01-03'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-02', '2026-02-01', '2026-02-28'],
    ['2026-12', '2026-12-01', '2026-12-31'],
    ['2026-Q1', '2026-01-01', '2026-03-31'],
    ['2026-Q4', '2026-10-01', '2026-12-31'],
    ['2026', '2026-01-01', '2026-12-31'],
  ])('of %s are %s and %s', (text, first, last) => {
    expect(firstDay(parsed(text))).toBe(first);
    expect(lastDay(parsed(text))).toBe(last);
  });

  test('enclose exactly the days whose period it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), anyDay, (kind, day) => {
        const period = periodContaining(kind, day);
        expect(firstDay(period) <= day && day <= lastDay(period)).toBe(true);
        expect(periodContaining(kind, firstDay(period))).toEqual(period);
        expect(periodContaining(kind, lastDay(period))).toEqual(period);
        expect(periodContaining(kind, addDays(firstDay(period), -1))).not.toEqual(period);
        expect(periodContaining(kind, addDays(lastDay(period), 1))).not.toEqual(period);
      }),
    );
  });
});

describe('periodBefore', () => {
  test('is of the same kind and ends the day before', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const before = periodBefore(period);
        expect(before.kind).toBe(period.kind);
        expect(daysBetween(lastDay(before), firstDay(period))).toBe(1);
      }),
    );
  });

  test.each([
    ['2027-W01', '2026-W53'],
    ['2026-W01', '2025-W52'],
    ['2026-01', '2025-12'],
    ['2026-Q1', '2025-Q4'],
    ['2026', '2025'],
  ])('of %s is %s', (text, before) => {
    expect(periodToText(periodBefore(parsed(text)))).toBe(before);
  });
});

describe('samePeriodLastYear', () => {
  test.each([
    ['2026-W47', '2025-W47'],
    ['2026-W53', '2025-W52'],
    ['2027-W52', '2026-W52'],
    ['2024-02', '2023-02'],
    ['2026-Q3', '2025-Q3'],
    ['2026', '2025'],
  ])('of %s is %s', (text, before) => {
    expect(periodToText(samePeriodLastYear(parsed(text)))).toBe(before);
  });

  test('is a period that exists, about a year earlier', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const before = samePeriodLastYear(period);
        expect(parsed(periodToText(before))).toEqual(before);
        const days = daysBetween(firstDay(before), firstDay(period));
        expect(days).toBeGreaterThanOrEqual(364);
        expect(days).toBeLessThanOrEqual(371);
      }),
    );
  });
});
