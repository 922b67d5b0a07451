import { afterEach, describe, expect, it } from 'vitest';
import type { ItemScore, ServiceDetail } from '../../protocol/scores.ts';
import { aSession, ok, openWebView, readable, type StagedWebView } from '../shell/staged-web-view.tsx';
import { formatMeasure } from './measures.ts';
import { aFigure, anItemScore, aServiceDetail, aShare } from './staged-scores.ts';
import { trendFinding } from './trend-finding.ts';
import { trendRows } from './trend-rows.ts';

let view: StagedWebView | undefined;
afterEach(() => {
  view?.close();
  view = undefined;
});

async function openService(detail: ServiceDetail, query = ''): Promise<HTMLElement> {
  view = await openWebView(`/admin/services/ville/accueil?period=2026-W47${query}`, {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/scores/services/ville/accueil': () => ok(detail),
  });
  return view.page;
}

const cells = (row: Element) => [...row.children].map((cell) => readable(cell.textContent));

describe('a service', () => {
  it('is named in the heading and in the window’s title', async () => {
    const page = await openService(aServiceDetail());
    expect(page.querySelector('h1')?.textContent).toBe('Accueil général');
    expect(document.title).toBe('Accueil général – Semaine 47 – Parvis');
  });

  it('shows how the answers spread, as a bar and as a table with the same counts', async () => {
    const page = await openService(aServiceDetail());
    const rows = [...page.querySelectorAll('.distribution tbody tr')].map(cells);
    expect(rows).toEqual([
      ['Très satisfait', '126', '57,5 %'],
      ['Plutôt satisfait', '60', '27,4 %'],
      ['Plutôt pas satisfait', '16', '7,3 %'],
      ['Pas du tout satisfait', '17', '7,8 %'],
      ['Non concerné', '4', 'hors base'],
    ]);
    const bars = [...page.querySelectorAll('.level-bar rect')].map((bar) =>
      Number.parseFloat(bar.getAttribute('width') ?? ''),
    );
    expect(bars.map((width) => Math.round((width * 219) / 100))).toEqual([126, 60, 16, 17]);
  });

  it('names the measure and can be read by another', async () => {
    const page = await openService(aServiceDetail());
    const value = () => readable(page.querySelector('.item-value')?.textContent ?? null);
    expect(value()).toBe('84,9 % Part de satisfaits, sur 219 réponses');
    await view?.click('Indice de satisfaction sur 100');
    expect(value()).toBe('78,2 Indice de satisfaction sur 100, sur 219 réponses');
    expect(location.search).toContain('measure=happy-index');
    expect(page.querySelector('[aria-current=true][href*="happy-index"]')).not.toBeNull();
  });

  it('gives counts and no share where there are too few answers', async () => {
    const figure = aFigure({ 'very-satisfied': 6, 'very-dissatisfied': 1 });
    const page = await openService(aServiceDetail({ items: [anItemScore({ figure })] }));
    expect(readable(page.querySelector('.item-undisclosed')?.textContent ?? null)).toBe(
      '6 satisfaits, 1 insatisfait',
    );
    expect([...page.querySelectorAll('.distribution thead th')].map((cell) => cell.textContent)).toEqual([
      'Réponse',
      'Nombre',
    ]);
    expect(view?.text()).toContain('Parts non calculées : trop peu de réponses.');
  });

  it('shows what changed after closing', async () => {
    const page = await openService(aServiceDetail());
    const table = [...page.querySelectorAll('table')].at(-1);
    expect([...(table?.querySelectorAll('tbody tr') ?? [])].map(cells)).toEqual([
      ['semaine 46', 'lundi 23 novembre 2026', '+3 réponses reçues', '91,0 → 90,2 %'],
    ]);
  });
});

describe('a closed week', () => {
  const revision = (changes: Partial<ServiceDetail['revisions'][number]>) => ({
    week: '2026-W47',
    revisedOn: '2026-11-24',
    addedResponses: 3,
    includedResponses: 0,
    excludedResponses: 0,
    baseBefore: 100,
    baseAfter: 103,
    shareBefore: 0.91,
    shareAfter: 0.903,
    ...changes,
  });
  const line = () => readable(view?.page.querySelector('.closed-line')?.textContent ?? null);

  it('keeps the figure it was published with, and dates what was added to it since', async () => {
    const later = { revisedOn: '2026-11-26', addedResponses: 1, baseBefore: 103, baseAfter: 104 };
    await openService(
      aServiceDetail({
        revisions: [revision({ ...later, shareBefore: 0.903, shareAfter: 0.904 }), revision({})],
      }),
    );
    expect(line()).toBe(
      'Publié à la clôture : 91,0 %, base 100. +3 réponses reçues le 24 novembre 2026, +1 réponse reçue le 26 novembre 2026 : 90,4 %, base 104 aujourd’hui.',
    );
  });

  it('says nothing where only other weeks were revised', async () => {
    await openService(aServiceDetail({ revisions: [revision({ week: '2026-W45' })] }));
    expect(line()).toBe('');
  });
});

describe('the ways answers came', () => {
  it('are told apart, with how far each is from the commonest and whether that is shown', async () => {
    await openService(
      aServiceDetail({
        channels: [
          { channel: 'tablet', responses: 200, figure: aShare(180, 200), difference: null },
          {
            channel: 'phone',
            responses: 40,
            figure: aShare(30, 40),
            difference: { difference: -0.15, low: -0.306, high: -0.031, isOpen: false },
          },
        ],
      }),
    );
    expect(view?.text()).toContain(
      'Téléphone par rapport à tablette : −15,0 points (de −30,6 à −3,1), écart démontré.',
    );
  });
});

describe('the trend', () => {
  it('has a table with a caption, headed rows and the very numbers of the curve', async () => {
    const detail = aServiceDetail();
    const page = await openService(detail);
    const table = page.querySelector('details table');
    expect(readable(table?.querySelector('caption')?.textContent ?? null)).toBe(
      'Part de satisfaits par semaine : Globalement, que pensez-vous de votre visite ?',
    );
    const shown = [...(table?.querySelectorAll('tbody tr') ?? [])].map(cells).toReversed();
    const drawn = trendRows(detail.trend, 'share-satisfied');
    expect(shown).toHaveLength(52);
    expect(shown.map((row) => [row[3], row[5]])).toEqual(
      drawn.map(({ value, rolling }) =>
        [value, rolling].map((one) => (one === null ? '–' : readable(formatMeasure('share-satisfied', one)))),
      ),
    );
    expect(shown[41]?.slice(2, 5)).toEqual(['3', '–', '3']);
    expect(table?.querySelectorAll('tbody th[scope=row]')).toHaveLength(52);
    expect(page.querySelector('canvas[role=img]')?.getAttribute('aria-label')).toContain('52 semaines');
  });

  it('is of the item asked for in the address', async () => {
    await openService(aServiceDetail(), '&item=ATTE');
    const asked = view?.requests.find(({ url }) => url.pathname.includes('/services/'));
    expect(asked?.url.searchParams.get('item')).toBe('ATTE');
  });
});

describe('the finding of the trend', () => {
  const findingOf = (shares: readonly number[], base = 400) =>
    readable(
      trendFinding(
        trendRows(
          aServiceDetail().trend.map((point, index) => ({
            ...point,
            rolling13:
              index < shares.length ? aShare(Math.round((shares[index] ?? 0) * base), base) : aFigure(),
          })),
          'share-satisfied',
        ),
        'share-satisfied',
      ),
    );

  it('tells a rise or a fall only where chance does not explain it', () => {
    expect(findingOf([0.8, 0.85, 0.95])).toBe(
      'En hausse depuis novembre 2025 : de 80,0 % à 95,0 % de satisfaits.',
    );
    expect(findingOf([0.95, 0.85, 0.8])).toBe(
      'En baisse depuis novembre 2025 : de 95,0 % à 80,0 % de satisfaits.',
    );
    expect(findingOf([0.9, 0.91])).toBe(
      'Pas de changement démontré depuis novembre 2025 : 90,0 %, puis 91,0 % de satisfaits.',
    );
  });

  it('names a hollow in between', () => {
    expect(findingOf([0.93, 0.75, 0.92])).toContain('Creux à 75,0 % en semaine 49.');
    expect(findingOf([0.75, 0.92])).not.toContain('Creux');
  });

  it('says that there is nothing to say yet', () => {
    expect(findingOf([])).toBe('Pas encore assez de réponses pour une tendance.');
    expect(findingOf([0.9])).toBe('90,0 % de satisfaits sur 13 semaines (base 400).');
  });
});

describe('a choice', () => {
  it('has counts and no measure', async () => {
    const choice = anItemScore({
      kind: 'choice',
      scaleId: null,
      isGlobal: false,
      itemId: 'OBJ' as ItemScore['itemId'],
      stem: 'Quel est l’objet de votre visite\u202f?',
      options: [
        { code: 'id', label: 'Carte d’identité' },
        { code: 'vote', label: 'Élections' },
      ],
      figure: { ...aFigure(), base: 40, disclosure: 'comparable', counts: { id: 30, vote: 10 } },
    });
    const page = await openService(aServiceDetail({ items: [anItemScore(), choice] }));
    const card = [...page.querySelectorAll('.item-card')].at(-1);
    expect(card?.querySelector('.item-value')).toBeNull();
    expect([...(card?.querySelectorAll('tbody tr') ?? [])].map(cells)).toEqual([
      ['Carte d’identité', '30', '75,0 %'],
      ['Élections', '10', '25,0 %'],
    ]);
  });
});
