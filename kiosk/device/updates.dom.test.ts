import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { KioskView } from '../kiosk.ts';
import { type ManualClock, createManualClock } from '../manual-clock.ts';
import { keepUpdated } from './updates.part.ts';

const SERVED: KioskView = { kind: 'starting' };
const LOST: KioskView = { kind: 'outOfOrder', language: 'fr', reason: 'storage-UnknownError' };

let clock: ManualClock;
let view: KioskView;
let reloads: number;
/** What the network, or the service worker in its place, says when the page is asked for. */
let answerPage: () => Promise<Response>;

beforeEach(async () => {
  [clock, view, reloads] = [createManualClock(), SERVED, 0];
  answerPage = async () => new Response('the page');
  const registration = Object.assign(new EventTarget(), {
    waiting: null,
    active: null,
    update: async () => {},
  });
  const container = Object.assign(new EventTarget(), {
    controller: null,
    register: async () => registration,
    getRegistration: async () => registration,
  });
  vi.stubGlobal('navigator', { serviceWorker: container });
  vi.stubGlobal('fetch', () => answerPage());
  vi.spyOn(location, 'reload').mockImplementation(() => {
    reloads += 1;
  });
  keepUpdated({
    clock,
    randomness: { number: () => 0.5, bytes: (length) => new Uint8Array(length) },
    isReplaceable: () => false,
    view: () => view,
    onError: () => undefined,
  });
  await clock.advance(60_000);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('loads the page anew once its storage is lost to it, and not while it serves', async () => {
  expect(reloads).toBe(0);
  view = LOST;
  await clock.advance(10_000);
  expect(reloads).toBe(0);
  await clock.advance(15_000);
  expect(reloads).toBeGreaterThan(0);
});

it('stays as long as the page could not be had again', async () => {
  view = LOST;
  answerPage = () => Promise.reject(new TypeError('no network'));
  await clock.advance(60_000);
  answerPage = async () => new Response('not here', { status: 504 });
  await clock.advance(60_000);
  expect(reloads).toBe(0);
  answerPage = async () => new Response('the page');
  await clock.advance(5_000);
  expect(reloads).toBe(1);
});

it('stays when storage comes back while the page is asked for', async () => {
  const asked: ((reply: Response) => void)[] = [];
  answerPage = () => new Promise((resolve) => asked.push(resolve));
  view = LOST;
  await clock.advance(21_000);
  expect(asked).toHaveLength(1);
  view = SERVED;
  asked[0]?.(new Response('the page'));
  await clock.advance(0);
  expect(reloads).toBe(0);
});
