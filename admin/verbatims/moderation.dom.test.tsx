import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Verbatim, VerbatimChange, VerbatimPage } from '../../protocol/verbatims.ts';
import { aSession, ok, openWebView, problem, type StagedWebView } from '../shell/staged-web-view.tsx';
import { setKeys } from './moderation-keys.ts';

const TEXT = 'Mme Dupont est <b>aimable</b>';
const NAME = { start: 0, end: 10, kind: 'name' } as const;
let view: StagedWebView;
let verbatims: Verbatim[];

beforeEach(() => {
  verbatims = [1, 2, 3].map((number) => aVerbatim(number));
});
afterEach(() => {
  view.close();
  setKeys(true);
});

function aVerbatim(number: number): Verbatim {
  const text = number === 1 ? TEXT : `Texte ${number}`;
  return {
    organisationId: 'ville' as Verbatim['organisationId'],
    responseId: `10000000-0000-8000-8000-00000000000${number}` as Verbatim['responseId'],
    serviceId: 'accueil' as Verbatim['serviceId'],
    serviceName: 'Accueil général',
    siteName: 'Hôtel de Ville',
    localDate: '2026-11-17',
    halfDay: 'am',
    language: number === 2 ? 'ar' : 'fr',
    channel: 'tablet',
    text,
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
    original: { text, masks: [], proposals: number === 1 ? [NAME] : [] },
  };
}

/** Decides as the server does. */
function decided(verbatim: Verbatim, wanted: VerbatimChange): Verbatim {
  const signed = { at: '2026-11-24T09:00:00Z', by: 'Claire Martin' };
  const next = { ...verbatim, version: verbatim.version + 1 };
  switch (wanted.change) {
    case 'release':
      return { ...next, released: signed, hidden: null };
    case 'hide':
      return {
        ...next,
        released: null,
        hidden: { ...signed, category: wanted.category, reason: wanted.reason },
      };
    case 'mask':
      return {
        ...next,
        masked: signed,
        text: '[nom masqué] est aimable',
        original: { text: TEXT, masks: wanted.masks, proposals: [] },
      };
    default:
      return { ...next, released: null, hidden: null };
  }
}

async function open() {
  const page = (): VerbatimPage => ({
    verbatims: verbatims.filter(({ released, hidden }) => released === null && hidden === null),
    total: 3,
    unreadCount: 3,
    toModerateCount: verbatims.filter(({ released, hidden }) => released === null && hidden === null).length,
    countedUpTo: null,
    themes: [
      { organisationId: 'ville' as Verbatim['organisationId'], themeId: 'locaux', name: 'Les locaux' },
    ],
    mayChange: true,
    mayModerate: true,
    nextCursor: null,
    isDemonstration: false,
  });
  const patch = (index: number) => (_url: URL, body: unknown) => {
    const changed = decided(verbatims[index] ?? aVerbatim(index), body as VerbatimChange);
    verbatims[index] = changed;
    return ok(changed);
  };
  view = await openWebView('/admin/moderation', {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/verbatims': () => ok(page()),
    ...Object.fromEntries(
      verbatims.map(({ responseId }, index) => [`PATCH /api/v1/verbatims/ville/${responseId}`, patch(index)]),
    ),
  });
}

const sent = () => view.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
const shown = () => view.page.querySelector('.moderated .verbatim-text')?.textContent;
async function press(key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}) {
  await act(
    () =>
      void target.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }),
      ),
  );
  await view.settle();
}

describe('the page of moderation', () => {
  it('asks for what waits, of every period, and shows one text after the other', async () => {
    await open();
    expect(view.requests.at(-1)?.url.search).toBe('?moderation=to-moderate&state=all');
    expect(shown()).toBe(TEXT);
    expect(view.text()).toContain('3 textes à modérer');
    await view.click('Texte suivant J');
    expect(shown()).toBe('Texte 2');
    expect(view.page.querySelector('.moderated .verbatim-text')?.getAttribute('lang')).toBe('ar');
    expect(document.activeElement).toBe(view.page.querySelector('.moderated'));
    await view.click('Texte précédent K');
    expect(shown()).toBe(TEXT);
  });

  it('decides with one key each, moves on, and takes the last decision back', async () => {
    await open();
    await press('j');
    await press('k');
    expect(shown()).toBe(TEXT);
    await press('c');
    expect(sent()).toEqual([{ change: 'mask', version: 1, masks: [NAME] }]);
    expect(view.text()).toContain('Ce que les autres liront');
    expect(view.text()).toContain('[nom masqué] est <b>aimable</b>');
    await press('p');
    expect(sent().at(-1)).toEqual({ change: 'release', version: 2 });
    expect(shown()).toBe('Texte 2');
    expect(view.text()).toContain('2 textes à modérer');
    await press('z');
    expect(sent().at(-1)).toEqual({ change: 'reopen', version: 3 });
    expect(shown()).toBe(TEXT);
    await press('m');
    expect(view.page.querySelector('dialog')).not.toBeNull();
  });

  it('takes keys neither from a field, nor with a modifier, nor when they are switched off', async () => {
    await open();
    await press('p', document.body, { ctrlKey: true });
    await press('p', view.page.querySelector('input[name=words]') ?? document.body);
    expect(sent()).toEqual([]);
    const choice = view.page.querySelector<HTMLInputElement>('.keys-choice input');
    if (choice !== null) await view.click(choice);
    await press('p');
    expect(sent()).toEqual([]);
    expect(view.page.querySelector('kbd')).toBeNull();
    await view.click('Publiable');
    expect(sent()).toEqual([{ change: 'release', version: 1 }]);
    view.close();
    await open();
    await press('p');
    expect(sent()).toEqual([]);
  });

  it('masks any words of the text, and what is masked can be shown again', async () => {
    await open();
    const field = view.page.querySelector('input[name=words]');
    const submit = async () => {
      field?.closest('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
      await view.settle();
    };
    await view.type(field, 'dupond');
    await submit();
    expect(view.text()).toContain('Ces mots ne sont pas dans le texte.');
    await view.type(field, 'AIMABLE');
    await submit();
    expect(sent()).toEqual([{ change: 'mask', version: 1, masks: [{ start: 18, end: 25, kind: 'other' }] }]);
    await view.click('Démasquer « aimable » (passage)');
    expect(sent().at(-1)).toEqual({ change: 'mask', version: 2, masks: [] });
  });

  it('shows both decisions where two people decide at once, and lets one choose', async () => {
    await open();
    const path = 'PATCH /api/v1/verbatims/ville/10000000-0000-8000-8000-000000000001';
    const accepting = view.replies[path];
    const theirs = { at: '2026-11-24T08:59:00Z', by: 'Karim B.' };
    view.replies[path] = () => ({
      status: 409,
      body: {
        ...(problem('conflict').body as object),
        current: {
          version: 4,
          released: null,
          hidden: { ...theirs, category: 'insult', reason: 'mot de la fin' },
          masked: null,
          masks: [],
        },
      },
    });
    await press('p');
    expect(view.text()).toContain('Quelqu’un d’autre a décidé entre-temps');
    expect(view.text()).toContain('Karim B. a masqué le texte : insulte ou menace (mot de la fin)');
    expect(view.text()).toMatch(/qui n’est pas enregistrée : ?publiable/);
    expect(shown()).toBe(TEXT);
    if (accepting !== undefined) view.replies[path] = accepting;
    await view.click('Appliquer la mienne');
    expect(sent().at(-1)).toEqual({ change: 'release', version: 4 });
    expect(shown()).toBe('Texte 2');
  });

  it('says when everything is decided', async () => {
    await open();
    for (const _ of verbatims) await press('p');
    expect(view.text()).toContain('Tout est modéré');
  });
});
