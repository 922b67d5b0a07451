import { createHash, pbkdf2Sync } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ItemId } from '../../domain/ids.ts';
import { checkedTextOf, type RescueFile } from '../../protocol/rescue.ts';
import type { Contact, Engine } from '../engine-ports.ts';
import { type EngineRig, createEngineRig } from '../engine-rig.ts';
import { anAssignment } from '../visit/staged-kiosk.ts';
import { attend } from './desk.part.ts';
import { makeRescueFile } from './rescue-file.ts';

const CODE = '480213';
const SALT = Buffer.from('sixteen bytes ok');
const ITERATIONS = 1_000;
const OFFICE = { 1: [{ from: '08:30', to: '17:30' }], 2: [{ from: '08:30', to: '17:30' }] };
const page = document.body;
let rig: EngineRig;
let stop: () => void;
let updated: number;
let noted: string[];
/** The server's last word, where a test has it say something of its own. */
let told: Contact | null;

// Loaded once, so that no test waits for it.
beforeAll(() => Promise.all([import('./staff.part.tsx'), import('./quiet.part.tsx')]));
beforeEach(async () => {
  const { point } = anAssignment();
  const assignment = anAssignment({
    point: { ...point, openingHours: { weekly: OFFICE } },
    staffCode: {
      iterations: ITERATIONS,
      salt: SALT.toString('base64'),
      hash: pbkdf2Sync(CODE, SALT, ITERATIONS, 32, 'sha256').toString('base64'),
    },
  });
  rig = createEngineRig({ indexedDB: new IDBFactory(), IDBKeyRange }, assignment);
  await rig.enrolled();
  await rig.clock.advance(2_000);
  page.appendChild(document.createElement('div')).id = 'app';
  updated = 0;
  noted = [];
  told = null;
  stop = attend({
    engine: Object.setPrototypeOf(
      {
        noteError: (code: string) => void noted.push(code),
        get contact() {
          return told ?? rig.engine.contact;
        },
      },
      rig.engine,
    ) as Engine,
    outbox: rig.outbox,
    gauge: { persisted: async () => false, estimate: async () => ({ usage: 1_200_000, quota: 2e9 }) },
    clock: rig.clock,
    storage: null,
    page: document,
    updates: () => ({ isWaiting: true, apply: () => void (updated += 1) }),
    loadMenu: () => import('./staff.part.tsx'),
    loadQuiet: () => import('./quiet.part.tsx'),
  });
});
afterEach(async () => {
  await act(() => stop());
  await rig.crash();
  page.replaceChildren();
  document.documentElement.className = '';
});

async function hold(): Promise<void> {
  await act(async () => {
    page.dispatchEvent(
      new PointerEvent('pointerdown', { clientX: 9, clientY: 9, isPrimary: true, bubbles: true }),
    );
    await rig.clock.advance(3_100);
  });
  await settled();
}
/** Cryptography and loading take turns that the clock does not know. */
async function settled(): Promise<void> {
  await act(() => new Promise((resolve) => setTimeout(resolve, 60)));
  await act(() => rig.clock.advance(0));
}
async function press(name: string): Promise<void> {
  const button = [...page.querySelectorAll('button')].find(({ textContent }) => textContent === name);
  if (button === undefined) throw new Error(`There is no button ${name}.`);
  await act(() => button.click());
}
async function type(code: string): Promise<void> {
  for (const digit of code) await press(digit);
  await press('Valider');
  do await settled();
  while (page.textContent?.includes('Vérification…'));
}
const step = () => page.querySelector('[data-staff]')?.getAttribute('data-staff') ?? null;
function figure(name: string): string {
  const term = [...page.querySelectorAll('dt')].find(({ textContent }) => textContent === name);
  return (term?.nextElementSibling?.textContent ?? '').replaceAll(/\s/g, ' ');
}
async function openMenu(): Promise<void> {
  await hold();
  await type(CODE);
  await settled();
}
async function visit(): Promise<void> {
  await act(async () => {
    rig.engine.answer({ itemId: 'GLOB' as ItemId, kind: 'rating', code: 'very-satisfied' });
    await rig.settle();
    await rig.clock.advance(2_000);
    rig.engine.finish();
    await rig.settle();
    await rig.clock.advance(10_000);
    rig.engine.leaveThanks();
    await rig.settle();
  });
}
const flagsSent = () =>
  [...rig.server.bodies.values()].map(
    (body) => (JSON.parse(body) as { paradata: { flags: readonly string[] } }).paradata.flags,
  );

describe('the staff’s menu', () => {
  it('asks for the code, opens for the right one, and covers the visit meanwhile', async () => {
    await hold();
    expect(step()).toBe('code');
    expect(document.getElementById('app')?.inert).toBe(true);
    await type('480214');
    expect(step()).toBe('code');
    expect(page.querySelector('[role=alert]')?.textContent).toContain('Encore 4 essais');
    await type(CODE);
    expect(step()).toBe('menu');
    await press('Quitter le menu');
    expect(step()).toBeNull();
    expect(document.getElementById('app')?.inert).toBe(false);
  });

  it('waits after five wrong codes, and has it in the next report', async () => {
    await hold();
    for (let tries = 0; tries < 5; tries += 1) await type('000000');
    expect(page.querySelector('[role=alert]')?.textContent).toContain('Trop d’essais');
    expect(page.querySelector<HTMLButtonElement>('.staff-pad button')?.disabled).toBe(true);
    expect(noted).toEqual(['staff-code-wrong-5']);
    await press('Quitter le menu');
    await act(() => rig.clock.advance(61_000));
    await hold();
    await type(CODE);
    expect(step()).toBe('menu');
  });

  it('closes when nobody has touched it for a minute', async () => {
    await openMenu();
    await act(() => rig.clock.advance(50_000));
    page.dispatchEvent(new PointerEvent('pointerdown', { clientX: 500, clientY: 500, bubbles: true }));
    await act(() => rig.clock.advance(50_000));
    expect(step()).toBe('menu');
    await act(() => rig.clock.advance(11_000));
    expect(step()).toBeNull();
  });

  it('is nowhere in the middle of a visit', async () => {
    await act(async () => {
      rig.engine.answer({ itemId: 'GLOB' as ItemId, kind: 'rating', code: 'very-satisfied' });
      await rig.settle();
    });
    await hold();
    expect(step()).toBeNull();
  });

  it('tells the figures as they are', async () => {
    rig.server.failAlways('requestLost');
    await visit();
    await act(() => rig.clock.advance(5 * 60_000));
    await openMenu();
    expect(figure('En attente d’envoi')).toMatch(/^1 réponse, la plus ancienne depuis 5 minutes$/);
    expect(figure('Connexion')).toBe('serveur injoignable');
    expect(figure('Stockage')).toMatch(/^non protégé/);
    expect(figure('Place, selon le navigateur')).toBe('1,2 Mo utilisés sur 2 Go');
    expect(figure('Point d’accueil')).toBe('Accueil général');
    expect(figure('Tablette')).toBe('00000000');
    rig.server.failAlways(null);
    await press('Envoyer maintenant');
    await act(() => rig.clock.advance(6_000));
    expect(figure('En attente d’envoi')).toBe('rien');
    expect(figure('Gardées en double')).toMatch(/^1 sur 5 000/);
    expect(figure('Connexion')).toBe('serveur joint');
  });

  it('tells how wrong the tablet’s clock is', async () => {
    await openMenu();
    expect(figure('Heure de la tablette')).toBe('juste, à quelques secondes près');
    told = { atMs: rig.clock.now(), clockOffsetMs: 20 * 60_000 };
    await act(() => rig.clock.advance(1_100));
    expect(figure('Heure de la tablette')).toContain('en retard de 20 minutes sur le serveur');
    told = { atMs: rig.clock.now(), clockOffsetMs: -3 * 3_600_000 };
    await act(() => rig.clock.advance(1_100));
    expect(figure('Heure de la tablette')).toContain('en avance de 3 heures sur le serveur');
  });

  it('lets an update in', async () => {
    await openMenu();
    await press('Mettre à jour maintenant');
    expect(updated).toBe(1);
  });
});

describe('an essay', () => {
  it('flags what is answered, and ends by itself after a quarter of an hour', async () => {
    await openMenu();
    await press('Commencer un essai');
    expect(step()).toBeNull();
    expect(page.querySelector('.trial')?.textContent).toContain('les réponses ne comptent pas');
    await visit();
    await act(() => rig.clock.advance(16 * 60_000));
    expect(page.querySelector('.trial')).toBeNull();
    await visit();
    await act(() => rig.clock.advance(5_000));
    expect(flagsSent()).toEqual([['test-mode'], []]);
  });

  it('is ended by its banner', async () => {
    await openMenu();
    await press('Commencer un essai');
    await press('Terminer l’essai');
    await visit();
    await act(() => rig.clock.advance(5_000));
    expect(flagsSent()).toEqual([[]]);
  });
});

describe('the rescue file', () => {
  it('holds all that the tablet has, sent or not, and a digest of it', async () => {
    await visit();
    await act(() => rig.clock.advance(5_000));
    rig.server.failAlways('requestLost');
    await visit();
    const held = await rig.outbox.everything();
    const { memory } = rig.engine;
    if (!held.ok || memory === null) throw new Error('Nothing is held.');
    const file = (await makeRescueFile(memory, held.value, rig.clock.now())) as RescueFile;
    expect(file.entries.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual([1, 2]);
    expect(file.checksum).toBe(createHash('sha256').update(checkedTextOf(file.entries)).digest('hex'));
    expect(JSON.stringify(file)).not.toContain('secret');
  });
});

describe('the quiet screen', () => {
  const quiet = () => page.querySelector('[data-quiet]');

  it('comes two minutes after the last touch once the reception is closed, and goes at a touch', async () => {
    // Tuesday, an hour before closing time in Libourne.
    rig.clock.setCalendar(Date.UTC(2026, 10, 24, 15, 30));
    rig.server.failAlways('requestLost');
    await act(() => rig.clock.advance(59 * 60_000));
    await settled();
    expect(quiet()).toBeNull();
    await act(() => rig.clock.advance(2 * 60_000));
    await settled();
    expect(quiet()?.textContent).toContain('Cet accueil est fermé');
    expect(quiet()?.textContent?.replaceAll(/\s/g, ' ')).toContain('Ouverture lundi à 8 h 30');
    expect(document.getElementById('app')?.inert).toBe(true);
    await act(() => {
      quiet()?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      quiet()?.querySelector('button')?.click();
    });
    expect(quiet()).toBeNull();
    expect(document.getElementById('app')?.inert).toBe(false);
    await act(() => rig.clock.advance(100_000));
    await settled();
    expect(quiet()).toBeNull();
    await act(() => rig.clock.advance(40_000));
    await settled();
    expect(quiet()).not.toBeNull();
    await act(() => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }));
    });
    expect(quiet()).toBeNull();
  });

  it('goes by the server’s clock where the tablet’s is wrong', async () => {
    // Three in the morning by the tablet, noon by the server.
    rig.clock.setCalendar(Date.UTC(2026, 10, 24, 2));
    rig.server.failAlways('requestLost');
    told = { atMs: 0, clockOffsetMs: 9 * 3_600_000 };
    await act(() => rig.clock.advance(5 * 60_000));
    await settled();
    expect(quiet()).toBeNull();
  });

  it('goes when the reception opens', async () => {
    rig.clock.setCalendar(Date.UTC(2026, 10, 24, 7, 20));
    rig.server.failAlways('requestLost');
    await act(() => rig.clock.advance(3 * 60_000));
    await settled();
    expect(quiet()).not.toBeNull();
    await act(() => rig.clock.advance(8 * 60_000));
    expect(quiet()).toBeNull();
  });
});
