import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { App } from '../app.tsx';
import type { EnrolmentFailure } from '../kiosk.ts';
import { type StagedKiosk, anAssignment, createStagedKiosk } from '../visit/staged-kiosk.ts';

let kiosk: StagedKiosk;
let page: HTMLElement;

beforeEach(async () => {
  page = document.body.appendChild(document.createElement('div'));
  kiosk = createStagedKiosk(anAssignment());
  kiosk.show({ kind: 'unenrolled', isEnrolling: false, failure: null });
  await act(() => render(<App kiosk={kiosk} />, page));
});
afterEach(() => {
  render(null, page);
  page.remove();
});

describe('enrolment', () => {
  it('takes a pasted code whatever its case, spaces and dashes, and shows it in two groups', async () => {
    await type(' bcdf ghjk ');
    expect(field().value).toBe('BCDF-GHJK');
    await submit();
    expect(kiosk.enrolledCodes).toEqual(['BCDFGHJK']);
  });

  it('lets the dash be deleted over', async () => {
    await type('BCDF-');
    expect(field().value).toBe('BCDF');
  });

  it('asks for the letters that are missing, and asks the server nothing', async () => {
    await type('BCDF');
    await submit();
    expect(kiosk.enrolledCodes).toEqual([]);
    expect(page.querySelector('[role=alert]')?.textContent).toContain('Il manque des lettres.');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field());
  });

  it('asks once while the server is being asked', async () => {
    await type('BCDFGHJK');
    await act(() => kiosk.show({ kind: 'unenrolled', isEnrolling: true, failure: null }));
    await submit();
    expect(kiosk.enrolledCodes).toEqual([]);
    expect(page.querySelector('button[type=submit]')?.textContent).toBe('Inscription en cours…');
  });

  it.each<[EnrolmentFailure, string]>([
    [{ kind: 'codeUnknown' }, 'Ce code n’est pas reconnu.'],
    [{ kind: 'tooManyTries', retryAfterSeconds: 61 }, 'Réessayez dans 2 minutes.'],
    [{ kind: 'tooManyTries', retryAfterSeconds: 0 }, 'Réessayez dans 1 minute.'],
    [{ kind: 'unreachable' }, 'Le serveur ne répond pas.'],
    [{ kind: 'storageFailed' }, 'Cette tablette ne peut rien garder en mémoire.'],
  ])('says in plain French what went wrong: %o', async (failure, words) => {
    await act(() => kiosk.show({ kind: 'unenrolled', isEnrolling: false, failure }));
    expect(page.querySelector('[role=alert]')?.textContent).toContain(words);
  });

  it('is also there in English', async () => {
    await act(() => page.querySelector<HTMLElement>('.language-bar [lang=en]')?.click());
    expect(page.querySelector('h1')?.textContent).toBe('Put this tablet into service');
    expect(document.documentElement.lang).toBe('en');
  });
});

describe('the screens without a visitor', () => {
  it('paint nothing while the storage is being opened', async () => {
    await act(() => kiosk.show({ kind: 'starting' }));
    expect(page.innerHTML).toBe('');
  });

  it('say that the questionnaire is awaited', async () => {
    await act(() => kiosk.show({ kind: 'awaitingAssignment' }));
    expect(page.querySelector('[data-screen=awaiting]')?.textContent).toContain('Tablette inscrite');
  });

  it('say whom to tell when nothing can be kept, and never thank', async () => {
    await act(() => kiosk.show({ kind: 'outOfOrder', language: 'fr', reason: 'QuotaExceededError' }));
    const screen = page.querySelector('[data-screen=out-of-order]')?.textContent ?? '';
    expect(screen).toContain('Hors service');
    expect(screen).toContain('signaler à l’accueil');
    expect(screen).toContain('QuotaExceededError');
    expect(screen).not.toMatch(/merci/i);
  });
});

function field(): HTMLInputElement {
  const found = page.querySelector<HTMLInputElement>('#code');
  if (found === null) throw new Error('The page has no field for the code.');
  return found;
}
async function type(code: string): Promise<void> {
  await act(() => {
    field().value = code;
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });
}
async function submit(): Promise<void> {
  await act(() => void page.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true })));
}
