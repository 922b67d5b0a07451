import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatCount,
  formatDate,
  formatDateRange,
  formatDay,
  formatDecimal,
  formatInstant,
  formatLanguage,
  formatShare,
  formatShortDate,
  formatSigned,
  formatSince,
  formatTarget,
} from './format.ts';
import { periodDays, periodInSentence, periodTitle, periodWithDays } from './period-words.ts';
import { t } from './typography.ts';

const NARROW = '\u202f';
const ZONE = 'Europe/Paris';
const NOW = Date.parse('2026-11-24T09:00:00Z');

describe('French numbers', () => {
  it('have a decimal comma and a narrow no-break space before the per cent sign', () => {
    expect(formatShare(0.84932)).toBe(`84,9${NARROW}%`);
    expect(formatShare(1)).toBe(`100,0${NARROW}%`);
    expect(formatTarget(0.9)).toBe(`90${NARROW}%`);
    expect(formatTarget(0.925)).toBe(`92,5${NARROW}%`);
  });

  it('group thousands with a narrow no-break space', () => {
    expect(formatCount(1_234_567)).toBe(`1${NARROW}234${NARROW}567`);
  });

  it('have a true minus sign, and none before zero', () => {
    expect(formatDecimal(-6.25, 2)).toBe('−6,25');
    expect(formatDecimal(-0.01)).toBe('0,0');
    expect(formatSigned(3)).toBe('+3');
    expect(formatSigned(0)).toBe('0');
    expect(formatSigned(-4.44, 1)).toBe('−4,4');
  });
});

describe('French dates', () => {
  it('are written as the French write them', () => {
    expect(formatDay('2026-11-16')).toBe('lundi 16 novembre 2026');
    expect(formatDate('2026-11-01')).toBe('1er novembre 2026');
    expect(formatDay('2026-12-01')).toBe('mardi 1er décembre 2026');
    expect(formatShortDate('2026-11-11')).toBe('11 nov.');
  });

  it('share what the two ends of a range have in common', () => {
    expect(formatDateRange('2026-11-16', '2026-11-22')).toBe('16–22 novembre 2026');
    expect(formatDateRange('2026-11-30', '2026-12-06')).toBe('30 novembre–6 décembre 2026');
    expect(formatDateRange('2026-12-28', '2027-01-03')).toBe('28 décembre 2026–3 janvier 2027');
    expect(formatDateRange('2026-06-01', '2026-06-07')).toBe('1er–7 juin 2026');
  });

  it('put instants on the clock of the site, across the change of the clocks', () => {
    expect(formatInstant('2026-11-17T13:05:00Z', ZONE)).toBe('mardi 17 novembre 2026 à 14\u00a0h\u00a005');
    expect(formatInstant('2026-07-14T22:30:00Z', ZONE)).toBe('mercredi 15 juillet 2026 à 0\u00a0h\u00a030');
  });

  it('say how long ago as one would say it', () => {
    expect(formatAgo('2026-11-24T08:59:40Z', NOW, ZONE)).toBe('à l’instant');
    expect(formatAgo('2026-11-24T08:48:00Z', NOW, ZONE)).toBe('il y a 12 min');
    expect(formatAgo('2026-11-24T07:02:00Z', NOW, ZONE)).toBe('aujourd’hui à 8\u00a0h\u00a002');
    expect(formatAgo('2026-11-23T16:02:00Z', NOW, ZONE)).toBe('hier à 17\u00a0h\u00a002');
    expect(formatAgo('2026-11-17T16:02:00Z', NOW, ZONE)).toBe('mardi 17 novembre');
    expect(formatSince('2026-11-17T16:02:00Z', NOW, ZONE)).toBe('mardi 17 novembre');
    expect(formatSince('2026-11-23T16:02:00Z', NOW, ZONE)).toBe('hier, 17\u00a0h\u00a002');
  });

  it('do not take a tablet whose clock runs ahead for one seen long ago', () => {
    expect(formatAgo('2026-11-24T09:03:00Z', NOW, ZONE)).toBe('à l’instant');
  });
});

describe('periods', () => {
  it('have a name, days, and a place in a sentence', () => {
    const week = { kind: 'week', week: '2026-W47' } as const;
    expect(periodTitle(week)).toBe('Semaine 47');
    expect(periodWithDays(week)).toBe('Semaine 47 (16–22 novembre 2026)');
    expect(periodInSentence(week)).toBe('semaine 47');
    expect(periodTitle({ kind: 'month', month: '2026-08' })).toBe('Août 2026');
    expect(periodTitle({ kind: 'quarter', quarter: '2026-Q1' })).toBe('1er trimestre 2026');
    expect(periodTitle({ kind: 'quarter', quarter: '2026-Q4' })).toBe('4e trimestre 2026');
    expect(periodDays({ kind: 'quarter', quarter: '2026-Q4' })).toBe('1er octobre–31 décembre 2026');
    expect(periodTitle({ kind: 'year', year: '2026' })).toBe('Année 2026');
    expect(periodInSentence({ kind: 'year', year: '2026' })).toBe('2026');
  });
});

describe('French typography', () => {
  it('puts spaces that do not break where a reader of the source sees plain ones', () => {
    expect(t`Combien ? « ${12} » : oui ; 90 % !`).toBe(
      `Combien${NARROW}? «${NARROW}12${NARROW}»\u00a0: oui${NARROW}; 90${NARROW}%${NARROW}!`,
    );
  });

  it('names languages in French', () => {
    expect(formatLanguage('pt')).toBe('portugais');
    expect(formatLanguage('en')).toBe('anglais');
  });
});
