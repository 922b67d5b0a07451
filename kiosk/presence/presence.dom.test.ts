import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRESENCE_SLOT_MS } from '../../protocol/presence-code.ts';
import { createManualClock, type ManualClock } from '../manual-clock.ts';
import { SYSTEM_RANDOMNESS } from '../ports.ts';
import { anAssignment, createStagedKiosk, type StagedKiosk } from '../visit/staged-kiosk.ts';
import { showPresence } from './presence.part.ts';

const PRESENCE = { reference: 'AAECA_z9_v8', key: 'A'.repeat(43), origin: 'https://avis.example.fr' };

let clock: ManualClock;
let kiosk: StagedKiosk;
let stop: () => void;
beforeEach(() => {
  document.body.innerHTML = '<footer><div class="presence-place"></div></footer>';
  clock = createManualClock();
  kiosk = createStagedKiosk(anAssignment({ presence: PRESENCE }));
  stop = showPresence(kiosk, { clock, randomness: SYSTEM_RANDOMNESS, page: document });
});
afterEach(() => stop());

function drawn(): string {
  return document.querySelector('.presence-code path')?.getAttribute('d') ?? '';
}

/** Lets time pass, then waits for a drawing that is not this one: the browser's cryptography takes its own time. */
async function otherThan(before: string, ms: number): Promise<string> {
  await clock.advance(ms);
  await expect.poll(drawn, { timeout: 5_000, interval: 5 }).not.toBe(before);
  return drawn();
}

/** Lets time pass, and a moment besides, in which something might still be drawn. */
async function wait(ms: number): Promise<string> {
  await clock.advance(ms);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return drawn();
}

describe('the code on the first screen', () => {
  it('stands there with words in the language shown, and cannot be reached by a key', async () => {
    await otherThan('', 10);
    expect(document.querySelector('footer')?.textContent).toContain('Ou répondez sur votre téléphone');
    kiosk.happen({ kind: 'languageChosen', language: 'en', atMs: 0 });
    await wait(10);
    expect(document.querySelector('footer')?.textContent).toContain('Or answer on your own phone');
    expect(document.querySelectorAll('a, button, input, [tabindex]')).toHaveLength(0);
    expect(document.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  });

  it('is the same for half a minute, then another one', async () => {
    clock.setCalendar(Date.UTC(2026, 10, 24, 9, 30));
    const first = await otherThan('', 10);
    expect(await wait(PRESENCE_SLOT_MS - 20)).toBe(first);
    const second = await otherThan(first, 20);
    await otherThan(second, PRESENCE_SLOT_MS);
  });

  it('comes again with the first screen after a visit, and not in the middle of one', async () => {
    const { view } = kiosk;
    // Somebody touches a face while the code is still being made.
    await clock.advance(1);
    kiosk.show({ kind: 'starting' });
    expect(await wait(310)).toBe('');
    document.querySelector('.presence-place')?.remove();
    document
      .querySelector('footer')
      ?.append(Object.assign(document.createElement('div'), { className: 'presence-place' }));
    kiosk.show(view);
    await otherThan('', 10);
  });

  it('is not shown where no server would take it', async () => {
    await otherThan('', 10);
    if (kiosk.view.kind !== 'serving') throw new Error(kiosk.view.kind);
    kiosk.show({ ...kiosk.view, sign: { waiting: 0, connection: 'revoked' } });
    expect(await wait(310)).toBe('');
    const { presence: _none, ...without } = anAssignment({ presence: PRESENCE });
    kiosk.show({ ...kiosk.view, assignment: without, sign: { waiting: 0, connection: 'reached' } });
    expect(await wait(310)).toBe('');
  });
});
