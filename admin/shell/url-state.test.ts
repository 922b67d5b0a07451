import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '../../domain/weeks.ts';
import { parsePeriod, periodToText } from '../../domain/periods.ts';
import { periodAs, periodAfter, periodChoices, presetsOf } from './period-choices.ts';
import { openingPeriod, pageAddress, queryOf, type View, viewOf } from './url-state.ts';

const text = fc.string({ maxLength: 20 }).filter((value) => value !== '');
const views: fc.Arbitrary<View> = fc
  .record({
    period: fc.constantFrom('2026-W47', '2026-W53', '2026-11', '2026-Q4', '2026', '').map((value) => {
      const period = parsePeriod(value);
      return period.ok ? period.value : null;
    }),
    compare: fc.constantFrom('before' as const, 'last-year' as const),
    by: fc.constantFrom('services' as const, 'sites' as const, 'items' as const, 'periods' as const),
    item: fc.option(text),
    measure: fc.constantFrom(
      'share-satisfied' as const,
      'happy-index' as const,
      'net-promoter-score' as const,
    ),
    channel: fc.constantFrom('tablet' as const, 'phone' as const, null),
    service: fc.option(fc.tuple(text, text)),
    search: fc.string({ maxLength: 30 }),
    state: fc.constantFrom('unread' as const, 'read' as const, 'hidden' as const, 'all' as const),
    language: fc.constantFrom('fr' as const, 'ar' as const, null),
    moderation: fc.constantFrom('to-moderate' as const, 'released' as const, null),
    theme: fc.option(text),
    cursor: fc.option(text),
    day: fc.constantFrom('2026-11-18', '2024-02-29', null),
  })
  .map(({ service, ...view }) => ({
    ...view,
    organisation: service?.[0] ?? null,
    service: service?.[1] ?? null,
  }));

describe('what is looked at', () => {
  it('stands whole in the address, and is read back from it', () => {
    fc.assert(
      fc.property(views, (view) => {
        const address = pageAddress('/admin/verbatims', view);
        const query = Object.fromEntries(new URL(address, 'http://parvis.test').searchParams);
        expect(viewOf(query)).toEqual(view);
      }),
    );
  });

  it('falls back where the address makes no sense, so that no link is broken', () => {
    const view = viewOf({ period: '2026-W60', compare: 'x', measure: 'mood', state: '', service: 'alone' });
    expect(view).toEqual(viewOf({}));
    expect(view.period).toBeNull();
    expect(view.service).toBeNull();
  });

  it('is a short address when it is the usual view', () => {
    expect(pageAddress('/admin/', viewOf({ period: '2026-W47' }))).toBe('/admin/?period=2026-W47');
    expect(queryOf({})).toEqual(queryOf(viewOf({})));
  });
});

describe('the period that opens by itself', () => {
  const opening = (today: string, firstAnswerOn: string | null) =>
    periodToText(openingPeriod(today, firstAnswerOn));

  it('is the week just ended on a Monday, the current one on other days', () => {
    expect(opening('2026-11-23', '2025-11-17')).toBe('2026-W47');
    expect(opening('2026-11-24', '2025-11-17')).toBe('2026-W48');
    expect(opening('2026-11-29', '2025-11-17')).toBe('2026-W48');
  });

  it('is the current one on a Monday when nothing is older', () => {
    expect(opening('2026-11-23', null)).toBe('2026-W48');
    expect(opening('2026-11-23', '2026-11-23')).toBe('2026-W48');
  });
});

describe('the periods to choose from', () => {
  const period = (value: string) => {
    const parsed = parsePeriod(value);
    if (!parsed.ok) throw new Error(value);
    return parsed.value;
  };

  it('go from today back to the first answer', () => {
    const choices = periodChoices(period('2026-W47'), '2026-11-24', '2026-11-02').map(periodToText);
    expect(choices).toEqual(['2026-W48', '2026-W47', '2026-W46', '2026-W45']);
  });

  it('hold the one shown, wherever it lies', () => {
    const choices = periodChoices(period('2024-11'), '2026-11-24', '2026-10-02').map(periodToText);
    expect(choices).toEqual(['2026-11', '2026-10', '2024-11']);
  });

  it('have one after another without a gap', () => {
    expect(periodToText(periodAfter(period('2026-W53')))).toBe('2027-W01');
    expect(periodToText(periodAfter(period('2026-12')))).toBe('2027-01');
    expect(periodToText(periodAfter(period('2026-Q4')))).toBe('2027-Q1');
    expect(periodToText(periodAfter(period('2026')))).toBe('2027');
  });

  it('become the one of another length that holds the same last day, never a day to come', () => {
    expect(periodToText(periodAs('month', period('2026-W47'), '2026-11-24'))).toBe('2026-11');
    expect(periodToText(periodAs('week', period('2026-11'), '2026-11-24'))).toBe('2026-W48');
    expect(periodToText(periodAs('week', period('2026-10'), '2026-11-24'))).toBe('2026-W44');
    expect(periodToText(periodAs('year', period('2025-Q3'), '2026-11-24'))).toBe('2025');
  });

  it('offer a way to last week whatever the day', () => {
    for (let days = 0; days < 7; days += 1) {
      const today = addDays('2026-11-23', days);
      const lastWeek = presetsOf(today).find((preset) => preset.name === 'lastWeek');
      expect([weekdayOf(today), lastWeek && periodToText(lastWeek.period)]).toEqual([days + 1, '2026-W47']);
    }
  });
});
