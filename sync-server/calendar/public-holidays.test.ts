import { describe, expect, it } from 'vitest';
import { publicHolidays, publicHolidaysBetween } from './public-holidays.ts';

describe('French public holidays', () => {
  it('are the eleven of the law, Easter Monday, Ascension and Whit Monday beside the fixed days', async () => {
    expect([...(await publicHolidays(2026)).keys()]).toEqual([
      '2026-01-01',
      '2026-04-06',
      '2026-05-01',
      '2026-05-08',
      '2026-05-14',
      '2026-05-25',
      '2026-07-14',
      '2026-08-15',
      '2026-11-01',
      '2026-11-11',
      '2026-12-25',
    ]);
    expect((await publicHolidays(2024)).get('2024-04-01')).toBe('Lundi de Pâques');
    expect((await publicHolidays(2038)).has('2038-04-26')).toBe(true);
  });

  it('are found across the end of a year, and only between the days asked for', async () => {
    expect([...(await publicHolidaysBetween('2026-11-02', '2027-01-01')).keys()]).toEqual([
      '2026-11-11',
      '2026-12-25',
      '2027-01-01',
    ]);
  });
});
