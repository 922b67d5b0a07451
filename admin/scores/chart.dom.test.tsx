import { afterEach, describe, expect, it } from 'vitest';
import { controlLimits } from '../../domain/control-chart.ts';
import { addDays, addWeeks, firstDayOf } from '../../domain/weeks.ts';
import type { ChartEnd, ControlChartView, ControlPoint } from '../../protocol/scores.ts';
import { aSession, ok, openWebView, readable, type StagedWebView } from '../shell/staged-web-view.tsx';
import { chartTexts } from './chart-finding.ts';
import { anOverview, aServiceDetail, aServiceScore } from './staged-scores.ts';

let view: StagedWebView | undefined;
afterEach(() => {
  view?.close();
  view = undefined;
});

const point = (week: string, share: number, changes: Partial<ControlPoint> = {}): ControlPoint => {
  const { low, high } = controlLimits(0.9, 40);
  const firstDay = firstDayOf(week);
  const place = share < low ? 'below' : 'inside';
  return {
    week,
    firstDay,
    lastDay: addDays(firstDay, 6),
    base: 40,
    share,
    low,
    high,
    place,
    isInRun: false,
    ...changes,
  };
};
const chartEndingWith = (share: number, finding: ControlChartView['finding']): ControlChartView => ({
  weeksPerPoint: 1,
  centre: 0.9,
  finding,
  points: [
    ...Array.from({ length: 11 }, (_, index) =>
      point(addWeeks('2026-W47', index - 11), index === 3 ? 0.5 : 0.9),
    ),
    point('2026-W47', share),
  ],
});
const endOf = ({ points, ...head }: ControlChartView): ChartEnd => ({
  ...head,
  last: points.at(-1) ?? point('2026-W47', 1),
});
const FALL = chartEndingWith(0.6, { kind: 'outside', direction: 'down' });
const USUAL = chartEndingWith(0.9, { kind: 'stable' });

async function openService(chart: ControlChartView | null, query = ''): Promise<StagedWebView> {
  view = await openWebView(`/admin/services/ville/accueil?period=2026-W47${query}`, {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/scores/services/ville/accueil': () => ok(aServiceDetail({ chart })),
  });
  return view;
}

async function openWeek(chart: ChartEnd | null, week = '2026-W47'): Promise<StagedWebView> {
  view = await openWebView(`/admin/?period=${week}`, {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/scores/overview': () => ok(anOverview([aServiceScore({ chart })], { period: week })),
  });
  return view;
}

describe('the control chart on a service’s page', () => {
  it('is headed by what it shows, with the figure, its base and its limits', async () => {
    const { page } = await openService(FALL);
    expect(readable(page.querySelector('.trend-finding')?.textContent ?? null)).toBe(
      'Signal : la semaine 47 est en dessous de ses limites habituelles.',
    );
    expect(view?.text()).toContain('60,0 % (base 40), habituellement de 72,5 à 100,0 % sur cette base.');
    expect(view?.text()).toContain('Aussi hors limites sur ces 52 semaines : semaine 39.');
  });

  it('has its limits and its reading in the table beside it', async () => {
    const { page } = await openService(FALL);
    const [newest, ...older] = [...page.querySelectorAll('details tbody tr')].map((row) =>
      [...row.children].slice(-2).map((cell) => readable(cell.textContent)),
    );
    expect(newest).toEqual(['72,5–100,0 %', 'en dessous']);
    expect(older[0]).toEqual(['72,5–100,0 %', 'dans les limites']);
    expect(older.at(-1)).toEqual(['–', '–']);
  });

  it('is of the share satisfied alone', async () => {
    const { page } = await openService(FALL, '&measure=happy-index');
    expect(page.querySelector('.legend-limits')).toBeNull();
    expect(view?.text()).not.toContain('limites habituelles');
  });

  it('leaves the trend as it was where nothing is known to be usual', async () => {
    const { page } = await openService(null);
    expect(page.querySelector('.legend-limits')).toBeNull();
    expect(page.querySelectorAll('details thead th')).toHaveLength(8);
  });
});

describe('the control chart on the page of the week', () => {
  it('tells what is usual of a week that is', async () => {
    await openWeek(endOf(USUAL));
    expect(view?.text()).toContain('Semaine 47, limites habituelles : 72,5–100,0 %');
    expect(view?.page.querySelector('.finding-sentence')?.textContent).toBe('Rien n’a changé.');
  });

  it('makes a change of a week that strays, though the weeks before do not show it', async () => {
    await openWeek(endOf(FALL));
    expect(readable(view?.page.querySelector('.finding-sentence')?.textContent ?? null)).toBe(
      'Un service a changé : Accueil général est en baisse.',
    );
    expect(readable(view?.page.querySelector('.service-signal')?.textContent ?? null)).toBe(
      'Signal : en baisse',
    );
  });

  it('makes none of a chart that ends with another week', async () => {
    await openWeek(endOf(FALL), '2026-W48');
    expect(view?.page.querySelector('.finding-sentence')?.textContent).toBe('Rien n’a changé.');
  });
});

describe('the sentence of a chart', () => {
  const sentenceOf = (chart: ControlChartView) => readable(chartTexts(chart)[0] ?? null);
  it('names a run by its length and what is usual', () => {
    const run = { ...USUAL, finding: { kind: 'run', direction: 'up', length: 9 } as const };
    expect(sentenceOf(run)).toBe('Signal : 9 semaines de suite au-dessus de l’habitude (90,0 %).');
  });

  it('names four weeks together', () => {
    const chart = { ...USUAL, weeksPerPoint: 4 as const };
    expect(sentenceOf(chart)).toBe(
      'Pas de signal : les semaines 44 à 47 sont dans leurs limites habituelles.',
    );
    expect(chartTexts(chart).at(-1)).toContain('chaque point réunit 4');
  });
});
