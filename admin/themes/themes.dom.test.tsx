import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ThemeList, ThemeTrend } from '../../protocol/themes.ts';
import { aSession, ok, openWebView, problem, type StagedWebView } from '../shell/staged-web-view.tsx';

const LIST = '/api/v1/themes/ville';
let view: StagedWebView;
let list: ThemeList;
let trend: ThemeTrend;
beforeEach(() => {
  list = {
    organisationId: 'ville' as ThemeList['organisationId'],
    organisationName: 'Ville',
    version: 1,
    themes: [
      { themeId: 'attente', name: 'L’attente', words: ['attente', 'trop long'] },
      { themeId: 'accueil', name: 'L’accueil', words: ['aimable'] },
    ],
    changed: null,
    pendingTexts: 0,
    mayChange: true,
  };
  trend = {
    themes: list.themes.map(({ themeId, name }) => ({ themeId, name })),
    weeks: [
      { week: '2026-W45', base: 3, disclosure: 'hidden', counts: null },
      { week: '2026-W46', base: 7, disclosure: 'counts-only', counts: { attente: 2, accueil: 5 } },
      { week: '2026-W47', base: 40, disclosure: 'comparable', counts: { attente: 10, accueil: 30 } },
    ],
    total: null,
  };
});
afterEach(() => view.close());

async function open() {
  view = await openWebView('/admin/themes?period=2026-W47', {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/themes': () => ok({ lists: [list] }),
    [`GET ${LIST}/trend`]: () => ok(trend),
    [`POST ${LIST}/preview`]: () =>
      ok({
        themes: [
          { themeId: 'attente', texts: 14, textsNow: 11 },
          { themeId: 'accueil', texts: 1, textsNow: 1 },
        ],
      }),
    [`PUT ${LIST}`]: (_url, body) => ok({ ...list, ...(body as object), version: 2 }),
  });
}
const fields = () => [...view.page.querySelectorAll<HTMLTextAreaElement>('.theme-fields textarea')];
const write = async (field: HTMLTextAreaElement | undefined, text: string) => {
  if (field === undefined) throw new Error('There is no such field.');
  field.value = text;
  await act(() => void field.dispatchEvent(new Event('input', { bubbles: true })));
};
const put = () => view.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body);

describe('the trend of themes', () => {
  it('shows the most frequent first, hides what is too small, and says the same in a table', async () => {
    await open();
    const headings = [...view.page.querySelectorAll('.theme-trend h3')].map((one) => one.textContent);
    expect(headings).toEqual(['L’accueil', 'L’attente']);
    const bars = view.page.querySelectorAll('.theme-trend:first-child .theme-bar');
    expect(bars).toHaveLength(2);
    expect(view.page.querySelectorAll('.theme-trend:first-child .theme-bar-unsure')).toHaveLength(1);
    const rows = [...view.page.querySelectorAll('table tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ['Thème', 'S45', 'S46', 'S47', 'Treize semaines'],
      ['Textes de la semaine', '3', '7', '40', 'masqué'],
      ['L’attente', 'moins de 5', '2', '10', 'masqué'],
      ['L’accueil', 'moins de 5', '5', '30', 'masqué'],
    ]);
  });
});

describe('the list of words', () => {
  it('tells what a change would do before it is saved, and saves the words one by one', async () => {
    await open();
    await write(fields()[0], 'attente, file d’attente,, !, attente');
    await view.click('Voir ce que cela changerait');
    expect(view.text()).toContain('14 verbatims seraient classés ainsi (11 aujourd’hui)');
    expect(view.text()).toContain('1 verbatim serait classé ainsi (1 aujourd’hui)');
    expect(put()).toEqual([]);
    await view.click('Enregistrer la liste');
    expect(put()).toEqual([
      {
        version: 1,
        themes: [{ ...list.themes[0], words: ['attente', 'file d’attente'] }, list.themes[1]],
      },
    ]);
    expect(view.text()).toContain('La liste est enregistrée');
  });

  it('keeps what was typed where somebody has changed the list meanwhile', async () => {
    await open();
    view.replies[`PUT ${LIST}`] = () => ({
      status: 409,
      body: {
        ...(problem('conflict').body as object),
        current: { ...list, version: 5, changed: { at: '2026-11-24T08:00:00Z', by: 'Karim B.' } },
      },
    });
    await write(fields()[0], 'patience');
    await view.click('Enregistrer la liste');
    expect(view.text()).toContain('Karim B. a modifié la liste entre-temps');
    expect(fields()[0]?.value).toBe('patience');
    await view.click('Enregistrer la mienne à la place');
    expect(put().at(-1)).toMatchObject({ version: 5, themes: [{ words: ['patience'] }, {}] });
  });

  it('is read by whoever may not change it', async () => {
    list = { ...list, mayChange: false };
    await open();
    expect(fields().every(({ readOnly }) => readOnly)).toBe(true);
    expect(view.text()).not.toContain('Enregistrer la liste');
    expect(view.text()).toContain('Seuls les administrateurs');
  });
});
