import { afterEach, describe, expect, it } from 'vitest';
import type { Overview, ServiceScore } from '../../protocol/scores.ts';
import {
  aSession,
  ok,
  openWebView,
  problem,
  readable,
  type StagedWebView,
} from '../shell/staged-web-view.tsx';
import { aFigure, anOverview, aServiceScore, aShare, NOTHING_SET_ASIDE } from './staged-scores.ts';

let view: StagedWebView;
afterEach(() => view.close());

async function openOverview(
  services: readonly ServiceScore[],
  changes: Partial<Overview> = {},
  address = '/admin/?period=2026-W47',
): Promise<string> {
  view = await openWebView(address, {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/scores/overview': () => ok(anOverview(services, changes)),
  });
  return view.text();
}

const sentence = () => readable(view.page.querySelector('.finding-sentence')?.textContent ?? null);
const rowTexts = () =>
  [...view.page.querySelectorAll('.service .reading-rows > div')].map((row) => readable(row.textContent));

describe('the week', () => {
  it('is the page’s only first heading, the window’s title and a link that can be shared', async () => {
    await openOverview([aServiceScore()], {}, '/admin/');
    expect(view.page.querySelectorAll('h1')).toHaveLength(1);
    expect(view.page.querySelector('h1')?.textContent).toBe('Semaine 48');
    expect(document.title).toBe('Semaine 48 – Parvis');
    expect(location.search).toBe('?period=2026-W48');
  });

  it('shows a share with its name, base, interval and verdict', async () => {
    const text = await openOverview([aServiceScore({ figure: aShare(196, 200) })]);
    expect(text).toContain('Part de satisfaits');
    expect(rowTexts()[0]).toContain('Semaine 47');
    expect(rowTexts()[0]).toContain('98,0 %');
    expect(rowTexts()[0]).toContain('base 200');
    expect(rowTexts()[0]).toContain('intervalle à 95 % : de 95,0 à 99,2 %');
    expect(text).toContain('Objectif 90 % : atteint');
    expect(text.split('ne sont pas représentatifs')).toHaveLength(2);
  });

  it.each([
    [aShare(196, 200), 'Objectif 90 % : atteint'],
    [aShare(186, 219), 'Objectif 90 % : non atteint'],
    [aShare(27, 30), 'Objectif 90 % : pas encore démontré'],
  ])('says the verdict in words beside a shape of its own', async (figure, words) => {
    const text = await openOverview([aServiceScore({ figure })]);
    expect(text).toContain(words);
    expect(view.page.querySelector('.target-verdict svg[aria-hidden=true]')).not.toBeNull();
  });

  it('is useful with 3 answers: the weeks before speak, and say so', async () => {
    const text = await openOverview([
      aServiceScore({ responses: 3, figure: aShare(3, 3), compared: aFigure() }),
    ]);
    expect(text).toContain('3 réponses, contre 38');
    expect(rowTexts()).toEqual([
      'Semaine 473 réponses : trop peu, chiffre masqué',
      'Semaine 46aucune réponse exprimée',
      expect.stringContaining('93,8 %base 160'),
      expect.stringContaining('94,0 %base 500'),
    ]);
    expect(text).toContain('Objectif 90 % : pas encore démontré (sur 4 semaines)');
  });

  it('tells counts without a share from 5 to 10, and a small base up to 29', async () => {
    await openOverview([
      aServiceScore({
        figure: aShare(6, 7),
        compared: aShare(15, 17),
        rolling4: aFigure(),
        rolling13: aFigure(),
      }),
    ]);
    expect(rowTexts()[0]).toBe('Semaine 476 satisfaits, 1 insatisfait');
    expect(rowTexts()[1]).toContain('88,2 %base 17 effectif faible');
    expect(view.text()).toContain('Objectif 90 % : pas de verdict sous 30 réponses');
  });

  it.each([
    [{ kind: 'signal', direction: 'down', p: 0.001 } as const, 'Signal : en baisse'],
    [{ kind: 'signal', direction: 'up', p: 0.001 } as const, 'Signal : en hausse'],
    [{ kind: 'no-signal', p: 0.3 } as const, 'Pas de signal'],
    [{ kind: 'not-enough' } as const, 'Trop peu de réponses pour le dire'],
  ])('tells the signal in words', async (signal, words) => {
    await openOverview([aServiceScore({ signal })]);
    expect(readable(view.page.querySelector('.service-signal')?.textContent ?? null)).toBe(words);
  });

  it('shows late answers as a revision', async () => {
    const revision = {
      week: '2026-W47',
      revisedOn: '2026-11-24',
      addedResponses: 3,
      includedResponses: 0,
      excludedResponses: 0,
      baseBefore: 41,
      baseAfter: 44,
      shareBefore: 0.91,
      shareAfter: 0.9,
    };
    const text = await openOverview([aServiceScore({ revision })]);
    expect(text).toContain('+3 réponses reçues après la clôture, 91,0 → 90,0 %');
    expect(text).toContain('1 service révisé après la clôture');
  });

  it('links what is to be read to exactly those texts', async () => {
    await openOverview([aServiceScore({ unreadVerbatims: 5 })]);
    const link = view.page.querySelector('.to-read');
    expect(readable(link?.textContent ?? null)).toBe('5 suggestions à lire');
    expect(link?.getAttribute('href')).toBe(
      '/admin/verbatims?period=2026-W47&organisation=ville&service=accueil',
    );
  });

  it('hides a total that would tell what is hidden, and says why', async () => {
    const hidden = {
      ...aShare(150, 160),
      disclosure: 'hidden' as const,
      counts: null,
      measures: null,
      interval: null,
      verdict: null,
    };
    const text = await openOverview(
      [aServiceScore(), aServiceScore({ serviceId: 'b' as ServiceScore['serviceId'], serviceName: 'B' })],
      {
        total: {
          responses: 163,
          setAside: NOTHING_SET_ASIDE,
          figure: hidden,
          rolling4: aShare(9, 12),
          rolling13: aShare(9, 12),
        },
      },
    );
    expect(text).toContain('chiffre masqué');
    expect(text).toContain('Le total est masqué');
    expect(text).not.toContain('160 réponses : trop peu');
  });

  it('says what is set aside, why, and what the share would be with it', async () => {
    const setAside = {
      responses: 14,
      reasons: [
        { reason: 'burst' as const, responses: 12 },
        { reason: 'closed-hours' as const, responses: 2 },
      ],
      shareWith: 0.871,
    };
    const text = await openOverview([aServiceScore({ setAside })]);
    expect(text.replaceAll(/\s/g, ' ')).toContain(
      '14 réponses signalées mises de côté (rafales : 12, hors horaires : 2). Avec elles : 87,1 %.',
    );
    view.close();
    expect(await openOverview([aServiceScore({ setAside: { ...setAside, shareWith: null } })])).not.toContain(
      'Avec elles',
    );
    view.close();
    expect(await openOverview([aServiceScore()])).not.toContain('de côté');
  });

  it('lists services in preparation quietly', async () => {
    const text = await openOverview([
      aServiceScore(),
      aServiceScore({ status: 'in-preparation', serviceName: 'Espace Familles', tablets: [] }),
    ]);
    expect(text).toContain('En préparation Espace Familles');
    expect(view.page.querySelectorAll('article')).toHaveLength(1);
  });
});

describe('the first sentence', () => {
  const changed = (serviceName: string, direction: 'up' | 'down') =>
    aServiceScore({
      serviceName,
      serviceId: (serviceName === 'État civil' ? 'etat-civil' : serviceName) as ServiceScore['serviceId'],
      signal: { kind: 'signal', direction, p: 0 },
    });

  it('says that nothing changed', async () => {
    await openOverview([aServiceScore()]);
    expect(sentence()).toBe('Rien n’a changé.');
  });

  it('names the one that changed', async () => {
    await openOverview([aServiceScore(), changed('État civil', 'down')]);
    expect(sentence()).toBe('Un service a changé : État civil est en baisse.');
  });

  it('counts those that changed, and names them', async () => {
    const text = await openOverview([changed('A', 'down'), changed('B', 'up'), changed('C', 'down')]);
    expect(sentence()).toBe('3 services ont changé.');
    expect(text).toContain('En baisse : A, C.');
    expect(text).toContain('En hausse : B.');
  });

  it('names those shown to miss the target, by the week or the weeks before it', async () => {
    const low = aServiceScore({ serviceName: 'A', figure: aShare(2, 3), rolling4: aShare(60, 100) });
    const text = await openOverview([low, aServiceScore()]);
    expect(text).toContain('Objectif non atteint : A');
    expect(text).toContain('non atteint (sur 4 semaines)');
  });

  it('does not take too few answers for no change', async () => {
    await openOverview([aServiceScore({ signal: { kind: 'not-enough' } })]);
    expect(sentence()).toBe('Trop peu de réponses pour dire si quelque chose a changé.');
  });

  it('says since when a tablet is silent', async () => {
    const [tablet] = aServiceScore().tablets;
    if (tablet === undefined) throw new Error('The staged service has no tablet.');
    const silent = { ...tablet, isSilent: true, lastSeenAt: '2026-11-17T16:00:00Z' };
    const text = await openOverview([aServiceScore({ tablets: [silent] })]);
    expect(text).toContain('1 tablette muette depuis mardi 17 novembre');
    view.close();
    const past = await openOverview([aServiceScore({ tablets: [silent] })], { lastDay: '2026-01-04' });
    expect(past).not.toContain('1 tablette muette');
  });

  it('says what to do when there is no tablet yet, and why there may be no answer', async () => {
    const none = {
      responses: 0,
      comparedResponses: 0,
      figure: aFigure(),
      compared: aFigure(),
      rolling4: aFigure(),
      rolling13: aFigure(),
      signal: { kind: 'not-enough' } as const,
    };
    const total = {
      responses: 0,
      setAside: NOTHING_SET_ASIDE,
      figure: aFigure(),
      rolling4: aFigure(),
      rolling13: aFigure(),
    };
    await openOverview([aServiceScore({ ...none, tablets: [] })], { total });
    expect(sentence()).toBe('Aucune tablette n’est encore installée.');
    expect(view.page.querySelector('.notice a')?.getAttribute('href')).toBe(
      '/admin/tablettes?period=2026-W47',
    );
    view.close();
    await openOverview([aServiceScore(none)], { total, isOpen: true });
    expect(sentence()).toBe('Aucune réponse cette semaine.');
    expect(view.text()).toContain('une tablette est éteinte, ou muette');
  });
});

describe('the export', () => {
  it('carries the very parameters of the screen', async () => {
    await openOverview([aServiceScore()], {}, '/admin/?period=2026-Q4&compare=last-year');
    const links = [...view.page.querySelectorAll('.menu-panel a[download]')].map((link) =>
      link.getAttribute('href'),
    );
    expect(links).toEqual([
      '/api/v1/exports/overview.csv?period=2026-Q4&compare=last-year',
      '/api/v1/exports/overview.xlsx?period=2026-Q4&compare=last-year',
      '/api/v1/exports/overview.ods?period=2026-Q4&compare=last-year',
    ]);
    expect(view.requests.at(-1)?.url.search).toBe('?period=2026-Q4&compare=last-year');
  });
});

describe('a page that does not come', () => {
  it('says so and tries again when asked', async () => {
    let isUp = false;
    view = await openWebView('/admin/?period=2026-W47', {
      'GET /api/v1/session': () => ok(aSession()),
      'GET /api/v1/scores/overview': () => (isUp ? ok(anOverview([aServiceScore()])) : problem('overloaded')),
    });
    expect(readable(view.page.querySelector('[role=alert]')?.textContent ?? null)).toContain(
      'Le serveur est très occupé.',
    );
    isUp = true;
    await view.click('Réessayer');
    expect(sentence()).toBe('Rien n’a changé.');
  });
});
