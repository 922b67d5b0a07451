import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NOT_APPLICABLE, scaleOf } from '../../domain/scales.ts';
import { LANGUAGES, type Language } from '../../domain/survey.ts';
import type { VisitEvent } from '../../domain/visit.ts';
import { App } from '../app.tsx';
import type { Speeches } from '../words/speeches.ts';
import { bringAllSpeeches } from '../words/staged-speeches.ts';
import { type StagedKiosk, anAssignment, createStagedKiosk } from './staged-kiosk.ts';

const loadAid = () => import('../suggestion/suggestion.part.ts');
const FOUR_LEVELS = [...scaleOf('four-level').points.map((point) => point.code), NOT_APPLICABLE];

let kiosk: StagedKiosk;
let speeches: Speeches;
let page: HTMLElement;

beforeEach(async () => {
  page = document.body.appendChild(document.createElement('div'));
  kiosk = createStagedKiosk(anAssignment());
  speeches = await bringAllSpeeches();
  await act(() => render(<App kiosk={kiosk} speeches={speeches} loadAid={loadAid} />, page));
});
afterEach(() => {
  render(null, page);
  page.remove();
  vi.useRealTimers();
});

describe('the first screen', () => {
  it('names the place and asks the global question of everybody', () => {
    expect(screen()).toBe('attract');
    expect(text('header')).toContain('Accueil général');
    expect(text('header')).toContain('Ville de Libourne');
    expect(text('legend h1')).toBe('Globalement, êtes-vous satisfait de votre visite\u202f?');
    expect(text('footer')).toContain('Votre avis est anonyme.');
    expect(text('footer')).toContain('Accessibilité\u00a0: non conforme');
  });

  it('offers real radio buttons whose values are the codes that are stored', () => {
    expect(one('fieldset').dataset.item).toBe('GLOB');
    expect(radios().map((radio) => radio.value)).toEqual(FOUR_LEVELS);
    expect(new Set(radios().map((radio) => radio.name)).size).toBe(1);
    expect(radios().filter((radio) => radio.checked)).toEqual([]);
  });

  it.each(LANGUAGES)('T04: names each face by the words beside it, in %s', async (language) => {
    await choose(language);
    const { levels } = speeches.speak(language).words;
    expect(radios().map((radio) => radio.closest('label')?.textContent)).toEqual(
      FOUR_LEVELS.map((code) => (levels as Record<string, string>)[code]),
    );
    expect(all('.face').every((face) => face.getAttribute('aria-hidden') === 'true')).toBe(true);
  });

  it('takes a touch on a face for an answer and starts the visit', async () => {
    await touch('very-satisfied');
    expect(screen()).toBe('question');
    expect(one('fieldset').dataset.item).toBe('AMAB');
  });

  it('speaks the language chosen, and says so to the browser', async () => {
    await choose('en');
    expect(document.documentElement.lang).toBe('en');
    expect(document.documentElement.dir).toBe('ltr');
    expect(document.title).toBe('Your opinion');
    expect(text('h1')).toBe('Overall, how satisfied are you with your visit?');
    expect(one('.place > [lang]').lang).toBe('fr');
  });

  it('T11: turns the page round for a language written from right to left, and back', async () => {
    await choose('ar');
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl']);
    await choose('fr');
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['fr', 'ltr']);
  });

  it('has no word for staff while all is well, and a small one when answers wait', async () => {
    expect(all('.staff-sign')).toEqual([]);
    await showSign({ waiting: 1_234, connection: 'unreached' });
    expect(text('.staff-sign')).toBe('1\u202f234 en attente · hors réseau');
    await showSign({ waiting: 0, connection: 'unknown' });
    expect(all('.staff-sign')).toEqual([]);
  });

  it('marks a demonstration', async () => {
    expect(all('.demonstration')).toEqual([]);
    await show({ isDemonstration: true });
    expect(text('.demonstration')).toBe('Démonstration');
  });

  it('offers no way out of the page', () => {
    expect(all('a[href], input[type=file], form, [style]')).toEqual([]);
  });
});

describe('a question', () => {
  beforeEach(() => touch('fairly-satisfied'));

  it('says in words how far the visit is, and brings the focus to its heading', async () => {
    expect(text('[role=status]')).toBe('Question 2 sur 4');
    expect(document.activeElement).toBe(one('h1'));
    await touch('very-dissatisfied');
    expect(text('[role=status]')).toBe('Question 3 sur 4');
    expect(document.activeElement).toBe(one('h1'));
  });

  it('does not take an arrow key for an answer, though browsers click on what it selects', async () => {
    const radio = radios()[1];
    await act(() => {
      press(radios()[0], 'keydown', 'ArrowRight');
      radio?.click();
      press(radio, 'keyup', 'ArrowRight');
    });
    expect(one('fieldset').dataset.item).toBe('AMAB');
    expect(radio?.checked).toBe(true);
  });

  it.each([
    ['Enter', 'keydown'],
    [' ', 'keyup'],
  ])('takes the key %j for an answer', async (key, event) => {
    await act(() => press(radios()[1], event, key));
    expect(one('fieldset').dataset.item).toBe('RAIS');
    expect(givenCodes()).toEqual(['fairly-satisfied', 'fairly-satisfied']);
  });

  it('shows again what was answered when the visitor goes back', async () => {
    await click('.turns');
    expect(one('fieldset').dataset.item).toBe('GLOB');
    expect(radios().find((radio) => radio.checked)?.value).toBe('fairly-satisfied');
    await touch('very-dissatisfied');
    expect(givenCodes()).toEqual(['very-dissatisfied']);
  });

  it('shows nothing as answered when it is new', () => {
    expect(radios().filter((radio) => radio.checked)).toEqual([]);
  });

  it('can be left unanswered and the visit ended', async () => {
    await click('footer .at-end');
    expect(screen()).toBe('thanks');
  });

  it('marks as French a question that has not been translated', async () => {
    await choose('en');
    await touch('very-satisfied');
    await happen({ kind: 'skipped', atMs: 0 });
    expect(one('h1').lang).toBe('fr');
  });
});

describe('a choice', () => {
  beforeEach(async () => {
    await touch('fairly-satisfied');
    await touch('fairly-satisfied');
  });

  it('hands in what is ticked, in the order of the options, once confirmed', async () => {
    expect(one('.button-main').hasAttribute('disabled')).toBe(true);
    await click('input[value=hours]');
    await click('input[value=wait]');
    expect(one('fieldset').dataset.item).toBe('RAIS');
    await click('.button-main');
    expect(givenCodes()).toEqual(['fairly-satisfied', 'fairly-satisfied', 'wait,hours']);
  });

  it('can be passed by whom it does not concern', async () => {
    await click('main .row .button');
    expect(one('fieldset').dataset.item).toBe('SIGN');
  });
});

describe('the suggestion', () => {
  beforeEach(async () => {
    await touch('fairly-satisfied');
    await touch('fairly-satisfied');
    await happen({ kind: 'skipped', atMs: 0 });
    await touch('fairly-satisfied');
  });

  it('has a label, a help and a count, and asks the browser to remember nothing', () => {
    expect(screen()).toBe('suggestion');
    expect(text(`label[for=${field().id}]`)).toBe('Une suggestion\u202f? (facultatif)');
    expect(text('[data-item]')).toContain('N’écrivez ni nom, ni adresse, ni information de santé.');
    expect(field().getAttribute('aria-describedby')).toBe('suggestion-help suggestion-left');
    expect([field().maxLength, field().getAttribute('autocomplete')]).toEqual([500, 'off']);
  });

  it('counts what is left, and reads it out once typing rests', async () => {
    vi.useFakeTimers();
    await write('Plus de chaises');
    expect(text('#suggestion-left')).toBe('Il reste 485 caractères.');
    expect(text('.suggestion [role=status]')).toBe('');
    await act(() => void vi.advanceTimersByTime(1_500));
    expect(text('.suggestion [role=status]')).toBe('Il reste 485 caractères.');
  });

  it('keeps the draft while the visitor goes back to change an answer', async () => {
    await write('Plus de chaises');
    await click('.turns');
    await touch('very-satisfied');
    expect(field().value).toBe('Plus de chaises');
  });

  it('leaves nothing of the draft in the page once the visit has expired', async () => {
    await write('Je suis Mme Durand');
    expect(field().value).toContain('Durand');
    await happen({ kind: 'idled' });
    await happen({ kind: 'expired' });
    expect(screen()).toBe('attract');
    await touch('fairly-satisfied');
    await happen({ kind: 'skipped', atMs: 0 });
    await happen({ kind: 'skipped', atMs: 0 });
    await happen({ kind: 'skipped', atMs: 0 });
    expect(field().value).toBe('');
    expect(document.documentElement.outerHTML).not.toContain('Durand');
  });

  it('is sent, or left out, and then the visitor is thanked', async () => {
    await write('Plus de chaises');
    await click('.button-main');
    expect(screen()).toBe('thanks');
    expect(text('[role=status]')).toContain('enregistré sur cette tablette');
    expect(document.activeElement).toBe(one('h1'));
  });
});

describe('the thanks', () => {
  it('have nothing to touch for four seconds, and then make room when touched', async () => {
    await touch('fairly-satisfied');
    vi.useFakeTimers();
    await happen({ kind: 'finished', atMs: 0 });
    expect(one('main button').className).toContain('held-back');
    await act(() => void vi.advanceTimersByTime(3_900));
    expect(one('main button').className).toContain('held-back');
    await act(() => void vi.advanceTimersByTime(200));
    expect(one('main button').className).toBe('button');
    await click('[data-screen]');
    expect(screen()).toBe('attract');
    expect(document.documentElement.lang).toBe('fr');
  });
});

describe('the question whether to continue', () => {
  beforeEach(async () => {
    await touch('fairly-satisfied');
    vi.useFakeTimers();
    await happen({ kind: 'idled' });
  });

  it('says what will happen, takes the focus and counts thirty seconds down without reading them out', async () => {
    const dialog = one('dialog[open]');
    expect(dialog.getAttribute('role')).toBe('alertdialog');
    expect(text('#idle-question')).toBe('Voulez-vous continuer\u202f?');
    expect(text('#idle-help')).toContain('dans 30 secondes');
    expect(document.activeElement?.textContent).toBe('Oui, continuer');
    await act(() => void vi.advanceTimersByTime(2_000));
    expect(text('.countdown')).toBe('28 secondes');
    expect(one('.countdown').getAttribute('aria-hidden')).toBe('true');
  });

  it('goes on with one touch anywhere', async () => {
    await click('#idle-help');
    expect(all('dialog')).toEqual([]);
    expect(screen()).toBe('question');
  });

  it('ends the visit for whom says no', async () => {
    await click('dialog .row .button');
    expect(screen()).toBe('thanks');
  });
});

describe('the kiosk', () => {
  it('takes the second half of a double tap for nothing, and what a key or a switch clicks for what it is', async () => {
    kiosk.isDoubleTapped = true;
    const tap = (detail: number) =>
      act(() => {
        const tapped = new MouseEvent('click', { bubbles: true, cancelable: true, detail });
        radios()[0]?.dispatchEvent(tapped);
      });
    await tap(2);
    await tap(1);
    expect(screen()).toBe('attract');
    expect(radios().filter((radio) => radio.checked)).toEqual([]);
    await tap(0);
    expect(screen()).toBe('question');
  });

  it('notices hands, and gives them no menu', () => {
    document.dispatchEvent(new Event('pointerdown'));
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }));
    expect(kiosk.touchCount).toBe(2);
    const menu = new Event('contextmenu', { bubbles: true, cancelable: true });
    one('h1').dispatchEvent(menu);
    expect(menu.defaultPrevented).toBe(true);
  });
});

function all(selector: string): HTMLElement[] {
  return [...page.querySelectorAll<HTMLElement>(selector)];
}
function one(selector: string): HTMLElement {
  const found = page.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`Nothing on the page is ${selector}:\n${page.innerHTML}`);
  return found;
}
function field(): HTMLTextAreaElement {
  const found = one('textarea');
  if (!(found instanceof HTMLTextAreaElement)) throw new Error('The field is not a textarea.');
  return found;
}
/** As it is read: without the joiners that keep a word on one line. */
function text(selector: string): string {
  return (one(selector).textContent ?? '').replaceAll('\u2060', '');
}
function screen(): string | undefined {
  return one('[data-screen]').dataset.screen;
}
function radios(): HTMLInputElement[] {
  return [...page.querySelectorAll<HTMLInputElement>('input[type=radio]')];
}
function givenCodes(): readonly string[] {
  const { view } = kiosk;
  if (view.kind !== 'serving' || view.visit.kind !== 'asking') return [];
  return view.visit.visit.answers.map((answer) =>
    answer.kind === 'rating' ? answer.code : answer.codes.join(),
  );
}
function press(target: Element | undefined, type: string, key: string): void {
  target?.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true }));
}
async function click(selector: string): Promise<void> {
  const target = one(selector);
  await act(() => void target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })));
}
async function touch(code: string): Promise<void> {
  await act(() => one(`input[value=${code}]`).click());
}
async function choose(language: Language): Promise<void> {
  await act(() => kiosk.chooseLanguage(language));
}
async function happen(event: VisitEvent): Promise<void> {
  await act(() => kiosk.happen(event));
}
async function write(draft: string): Promise<void> {
  await act(() => {
    field().value = draft;
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });
}
async function show(overrides: Parameters<typeof anAssignment>[0]): Promise<void> {
  const { view } = kiosk;
  if (view.kind !== 'serving') throw new Error('The kiosk serves nobody.');
  await act(() => kiosk.show({ ...view, assignment: anAssignment(overrides) }));
}
async function showSign(sign: Extract<StagedKiosk['view'], { kind: 'serving' }>['sign']): Promise<void> {
  const { view } = kiosk;
  if (view.kind === 'serving') await act(() => kiosk.show({ ...view, sign }));
}
