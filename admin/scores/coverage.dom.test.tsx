import { afterEach, describe, expect, it } from 'vitest';
import type { CoverageGapView, CoverageView } from '../../protocol/coverage.ts';
import { aSession, ok, openWebView, readable, type StagedWebView } from '../shell/staged-web-view.tsx';
import { anOverview, aServiceDetail, aServiceScore } from './staged-scores.ts';

let view: StagedWebView | undefined;
afterEach(() => {
  view?.close();
  view = undefined;
});

const aGap = (changes: Partial<CoverageGapView> = {}): CoverageGapView => ({
  pointName: 'Accueil',
  date: '2026-11-17',
  from: '09:00',
  to: '12:00',
  minutes: 180,
  isWholeDay: false,
  ...changes,
});
const aCoverage = (changes: Partial<CoverageView> = {}): CoverageView => ({
  openMinutes: 2_700,
  aliveMinutes: 2_520,
  measuredFrom: null,
  gaps: [aGap()],
  otherGaps: 0,
  ...changes,
});
async function openService(coverage: CoverageView | null): Promise<Element | null> {
  view = await openWebView('/admin/services/ville/accueil?period=2026-W47', {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/scores/services/ville/accueil': () => ok(aServiceDetail({ coverage })),
  });
  return view.page.querySelector('.coverage');
}
const gapsIn = (page: Element | null | undefined) =>
  [...(page?.querySelectorAll('.coverage-gaps li') ?? [])].map((line) => readable(line.textContent));

describe('the coverage of a service', () => {
  it('stands beside the score, with its hours and the gaps by name', async () => {
    const block = await openService(
      aCoverage({ gaps: [aGap(), aGap({ date: '2026-11-19', from: '13:30', to: '17:15' })] }),
    );
    expect(readable(block?.querySelector('p')?.textContent ?? null)).toBe(
      'Couverture : tablette en marche 93,3 % des heures d’ouverture (42 h sur 45 h)',
    );
    expect(gapsIn(block)).toEqual([
      'mardi 17 novembre, 9 h–12 h : éteinte ou hors réseau',
      'jeudi 19 novembre, 13 h 30–17 h 15 : éteinte ou hors réseau',
    ]);
  });

  it('names a whole day once, and the point where there are several', async () => {
    const gaps = [
      aGap({ isWholeDay: true }),
      aGap({ isWholeDay: true, from: '13:30', to: '17:30' }),
      aGap({ pointName: 'Guichet', date: '2026-11-18' }),
    ];
    expect(gapsIn(await openService(aCoverage({ gaps })))).toEqual([
      'mardi 17 novembre, toute la journée : éteinte ou hors réseau (Accueil)',
      'mercredi 18 novembre, 9 h–12 h : éteinte ou hors réseau (Guichet)',
    ]);
  });

  it('says since when it is known, and nothing where it is not', async () => {
    const block = await openService(aCoverage({ measuredFrom: '2026-11-18', gaps: [] }));
    expect(readable(block?.textContent ?? null)).toContain('Mesurée depuis le 18 novembre 2026.');
    view?.close();
    expect(await openService(null)).toBeNull();
  });

  it('counts on the page of the week the gaps it has no room for', async () => {
    const gaps = ['16', '17', '18', '19'].map((day) => aGap({ date: `2026-11-${day}` }));
    view = await openWebView('/admin/?period=2026-W47', {
      'GET /api/v1/session': () => ok(aSession()),
      'GET /api/v1/scores/overview': () =>
        ok(anOverview([aServiceScore({ coverage: aCoverage({ gaps, otherGaps: 1 }) })])),
    });
    expect(gapsIn(view.page)).toEqual([
      'lundi 16 novembre, 9 h–12 h : éteinte ou hors réseau',
      'mardi 17 novembre, 9 h–12 h : éteinte ou hors réseau',
      'et 3 autres interruptions',
    ]);
  });
});
