import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { App } from '../app.tsx';
import type { EnrolmentFailure, KioskView } from '../kiosk.ts';
import { createManualClock, settleTurns } from '../manual-clock.ts';
import { type StagedKiosk, anAssignment, createStagedKiosk } from '../visit/staged-kiosk.ts';
import { showEnrolment } from './enrolment.part.tsx';
import { showEnrolmentOnceNeeded } from './show-enrolment.ts';
import { FRENCH_SPEECH } from '../words/speeches.ts';

const UNENROLLED: KioskView = { kind: 'unenrolled', isEnrolling: false, failure: null };
const page = document.body;
const loadAid = () => import('../suggestion/suggestion.part.ts');
let kiosk: StagedKiosk;
let takeOff: () => void;

async function open(isSecure = true): Promise<void> {
  kiosk = createStagedKiosk(anAssignment());
  kiosk.show(UNENROLLED);
  const root = page.appendChild(document.createElement('div'));
  await act(() => {
    render(<App kiosk={kiosk} speeches={{ speak: () => FRENCH_SPEECH }} loadAid={loadAid} />, root);
    const takeOffEnrolment = showEnrolment(kiosk, document, isSecure);
    takeOff = () => {
      takeOffEnrolment();
      render(null, root);
      root.remove();
    };
  });
}

beforeEach(async () => open());
afterEach(async () => act(() => takeOff()));

describe('enrolment', () => {
  it('takes a pasted code whatever its case, spaces and dashes, and shows it in two groups', async () => {
    await type(' bcdfg hjklm ');
    expect(field().value).toBe('BCDFG-HJKLM');
    await submit();
    expect(kiosk.enrolledCodes).toEqual(['BCDFGHJKLM']);
  });

  it('lets the dash be deleted over', async () => {
    await type('BCDFG-');
    expect(field().value).toBe('BCDFG');
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
    await type('BCDFGHJKLM');
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

  it('says so where the page is not secure, and only there', async () => {
    expect(page.textContent).not.toContain('SANS-HTTPS');
    await act(() => takeOff());
    await open(false);
    expect(page.textContent).toContain('Code\u00a0: SANS-HTTPS');
  });

  it('makes room for the first screen once the tablet has its place', async () => {
    await act(() => kiosk.serve());
    expect(page.querySelectorAll('[data-screen]')).toHaveLength(1);
    expect(page.querySelector('[data-screen=attract]')).not.toBeNull();
  });
});

describe('a tablet without a place', () => {
  it('asks again for what it shows until it is there, and asks for nothing once it has a place', async () => {
    const clock = createManualClock();
    let asked = 0;
    const show = async () => {
      asked += 1;
      if (asked < 3) throw new TypeError('Failed to fetch');
    };
    showEnrolmentOnceNeeded(kiosk, clock, show);
    await settleTurns();
    expect(asked).toBe(1);
    await clock.advance(60_000);
    expect(asked).toBe(3);

    kiosk.serve();
    showEnrolmentOnceNeeded(kiosk, clock, show);
    await clock.advance(60_000);
    expect(asked).toBe(3);
    kiosk.show(UNENROLLED);
    await clock.advance(60_000);
    expect(asked).toBe(4);
  });
});

describe('the screens without a visitor', () => {
  it('paint nothing while the storage is being opened', async () => {
    await act(() => kiosk.show({ kind: 'starting' }));
    expect(page.querySelector('[data-screen]')).toBeNull();
  });

  it.each([
    [null, 'qui s’affichera de lui-même'],
    ['unreached', 'SANS-SERVEUR'],
    ['noQuestionnaire', 'SANS-QUESTIONNAIRE'],
    ['notUnderstood', 'QUESTIONNAIRE-ILLISIBLE'],
  ] as const)('say that the questionnaire is awaited, and why: %s', async (lack, words) => {
    await act(() => kiosk.show({ ...UNENROLLED, kind: 'awaitingAssignment', lack }));
    const screen = page.querySelector('[data-screen=awaiting]')?.textContent ?? '';
    expect(screen).toContain('Tablette inscrite');
    expect(screen).toContain(words);
  });

  it('take a new code where the tablet was taken out of service before it had a questionnaire', async () => {
    await act(() => kiosk.show({ ...UNENROLLED, kind: 'awaitingAssignment', lack: 'revoked' }));
    expect(page.querySelector('h1')?.textContent).toBe('Tablette retirée du service');
    await type('BCDFGHJKLM');
    await submit();
    expect(kiosk.enrolledCodes).toEqual(['BCDFGHJKLM']);
  });

  it.each([
    ['storage-full', 'La mémoire de la tablette est pleine.'],
    ['storage-QuotaExceededError', 'La mémoire de la tablette est pleine.'],
    ['storage-hung', 'La mémoire de la tablette ne répond pas.'],
    ['storage-notDurable', 'La mémoire de la tablette ne répond pas.'],
    ['storage-notSealed', 'La tablette ne peut plus protéger ce qui est écrit.'],
  ])('say what is the matter, in plain words and by a code: %s', async (reason, words) => {
    await act(() => kiosk.show({ kind: 'outOfOrder', language: 'fr', reason }));
    const screen = page.querySelector('[data-screen=out-of-order]')?.textContent ?? '';
    expect(screen).toContain(words);
    expect(screen).toContain(`Code\u00a0: ${reason}`);
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
