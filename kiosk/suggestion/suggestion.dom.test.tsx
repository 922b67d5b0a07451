import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Assignment } from '../../protocol/assignment.ts';
import { App } from '../app.tsx';
import { type StagedKiosk, anAssignment, createStagedKiosk } from '../visit/staged-kiosk.ts';
import { bringAllSpeeches } from '../words/staged-speeches.ts';
import type { LoadSuggestionAid } from './suggestion-aid.ts';

const THEMES = [
  { code: 'wait', label: { fr: 'L’attente' } },
  { code: 'premises', label: { fr: 'Les locaux', en: 'The premises' } },
];
const loadAid: LoadSuggestionAid = () => import('./suggestion.part.ts');
let kiosk: StagedKiosk;
let page: HTMLElement;

/** Stands at the suggestion. */
async function open(load = loadAid, themes: typeof THEMES | null = THEMES): Promise<void> {
  const { surveyVersion } = anAssignment();
  const items: Assignment['surveyVersion']['items'] = surveyVersion.items
    .filter((item) => item.kind !== 'choice')
    .map((item) => (item.kind === 'verbatim' && themes !== null ? { ...item, themes } : item));
  kiosk = createStagedKiosk(anAssignment({ surveyVersion: { ...surveyVersion, items } }));
  const speeches = await bringAllSpeeches();
  await act(() => render(<App kiosk={kiosk} speeches={speeches} loadAid={load} />, page));
  for (const itemId of ['GLOB', 'AMAB', 'SIGN'])
    await act(() =>
      kiosk.answer({ itemId: itemId as 'GLOB' & { __id: 'item' }, kind: 'rating', code: 'very-satisfied' }),
    );
  await act(async () => {
    await load().catch(() => null);
  });
  await painted();
}

/** The keys come once the screen around them is there. */
const painted = () =>
  act(
    () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))),
      ),
  );

beforeEach(() => {
  page = document.body.appendChild(document.createElement('div'));
});
afterEach(async () => {
  await act(() => render(null, page));
  page.remove();
});

const visit = () => {
  const { view } = kiosk;
  if (view.kind !== 'serving' || view.visit.kind !== 'asking') throw new Error('No visit is under way.');
  return view.visit.visit;
};
const field = () => one<HTMLTextAreaElement>('textarea');
const one = <Found extends HTMLElement>(selector: string): Found => {
  const found = page.querySelector<Found>(selector);
  if (found === null) throw new Error(`There is no ${selector}.`);
  return found;
};
const press = async (key: string) => act(() => one(`.hg-button[data-key="${key}"]`).click());
const button = (words: string) => {
  const found = [...page.querySelectorAll('button')].find((shown) => shown.textContent === words);
  if (found === undefined) throw new Error(`There is no button ${words}.`);
  return found;
};
const click = async (words: string) => act(async () => button(words).click());
const screen = () => one('[data-screen]').dataset['screen'];

describe('the keyboard', () => {
  it('types into the visit, and only there', async () => {
    await open();
    for (const key of ['m', 'e', '{space}', 'é', '{bksp}', 'ç']) await press(key);
    expect(field().value).toBe('Me ç');
    expect(visit().draft).toBe('Me ç');
    const { SimpleKeyboardInstances = {} } = window as {
      SimpleKeyboardInstances?: Record<string, { getAllInputs(): object }>;
    };
    expect(Object.values(SimpleKeyboardInstances).map((keyboard) => keyboard.getAllInputs())).toEqual([
      { default: '' },
    ]);
  });

  it('is one group of named buttons in the order of the hand, whatever the direction of the script', async () => {
    await open();
    await act(() => kiosk.chooseLanguage('ar'));
    await painted();
    expect(one('.keys').getAttribute('role')).toBe('group');
    expect(one('.keys').getAttribute('aria-label')).toBe('لوحة المفاتيح');
    expect(one('.keys').dir).toBe('ltr');
    for (const key of page.querySelectorAll<HTMLButtonElement>('.hg-button')) {
      expect(key.type).toBe('button');
      expect(`${key.getAttribute('aria-label') ?? ''}${key.textContent}`).not.toBe('');
    }
    expect(page.querySelectorAll('.keys')).toHaveLength(1);
  });

  it('is there for the next visitor however long its part is waited for', async () => {
    await open();
    await act(() => render(null, page));
    let asked = 0;
    const never = new Promise<never>(() => undefined);
    // The form asks first, then the test.
    await open(() => (asked++ === 0 ? never : loadAid()));
    await press('m');
    expect(field().value).toBe('M');
  });

  it('goes to signs and comes back with the space', async () => {
    await open();
    await press('{signs}');
    await press('3');
    await press('{space}');
    await press('h');
    expect(field().value).toBe('3 h');
  });

  it('is gone with the suggestion, and what it hung on the page with it', async () => {
    await open();
    await press('m');
    await click('Terminer sans suggestion');
    expect(page.querySelector('.hg-button')).toBeNull();
    expect(
      Object.keys((window as { SimpleKeyboardInstances?: object }).SimpleKeyboardInstances ?? {}),
    ).toEqual([]);
    expect([document.onmouseup, window.oncontextmenu].filter((listener) => listener)).toEqual([]);
  });
});

describe('themes', () => {
  it('are touched and taken back, beside the text or without', async () => {
    await open();
    await click('Les locaux');
    await click('L’attente');
    await click('L’attente');
    expect(button('Les locaux').getAttribute('aria-pressed')).toBe('true');
    expect(button('L’attente').getAttribute('aria-pressed')).toBe('false');
    expect(visit().themes).toEqual(['premises']);
  });

  it('are named by what they are for, and worded in the language spoken or in French', async () => {
    await open();
    expect(one('.themes').getAttribute('aria-labelledby')).toBe('themes-help');
    expect(one('#themes-help').textContent).toBe('Touchez un ou plusieurs thèmes, ou écrivez.');
    await act(() => kiosk.chooseLanguage('en'));
    expect(
      [...page.querySelectorAll<HTMLElement>('.themes button')].map((theme) => [
        theme.lang,
        theme.textContent,
      ]),
    ).toEqual([
      ['fr', 'L’attente'],
      ['en', 'The premises'],
    ]);
  });

  it('are not there where the survey has none', async () => {
    await open(loadAid, null);
    expect(page.querySelector('.themes')).toBeNull();
  });
});

describe('the guard', () => {
  it('lets a text without personal data through at once', async () => {
    await open();
    await act(() => kiosk.type('Merci, ouvert à 10 h 30'));
    await click('Envoyer');
    expect(screen()).toBe('thanks');
  });

  it('asks about what looks personal, marks it, and leaves the choice', async () => {
    await open();
    await act(() => kiosk.type('Appelez Mme Martin au 06 12 34 56 78'));
    await click('Envoyer');
    expect(screen()).toBe('suggestion');
    expect([...page.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual([
      'Mme Martin',
      '06 12 34 56 78',
    ]);
    expect(one('.guard-kinds').textContent).toContain('le nom d’une personne, un numéro de téléphone.');
    await act(async () => one('.guard .button-main').click());
    expect(page.querySelector('dialog')).toBeNull();
    expect(field().value.slice(field().selectionStart, field().selectionEnd)).toBe('Mme Martin');
    await click('Envoyer');
    await click('Envoyer quand même');
    expect(screen()).toBe('thanks');
  });
});

describe('on a visitor’s own telephone', () => {
  it('leaves the keys to the telephone, and looks at the text all the same', async () => {
    await open(async () => ({ ...(await loadAid()), mountKeyboard: null }));
    expect(field().getAttribute('inputmode')).toBe('text');
    expect(page.querySelector('.keys')).toBeNull();
    await act(() => kiosk.type('06 12 34 56 78'));
    await click('Envoyer');
    expect(screen()).toBe('suggestion');
    await click('Envoyer quand même');
    expect(screen()).toBe('thanks');
  });
});

describe('without the part', () => {
  it('takes what the device’s own keyboard types, and sends it', async () => {
    await open(() => Promise.reject(new Error('not to be had')));
    expect(field().getAttribute('inputmode')).toBe('text');
    await act(() => kiosk.type('06 12 34 56 78'));
    await click('Envoyer');
    expect(screen()).toBe('thanks');
  });
});
