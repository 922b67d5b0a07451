import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Verbatim, VerbatimChange, VerbatimPage } from '../../protocol/verbatims.ts';
import {
  aSession,
  ok,
  openWebView,
  problem,
  readable,
  type StagedWebView,
} from '../shell/staged-web-view.tsx';

const MARKUP = '<b>gras</b> <img src=x onerror="alert(1)">\nseconde ligne';
let view: StagedWebView;
let page: VerbatimPage;

beforeEach(() => {
  page = {
    verbatims: [
      aVerbatim('10000000-0000-8000-8000-000000000001', { text: MARKUP }),
      aVerbatim('10000000-0000-8000-8000-000000000002', { language: 'pt', text: 'Muito obrigado' }),
      aVerbatim('10000000-0000-8000-8000-000000000003', {
        readAt: '2026-11-23T16:00:00Z',
        readBy: 'Karim B.',
      }),
    ],
    total: 3,
    unreadCount: 2,
    toModerateCount: 3,
    countedUpTo: null,
    themes: [
      { organisationId: 'ville' as Verbatim['organisationId'], themeId: 'locaux', name: 'Les locaux' },
    ],
    mayChange: true,
    mayModerate: true,
    nextCursor: null,
    isDemonstration: false,
  };
});
afterEach(() => view.close());

function aVerbatim(responseId: string, changes: Partial<Verbatim>): Verbatim {
  return {
    organisationId: 'ville' as Verbatim['organisationId'],
    responseId: responseId as Verbatim['responseId'],
    serviceId: 'accueil' as Verbatim['serviceId'],
    serviceName: 'Accueil général',
    siteName: 'Hôtel de Ville',
    localDate: '2026-11-17',
    halfDay: 'am',
    language: 'fr',
    channel: 'tablet',
    text: 'Très bon accueil.',
    hits: [],
    themes: [],
    touched: [],
    personalData: [],
    readAt: null,
    readBy: null,
    version: 1,
    released: null,
    hidden: null,
    masked: null,
    original: null,
    ...changes,
  };
}

/** As the server would, with the next version for a decision. */
function changed(responseId: string, wanted: VerbatimChange): Verbatim {
  const verbatim = page.verbatims.find((one) => one.responseId === responseId) ?? aVerbatim(responseId, {});
  const signed = { at: '2026-11-24T09:00:00Z', by: 'Claire Martin' };
  switch (wanted.change) {
    case 'mark-read':
      return { ...verbatim, readAt: signed.at, readBy: signed.by };
    case 'mark-unread':
      return { ...verbatim, readAt: null, readBy: null };
    case 'hide':
      return {
        ...verbatim,
        version: 2,
        hidden: { ...signed, category: wanted.category, reason: wanted.reason },
      };
    default:
      return { ...verbatim, version: 3, hidden: null };
  }
}

async function open(query = '&state=all') {
  view = await openWebView(`/admin/verbatims?period=2026-W47${query}`, {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/verbatims': () => ok(page),
    ...Object.fromEntries(
      page.verbatims.map(({ responseId }) => [
        `PATCH /api/v1/verbatims/ville/${responseId}`,
        (_url: URL, body: unknown) => ok(changed(responseId, body as VerbatimChange)),
      ]),
    ),
  });
}

const texts = () => [...view.page.querySelectorAll('.verbatim-text')];
const sent = () => view.requests.filter(({ method }) => method === 'PATCH');

describe('a visitor’s text', () => {
  it('is shown as text, never as markup', async () => {
    await open();
    expect(texts()[0]?.textContent).toBe(MARKUP);
    expect(texts()[0]?.children).toHaveLength(0);
    expect(view.page.querySelector('.verbatims img, .verbatims b')).toBeNull();
  });

  it('is marked where the tablet found something personal in it, and nowhere else', async () => {
    page.verbatims[0] = aVerbatim('10000000-0000-8000-8000-000000000001', {
      personalData: ['telephone', 'name'],
    });
    await open();
    const marks = [...view.page.querySelectorAll('.tag')].filter((tag) =>
      tag.textContent.includes('personnelle'),
    );
    expect(marks.map((mark) => mark.textContent)).toEqual([
      'Peut contenir une donnée personnelle\u00a0: téléphone, nom',
    ]);
  });

  it('carries its language, named when it is not French', async () => {
    await open();
    expect(texts().map((text) => text.getAttribute('lang'))).toEqual(['fr', 'pt', 'fr']);
    expect(view.text()).toContain('Écrit en portugais');
    expect(view.text()).not.toContain('Écrit en français');
    expect(view.text()).toContain('mardi 17 novembre 2026, matin');
  });

  it('is marked as read by whoever reads it, and can be put back', async () => {
    await open();
    expect(view.text()).toContain('3 textes, dont 2 à lire');
    await view.click('Marquer comme lu');
    expect(sent().map(({ body }) => body)).toEqual([{ change: 'mark-read' }]);
    expect(view.text()).toContain('Lu par Claire Martin, à l’instant');
    expect(view.text()).toContain('dont 1 à lire');
    await view.click('Remettre à lire');
    expect(sent().at(-1)?.body).toEqual({ change: 'mark-unread' });
    expect(view.text()).toContain('dont 2 à lire');
  });

  it('can all be marked as read at once', async () => {
    await open();
    await view.click('Tout marquer comme lu');
    await view.settle();
    expect(sent()).toHaveLength(2);
    expect(view.text()).toContain('2 textes marqués comme lus.');
  });

  it('is hidden only with a reason, and can be shown again', async () => {
    await open();
    await view.click('Masquer…');
    const dialog = () => view.page.querySelector('dialog');
    await submit();
    expect(readable(dialog()?.textContent ?? null)).toContain('Choisissez un motif.');
    await choose('other');
    await submit();
    expect(readable(dialog()?.textContent ?? null)).toContain('Dites en quelques mots pourquoi');
    expect(sent()).toEqual([]);
    await view.type(dialog()?.querySelector('input[name=reason]') ?? null, ' hors sujet ');
    await submit();
    expect(sent().at(-1)?.body).toEqual({
      change: 'hide',
      version: 1,
      category: 'other',
      reason: 'hors sujet',
    });
    expect(dialog()).toBeNull();
    expect(view.text()).toContain('Masqué par Claire Martin, à l’instant : hors sujet');
    await view.click('Remettre à modérer');
    expect(sent().at(-1)?.body).toEqual({ change: 'reopen', version: 2 });
    expect(view.text()).not.toContain('Masqué par');
  });

  it('tells what somebody else has decided meanwhile, and keeps what was typed', async () => {
    await open();
    await view.click('Masquer…');
    await choose('names-agent');
    await view.type(view.page.querySelector('dialog input[name=reason]'), 'au guichet 2');
    const path = 'PATCH /api/v1/verbatims/ville/10000000-0000-8000-8000-000000000001';
    const accepting = view.replies[path];
    view.replies[path] = () => ({
      status: 409,
      body: {
        ...(problem('conflict').body as object),
        current: {
          version: 7,
          released: { at: '2026-11-24T08:59:00Z', by: 'Karim B.' },
          hidden: null,
          masked: null,
          masks: [],
        },
      },
    });
    await submit();
    expect(view.text()).toContain('Quelqu’un d’autre a décidé entre-temps');
    expect(view.text()).toContain('Karim B. l’a jugé publiable');
    expect(view.page.querySelector<HTMLInputElement>('input[name=reason]')?.value).toBe('au guichet 2');
    if (accepting !== undefined) view.replies[path] = accepting;
    await submit();
    expect(sent().at(-1)?.body).toMatchObject({ change: 'hide', version: 7, reason: 'au guichet 2' });
    expect(view.page.querySelector('dialog')).toBeNull();
  });

  it('tells what it is about and why, apart from what was touched on the tablet, and takes a theme by hand', async () => {
    page.verbatims[0] = aVerbatim('10000000-0000-8000-8000-000000000001', {
      themes: [
        { themeId: 'attente', name: 'L’attente', word: 'trop long', by: null, at: null },
        { themeId: 'accueil', name: 'L’accueil', word: null, by: 'Karim B.', at: '2026-11-23T16:00:00Z' },
      ],
      touched: ['Les horaires'],
    });
    await open();
    const themes = [...view.page.querySelectorAll('.theme')].map((one) => readable(one.textContent));
    expect(themes).toEqual(['L’attentemot « trop long »×', 'L’accueilpar Karim B.×']);
    expect(view.text()).toContain('Touché sur la tablette : Les horaires');
    await view.click('Retirer le thème « L’attente »');
    expect(sent().at(-1)?.body).toEqual({ change: 'set-theme', themeId: 'attente', isSet: false });
    const choice = view.page.querySelector<HTMLSelectElement>('.theme-add');
    if (choice === null) throw new Error('There is no choice of themes.');
    choice.value = 'locaux';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await view.settle();
    expect(sent().at(-1)?.body).toEqual({ change: 'set-theme', themeId: 'locaux', isSet: true });
  });

  it('marks what was searched for, as text', async () => {
    page.verbatims[0] = aVerbatim('10000000-0000-8000-8000-000000000001', {
      text: MARKUP,
      hits: [{ start: 3, end: 7 }],
    });
    await open('&state=all&search=gras');
    expect(texts()[0]?.textContent).toBe(MARKUP);
    expect([...(texts()[0]?.querySelectorAll('*') ?? [])].map((one) => one.outerHTML)).toEqual([
      '<mark>gras</mark>',
    ]);
  });

  it('keeps the reason that was typed when the session runs out', async () => {
    await open();
    await view.click('Masquer…');
    await choose('names-agent');
    await view.type(view.page.querySelector('dialog input[name=reason]'), 'nomme un agent');
    view.replies['PATCH /api/v1/verbatims/ville/10000000-0000-8000-8000-000000000001'] = () =>
      problem('not-signed-in');
    await submit();
    expect(view.text()).toContain('Votre session a expiré');
    expect(view.page.querySelector<HTMLInputElement>('input[name=reason]')?.value).toBe('nomme un agent');
  });

  async function choose(category: string) {
    const radio = view.page.querySelector<HTMLInputElement>(`dialog input[value=${category}]`);
    if (radio !== null) await view.click(radio);
  }

  async function submit() {
    const form = view.page.querySelector('dialog form');
    form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await view.settle();
  }
});

describe('the list', () => {
  it('is searched from the address, and « / » leads to the search', async () => {
    await open('&search=attente');
    const field = view.page.querySelector<HTMLInputElement>('input[name=search]');
    expect(field?.value).toBe('attente');
    expect(view.requests.at(-1)?.url.search).toBe('?period=2026-W47&search=attente&state=unread');
    const key = new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true });
    document.body.dispatchEvent(key);
    expect(key.defaultPrevented).toBe(true);
    expect(document.activeElement).toBe(field);
  });

  it('has a next page in the address', async () => {
    page = { ...page, nextCursor: 'abc', total: 120 };
    await open();
    const next = view.page.querySelector('a[rel=next]');
    expect(next?.getAttribute('href')).toBe('/admin/verbatims?period=2026-W47&state=all&cursor=abc');
    if (next !== null) await view.click(next);
    expect(view.requests.at(-1)?.url.searchParams.get('cursor')).toBe('abc');
    expect(view.text()).toContain('Revenir aux plus récents');
  });

  it('says why it is empty', async () => {
    page = { ...page, verbatims: [], total: 0, unreadCount: 0 };
    await open('');
    expect(view.text()).toContain('Tout est lu');
    view.close();
    await open('&search=abc');
    expect(view.text()).toContain('Aucun texte ne contient « abc »');
  });
});
