import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../app.tsx';
import { bringAllSpeeches } from '../words/staged-speeches.ts';
import { type StagedKiosk, anAssignment, createStagedKiosk } from '../visit/staged-kiosk.ts';
import { followComfort } from './follow-comfort.ts';
import { type StagedSpeech, StagedUtterance, stageSpeech } from './staged-speech.ts';
import { FIRST_VOLUME } from './voice.ts';

const loadAid = () => import('../suggestion/suggestion.part.ts');
const speeches = await bringAllSpeeches();
let kiosk: StagedKiosk;
let page: HTMLElement;
let speech: StagedSpeech;
const loadModes = vi.fn<() => Promise<void>>(async () => undefined);

beforeEach(async () => {
  // Asked for the first time it takes a while; a tablet has it on its disk.
  await import('./listen.part.ts');
  loadModes.mockClear();
  speech = stageSpeech(['fr'], ['en']);
  vi.stubGlobal('speechSynthesis', speech);
  vi.stubGlobal('SpeechSynthesisUtterance', StagedUtterance);
  page = document.body.appendChild(document.createElement('div'));
  kiosk = createStagedKiosk(anAssignment());
  followComfort(kiosk, document.documentElement, {
    loadModes,
    loadListening: () => import('./listen.part.ts'),
    onError: (code) => expect.fail(code),
  });
  await act(() => render(<App kiosk={kiosk} speeches={speeches} loadAid={loadAid} />, page));
});
afterEach(async () => {
  await act(() => kiosk.happen({ kind: 'storageFailed' }));
  await rest();
  render(null, page);
  page.remove();
  vi.unstubAllGlobals();
});

describe('what is switched on', () => {
  it('is written on the page, whose style sheets go by it, and wiped at home', async () => {
    expect(document.documentElement.dataset['comfort'] ?? '').toBe('');
    expect(loadModes).not.toHaveBeenCalled();
    await switchOn('large');
    await switchOn('contrast');
    expect(document.documentElement.dataset['comfort']).toBe('large contrast');
    expect(loadModes).toHaveBeenCalledTimes(2);
    expect(pressed()).toEqual(['large', 'contrast']);
    await act(() => kiosk.happen({ kind: 'idled' }));
    expect(document.documentElement.dataset['comfort']).toBeUndefined();
    expect(loadModes).toHaveBeenCalledTimes(2);
    expect(pressed()).toEqual([]);
  });

  it('is offered under its own words, with a mark that is decoration, on the thanks too', async () => {
    const words = ['Grand texte', 'Contraste', 'Bas', 'Écouter'];
    expect(bar().map((button) => button.textContent)).toEqual(words);
    await answer('very-satisfied');
    expect(bar().map((button) => button.textContent)).toEqual(words);
    await act(() => kiosk.finish());
    expect(bar().map((button) => button.textContent)).toEqual(words);
    expect(page.querySelector('.comfort-bar svg:not([aria-hidden="true"])')).toBeNull();
  });

  it('may change on the thanks, which stay', async () => {
    await answer('very-satisfied');
    await act(() => kiosk.finish());
    await switchOn('contrast');
    expect(page.querySelector('[data-screen]')?.getAttribute('data-screen')).toBe('thanks');
    expect(pressed()).toEqual(['contrast']);
  });
});

describe('listening', () => {
  it('says nothing before it is asked to', async () => {
    await answer('very-satisfied');
    expect(speech.said).toEqual([]);
    expect(speech.cancelCount).toBe(0);
  });

  it('is told to be missing where the device has no voice of its own: one over the network is none', async () => {
    expect(document.querySelector('.comfort-bar p')).toBeNull();
    await act(() => kiosk.chooseLanguage('en'));
    expect(bar().map((button) => button.dataset['mode'])).toEqual(['large', 'contrast', 'low']);
    expect(document.querySelector('.comfort-bar p')?.textContent).toBe('Listen: no voice');
  });

  it('is offered once the device tells its voices', async () => {
    vi.spyOn(speech, 'getVoices').mockReturnValue([]);
    await act(() => void speech.dispatchEvent(new Event('voiceschanged')));
    expect(bar()).toHaveLength(3);
    vi.mocked(speech.getVoices).mockRestore();
    await act(() => void speech.dispatchEvent(new Event('voiceschanged')));
    expect(bar()).toHaveLength(4);
  });

  it('reads how it is done, the question, each answer by its position, and the ways on', async () => {
    await answer('very-satisfied');
    await switchOn('spoken');
    expect(speech.said).toEqual([
      'Écoute activée. Touchez l’écran pour entendre. Touchez une seconde fois au même endroit pour choisir.',
      'Question 2 sur 4',
      'Êtes-vous satisfait de l’amabilité et de l’écoute de l’agent\u202f?',
      'Choix 1\u00a0: Très satisfait.',
      'Choix 2\u00a0: Plutôt satisfait.',
      'Choix 3\u00a0: Plutôt pas satisfait.',
      'Choix 4\u00a0: Pas du tout satisfait.',
      'Choix 5\u00a0: Sans avis.',
      'Bouton\u00a0: Modifier.',
      'Bouton\u00a0: Terminer.',
    ]);
    for (const { voice, lang, volume } of speech.utterances)
      expect({ voice: voice?.localService, lang, volume }).toEqual({
        voice: true,
        lang: 'fr-XX',
        volume: FIRST_VOLUME,
      });
  });

  it('reads the next question by itself, and no welcome again', async () => {
    await switchOn('spoken');
    await answer('very-satisfied');
    expect(speech.said.slice(0, 2)).toEqual([
      'Question 2 sur 4',
      'Êtes-vous satisfait de l’amabilité et de l’écoute de l’agent\u202f?',
    ]);
  });

  it('says what is touched first, and does it at the second touch', async () => {
    await switchOn('spoken');
    await touch(level('fairly-satisfied'));
    expect(speech.said).toEqual(['Choix 2\u00a0: Plutôt satisfait.', 'Touchez encore pour choisir.']);
    expect(level('fairly-satisfied').closest('[data-heard]')).not.toBeNull();
    expect(screenItem()).toBe('GLOB');
    // Another is heard first, too, and the one before is forgotten.
    await touch(level('very-satisfied'));
    await touch(level('fairly-satisfied'));
    expect(screenItem()).toBe('GLOB');
    await touch(level('fairly-satisfied'));
    expect(screenItem()).toBe('AMAB');
    expect(page.querySelector('[data-heard]')).toBeNull();
  });

  it('asks the same of buttons, but ends at one touch on its own', async () => {
    await answer('very-satisfied');
    await switchOn('spoken');
    await touch(buttonOf('Terminer'));
    expect(speech.said[0]).toBe('Bouton\u00a0: Terminer.');
    expect(screenItem()).toBe('AMAB');
    await touch(bar()[3]);
    expect(pressed()).toEqual([]);
    expect(speech.said).toEqual([]);
    expect(document.querySelector('.listen-panel')).toBeNull();
    expect(page.querySelector('h1')?.tabIndex).toBe(-1);
    await touch(buttonOf('Terminer'));
    expect(page.querySelector('[data-screen=thanks]')).not.toBeNull();
  });

  it('writes what is typed key by key, and says each key, but does not read out the keyboard', async () => {
    await switchOn('spoken');
    const keyboard = page.querySelector('main')?.appendChild(document.createElement('div'));
    keyboard?.classList.add('keyboard');
    const key = document.createElement('button');
    key.textContent = 'é';
    keyboard?.append(key);
    const typed = vi.fn<() => void>();
    key.addEventListener('click', typed);
    await touch(key);
    expect(typed).toHaveBeenCalledTimes(1);
    expect(speech.said).toEqual(['é']);
    await touch(page.querySelector('h1'));
    expect(speech.said).not.toContain('é');
    keyboard?.remove();
  });

  it('reads out what opens over the screen, whose buttons are heard first like any other', async () => {
    await switchOn('spoken');
    const dialog = document.body.appendChild(document.createElement('dialog'));
    const choice = dialog.appendChild(document.createElement('button'));
    choice.textContent = 'Deutsch';
    const chosen = vi.fn<() => void>();
    choice.addEventListener('click', chosen);
    dialog.setAttribute('open', '');
    await rest();
    expect(speech.said).toEqual(['Bouton\u00a0: Deutsch.']);
    await touch(choice);
    expect(chosen).not.toHaveBeenCalled();
    await touch(choice);
    expect(chosen).toHaveBeenCalledTimes(1);
    dialog.remove();
  });

  it('falls silent at any touch and any key', async () => {
    await switchOn('spoken');
    expect(speech.said).not.toEqual([]);
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    expect(speech.said).toEqual([]);
    await touch(page.querySelector('h1'));
    expect(speech.said).not.toEqual([]);
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
    expect(speech.said).toEqual([]);
  });

  it('says nothing of the focus that a finger brings, nor of a tap that was meant for another screen', async () => {
    await switchOn('spoken');
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    level('very-satisfied').focus();
    expect(speech.said).toEqual([]);
    vi.spyOn(kiosk, 'isSecondTap').mockReturnValue(true);
    await touch(level('very-satisfied'));
    expect(speech.said).toEqual([]);
    expect(page.querySelector('[data-heard]')).toBeNull();
  });

  it('reads the screen again when the question is touched, or asked to repeat', async () => {
    await switchOn('spoken');
    const whole = speech.said.slice(1);
    await touch(level('very-satisfied'));
    await touch(page.querySelector('h1'));
    expect(speech.said).toEqual(whole);
    await touch(level('very-satisfied'));
    await touch(buttonOf('Répéter'));
    expect(speech.said).toEqual(whole);
  });

  it('gives each visitor the same volume to begin with', async () => {
    await switchOn('spoken');
    await touch(buttonOf('Plus fort'));
    await touch(buttonOf('Plus fort'));
    expect(speech.utterances[0]?.volume).toBeCloseTo(1);
    for (let turn = 0; turn < 9; turn += 1) await touch(buttonOf('Moins fort'));
    // Soft, never silent.
    expect(speech.utterances[0]?.volume).toBeCloseTo(0.25);
    await act(() => kiosk.happen({ kind: 'idled' }));
    await switchOn('spoken');
    expect(speech.utterances[0]?.volume).toBe(FIRST_VOLUME);
  });

  it('says what the focus of a keyboard comes to, and lets its keys act at once', async () => {
    await switchOn('spoken');
    press('Tab');
    level('very-satisfied').focus();
    expect(speech.said).toEqual(['Choix 1\u00a0: Très satisfait.']);
    press('Tab');
    bar()[0]?.focus();
    expect(speech.said).toEqual(['Bouton\u00a0: Grand texte.']);
    await act(() => clickByKey(bar()[0]));
    expect(pressed()).toEqual(['large', 'spoken']);
    press('Tab');
    page.querySelector('h1')?.focus();
    expect(speech.said[0]).toContain('Votre avis nous aide');
    await act(() => clickByKey(level('very-satisfied')));
    expect(screenItem()).toBe('AMAB');
  });

  it('takes the click that the kiosk makes for a finger as the touch it is: heard first', async () => {
    await switchOn('spoken');
    const before = screenItem();
    await act(() => level('very-satisfied').click());
    await rest();
    expect(screenItem()).toBe(before);
    expect(speech.said.at(-1)).toBe('Touchez encore pour choisir.');
    await act(() => level('very-satisfied').click());
    await rest();
    expect(screenItem()).toBe('AMAB');
  });

  it('reads « Voulez-vous continuer ? », and takes one touch for a yes', async () => {
    await answer('very-satisfied');
    await switchOn('spoken');
    await act(() => kiosk.happen({ kind: 'idled' }));
    await rest();
    expect(speech.said[0]).toBe('Voulez-vous continuer\u202f?');
    await touch(buttonOf('Non, terminer'));
    expect(page.querySelector('dialog')).not.toBeNull();
    expect(speech.said[0]).toBe('Bouton\u00a0: Non, terminer.');
    await touch(buttonOf('Oui, continuer'));
    expect(page.querySelector('dialog')).toBeNull();
    expect(speech.said[0]).toBe('Question 2 sur 4');
  });

  it('ends with the visit', async () => {
    await switchOn('spoken');
    await answer('very-satisfied');
    await act(() => kiosk.finish());
    await rest();
    expect(speech.said[0]).toBe('Merci\u202f!');
    await act(() => kiosk.leaveThanks());
    await rest();
    expect(speech.said).toEqual([]);
    expect(document.querySelector('.listen-panel')).toBeNull();
    await answer('very-satisfied');
    expect(speech.said).toEqual([]);
    expect(page.querySelector('h1')?.tabIndex).toBe(-1);
  });

  it('leaves every touch alone once a language is shown that the device cannot speak', async () => {
    await switchOn('spoken');
    await act(() => kiosk.chooseLanguage('en'));
    await rest();
    expect(speech.said).toEqual([]);
    await touch(level('very-satisfied'));
    expect(screenItem()).toBe('AMAB');
  });
});

function bar(): HTMLButtonElement[] {
  return [...page.querySelectorAll<HTMLButtonElement>('.comfort-bar button')];
}
function pressed(): (string | undefined)[] {
  return bar()
    .filter((each) => each.getAttribute('aria-pressed') === 'true')
    .map((each) => each.dataset['mode']);
}
function buttonOf(words: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === words);
  if (found === undefined) throw new Error(`There is no button ${words}.`);
  return found;
}
function level(code: string): HTMLInputElement {
  const found = page.querySelector<HTMLInputElement>(`input[value=${code}]`);
  if (found === null) throw new Error(`There is no level ${code}.`);
  return found;
}
function screenItem(): string | undefined {
  return page.querySelector<HTMLElement>('[data-item]')?.dataset['item'];
}
async function answer(code: string): Promise<void> {
  await act(() => kiosk.answer({ itemId: itemNow(), kind: 'rating', code }));
  await rest();
}
function itemNow() {
  const { view } = kiosk;
  if (view.kind !== 'serving') throw new Error('The kiosk serves nobody.');
  const asked =
    view.visit.kind === 'asking'
      ? view.visit.visit.steps[view.visit.step]
      : view.assignment.surveyVersion.items[0];
  if (asked === undefined) throw new Error('Nothing is asked.');
  return asked.itemId;
}
async function switchOn(mode: 'large' | 'contrast' | 'low' | 'spoken'): Promise<void> {
  await act(() => page.querySelector<HTMLButtonElement>(`[data-mode=${mode}]`)?.click());
  await rest();
}
/** A finger: down, and the click that follows. */
async function touch(target: Element | null | undefined): Promise<void> {
  await act(() => {
    target?.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    target?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
  });
  await rest();
}
/** What a browser makes of a key on what has the focus. */
function clickByKey(target: Element | null | undefined): void {
  const click = new MouseEvent('click', { bubbles: true, cancelable: true, detail: 0 });
  Object.defineProperty(click, 'isTrusted', { value: true });
  target?.dispatchEvent(click);
}
function press(key: string): void {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}
/** Lets parts load and what watches the page notice. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setTimeout(resolve));
}
