import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { KioskView } from '../kiosk.ts';
import { type ManualClock, createManualClock } from '../manual-clock.ts';
import { type Updates, keepUpdated } from './updates.part.ts';

const SERVED: KioskView = { kind: 'starting' };
const LOST: KioskView = { kind: 'outOfOrder', language: 'fr', reason: 'storage-UnknownError' };

let clock: ManualClock;
let view: KioskView;
let reloads: number;
let isReplaceable: boolean;
let registration: ServiceWorkerRegistration & { waiting: unknown; active: unknown };
let container: EventTarget & { controller: unknown };
let updates: Updates | null;
let told: string[];
/** What the network, or the service worker in its place, says when the page is asked for. */
let answerPage: () => Promise<Response>;

/** A version of the service worker, as far as along as its state says. */
function workerThat(state: ServiceWorkerState): ServiceWorker & { heard: unknown[] } {
  const heard: unknown[] = [];
  const scriptURL = new URL('/kiosk-sw.js', location.href).href;
  const worker = { state, scriptURL, heard, postMessage: (message: unknown) => void heard.push(message) };
  return Object.assign(new EventTarget(), worker) as unknown as ServiceWorker & { heard: unknown[] };
}

beforeEach(() => {
  [clock, view, reloads, isReplaceable, told] = [createManualClock(), SERVED, 0, false, []];
  answerPage = async () => new Response('the page');
  registration = Object.assign(new EventTarget(), {
    waiting: null,
    active: null,
    update: async () => {},
  }) as unknown as typeof registration;
  container = Object.assign(new EventTarget(), {
    controller: null,
    register: async () => registration,
    getRegistration: async () => registration,
  });
  Object.defineProperty(document, 'readyState', { configurable: true, value: 'complete' });
  vi.stubGlobal('navigator', { serviceWorker: container });
  vi.stubGlobal('fetch', () => answerPage());
  vi.spyOn(location, 'reload').mockImplementation(() => {
    reloads += 1;
  });
});
/** The page has been up for a minute. */
async function begin(): Promise<void> {
  updates = keepUpdated({
    clock,
    randomness: { number: () => 0.5, bytes: (length) => new Uint8Array(length) },
    isReplaceable: () => isReplaceable,
    view: () => view,
    onError: (code) => told.push(code),
  });
  await clock.advance(60_000);
}

afterEach(() => {
  document.head.replaceChildren();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('loads the page anew once its storage is lost to it, and not while it serves', async () => {
  await begin();
  expect(reloads).toBe(0);
  view = LOST;
  await clock.advance(10_000);
  expect(reloads).toBe(0);
  await clock.advance(15_000);
  expect(reloads).toBeGreaterThan(0);
});

it('stays as long as the page could not be had again', async () => {
  await begin();
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
  await begin();
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

/** One version is shown, and the next waits. */
async function beginWithNext(): Promise<ReturnType<typeof workerThat>> {
  const next = workerThat('installed');
  registration.active = workerThat('activated');
  registration.waiting = next;
  container.controller = registration.active;
  await begin();
  return next;
}

function handOver(to: ServiceWorker, state: ServiceWorkerState): void {
  Object.assign(to, { state });
  [registration.waiting, registration.active] = [null, to];
}

it('asks for no page in the middle of a hand-over, only once the next version has taken over', async () => {
  const next = await beginWithNext();
  expect(next.heard).toEqual([]);
  isReplaceable = true;
  await clock.advance(5_000);
  expect(next.heard).toEqual([{ type: 'SKIP_WAITING' }]);
  await clock.advance(2_000);
  // It is told again as long as it has not moved.
  expect(next.heard).toHaveLength(2);
  expect(reloads).toBe(0);
  handOver(next, 'activating');
  await clock.advance(10_000);
  expect(reloads).toBe(0);
  handOver(next, 'activated');
  await clock.advance(2_000);
  expect(reloads).toBe(1);
});

it('asks for the page once more where it did not come', async () => {
  const next = await beginWithNext();
  isReplaceable = true;
  await clock.advance(5_000);
  handOver(next, 'activated');
  await clock.advance(50_000);
  expect(reloads).toBe(1);
  await clock.advance(60_000);
  expect(reloads).toBe(2);
});

it('interrupts nobody who comes up in the meantime', async () => {
  const next = await beginWithNext();
  isReplaceable = true;
  await clock.advance(5_000);
  isReplaceable = false;
  handOver(next, 'activated');
  await clock.advance(60_000);
  expect(reloads).toBe(0);
  isReplaceable = true;
  await clock.advance(2_000);
  expect(reloads).toBe(1);
});

it('asks for the page after a minute, where it is never told that the next version has taken over', async () => {
  await beginWithNext();
  isReplaceable = true;
  await clock.advance(55_000);
  expect(reloads).toBe(0);
  await clock.advance(15_000);
  expect(reloads).toBe(1);
});

it('takes the next version at once when staff say so, whoever stands there', async () => {
  const next = await beginWithNext();
  expect(updates?.isWaiting).toBe(true);
  updates?.apply();
  expect(next.heard).toEqual([{ type: 'SKIP_WAITING' }]);
  handOver(next, 'activated');
  await clock.advance(2_000);
  expect(reloads).toBe(1);
});

it.each([
  ['follows a hand-over that ended before it listened', 'kiosk-newer123.js', 1],
  ['stays where the page it would get is the one that is shown', 'kiosk-shown123.js', 0],
  ['stays where a portal answers in place of the page', 'portal.js', 0],
])('%s', async (_name, served, expected) => {
  const script = document.createElement('script');
  // A script of this type is not run.
  script.type = 'text/plain';
  script.setAttribute('src', '/kiosk/assets/kiosk-shown123.js');
  document.head.append(script);
  registration.active = workerThat('activated');
  container.controller = registration.active;
  answerPage = async () => new Response(`<script src="/kiosk/assets/${served}"></script>`);
  isReplaceable = true;
  await begin();
  expect(reloads).toBe(expected);
});

it('takes a version that comes after another whose installation failed, and reports the failure', async () => {
  registration.active = workerThat('activated');
  container.controller = registration.active;
  await begin();
  const install = (worker: ServiceWorker) => {
    Object.assign(registration, { installing: worker });
    registration.dispatchEvent(new Event('updatefound'));
  };
  const become = (worker: ServiceWorker, state: ServiceWorkerState) => {
    Object.assign(worker, { state });
    Object.assign(registration, { installing: null, ...(state === 'installed' && { waiting: worker }) });
    worker.dispatchEvent(new Event('statechange'));
  };
  for (let count = 1; count <= 2; count += 1) {
    const failing = workerThat('installing');
    install(failing);
    become(failing, 'redundant');
    expect(told).toEqual(Array.from({ length: count }, () => 'update-not-installed'));
  }
  const next = workerThat('installing');
  install(next);
  become(next, 'installed');
  isReplaceable = true;
  await clock.advance(5_000);
  expect(next.heard).not.toEqual([]);
  handOver(next, 'activated');
  await clock.advance(2_000);
  expect(reloads).toBe(1);
  expect(told).toHaveLength(2);
});
