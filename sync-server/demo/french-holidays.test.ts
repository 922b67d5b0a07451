import { describe, expect, it } from 'vitest';
import { frenchHolidays } from './french-holidays.ts';

describe('French public holidays', () => {
  it('finds Easter Monday, Ascension and Whit Monday beside the fixed days', () => {
    expect(frenchHolidays(2026)).toEqual([
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
    expect(frenchHolidays(2024)).toContain('2024-04-01');
    expect(frenchHolidays(2038)).toContain('2038-04-26');
  });
});
