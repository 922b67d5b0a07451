import { afterEach, describe, expect, it } from 'vitest';
import type { Comparison, ComparisonPanel } from '../../protocol/comparison.ts';
import { aFigure, aShare } from '../scores/staged-scores.ts';
import { aSession, ok, openWebView, readable, type StagedWebView } from '../shell/staged-web-view.tsx';

let view: StagedWebView | undefined;
afterEach(() => {
  view?.close();
  view = undefined;
});

const aPanel = (label: string, changes: Partial<ComparisonPanel> = {}): ComparisonPanel => ({
  key: label,
  label,
  place: 'Hôtel de Ville',
  service: { organisationId: 'ville', serviceId: 'accueil' } as ComparisonPanel['service'],
  scaleId: 'four-level',
  target: 0.9,
  figure: aShare(190, 200),
  compared: aShare(30, 40),
  points: Array.from({ length: 13 }, (_, index) => ({
    firstDay: '2025-11-24',
    lastDay: '2025-12-21',
    base: 40,
    share: index === 4 ? null : 0.9,
  })),
  ...changes,
});
const aComparison = (panels: readonly ComparisonPanel[], changes: Partial<Comparison> = {}): Comparison => ({
  by: 'services',
  period: '2026-W47',
  firstDay: '2026-11-16',
  lastDay: '2026-11-22',
  isOpen: false,
  compare: 'before',
  comparedPeriod: '2026-W46',
  today: '2026-11-24',
  isDemonstration: false,
  service: null,
  panels: [...panels],
  ...changes,
});
async function open(comparison: Comparison, query = ''): Promise<StagedWebView> {
  view = await openWebView(`/admin/comparer?period=2026-W47${query}`, {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/scores/comparison': () => ok(comparison),
  });
  return view;
}
const heading = () => readable(view?.page.querySelector('main section h2')?.textContent ?? null);
const rows = () =>
  [...(view?.page.querySelectorAll('tbody tr') ?? [])].map((row) =>
    [...row.children].map((cell) => readable(cell.textContent)),
  );

describe('a comparison', () => {
  it('is headed by the widest gap, and says whether chance would make it', async () => {
    await open(aComparison([aPanel('Accueil général'), aPanel('État civil', { figure: aShare(140, 200) })]));
    expect(heading()).toBe(
      'Du plus bas, État civil (70,0 %), au plus haut, Accueil général (95,0 %) : l’écart est démontré.',
    );
    view?.close();
    await open(aComparison([aPanel('Accueil général'), aPanel('État civil', { figure: aShare(93, 100) })]));
    expect(heading()).toContain('l’écart n’est pas démontré.');
  });

  it('asks more of the widest gap of many than of two', async () => {
    const two = [aPanel('A', { figure: aShare(95, 100) }), aPanel('B', { figure: aShare(85, 100) })];
    await open(aComparison(two));
    expect(heading()).toContain('l’écart est démontré.');
    view?.close();
    await open(
      aComparison([
        ...two,
        aPanel('C', { figure: aShare(90, 100) }),
        aPanel('D', { figure: aShare(91, 100) }),
      ]),
    );
    expect(heading()).toContain('l’écart n’est pas démontré.');
  });

  it('compares nothing that stands on too few answers', async () => {
    await open(aComparison([aPanel('Accueil général'), aPanel('État civil', { figure: aShare(10, 20) })]));
    expect(heading()).toBe('Trop peu de réponses pour comparer : il en faut 30 de part et d’autre.');
  });

  it('draws a small chart for each, with a gap where nothing is told, and the same figures in a table', async () => {
    const { page } = await open(
      aComparison([
        aPanel('Accueil général'),
        aPanel('CCAS', { figure: aFigure({ 'very-satisfied': 3 }), points: [] }),
      ]),
    );
    expect(page.querySelectorAll('.comparison-panel')).toHaveLength(2);
    expect(page.querySelectorAll('.spark-point')).toHaveLength(12);
    // Twelve points, of which two runs are joined.
    expect(page.querySelectorAll('.spark-line')).toHaveLength(10);
    expect(rows()).toEqual([
      ['Accueil général', '95,0 %', '200', '91,0–97,3 %', 'atteint', '75,0 %', '40'],
      ['CCAS', '–', '3', '–', '–', '75,0 %', '40'],
    ]);
    expect(readable(page.querySelector('[aria-label="CCAS"]')?.textContent ?? null)).toContain(
      '3 réponses : trop peu, chiffre masqué',
    );
  });

  it('says why a site is held back', async () => {
    const hidden = { ...aFigure(), base: 43, disclosure: 'hidden' as const };
    await open(aComparison([aPanel('Hôtel de Ville', { figure: hidden })], { by: 'sites' }), '&by=sites');
    expect(view?.text()).toContain('Un site est masqué');
  });

  it('may be of one service’s questions or of its last periods, all of it in the address', async () => {
    const { page } = await open(
      aComparison([aPanel('2026-W46'), aPanel('2026-W47')], { by: 'periods' }),
      '&by=periods&organisation=ville&service=accueil',
    );
    expect(rows().map(([name]) => name)).toEqual(['Semaine 46', 'Semaine 47']);
    const asked = view?.requests.find(({ url }) => url.pathname.endsWith('/comparison'));
    expect(asked?.url.search).toBe(
      '?by=periods&period=2026-W47&compare=before&organisation=ville&service=accueil',
    );
    expect(page.querySelector('.comparison-tools select')).not.toBeNull();
    expect(page.querySelector('[aria-current=true][href*="by=periods"]')).not.toBeNull();
  });
});
