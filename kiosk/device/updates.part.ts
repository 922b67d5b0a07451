import { Workbox } from 'workbox-window';
import type { KioskView } from '../kiosk.ts';
import type { Clock, Randomness } from '../ports.ts';
import { watchForLostStorage } from './lost-storage.ts';

const WORKER = '/kiosk-sw.js';
const PAGE = '/kiosk/';
/** What a page of ours names, and a portal's in its place does not. Its name has its digest in it. */
const SCRIPT = /\/kiosk\/assets\/kiosk-[\w-]+\.js/;
const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 5_000;
/** What the hand-over from one version to the next takes on most tablets. */
const TAKE_OVER_MS = 2_000;
/** Twice what a worker that a request has woken in that very moment stays. Some iPads never tell a home-screen application that it is over. */
const HAND_OVER_MOST_MS = 60_000;

/** The two calls of Trusted Types that a service worker needs; browsers without them take the plain address. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

interface UpdatePorts {
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Whether the page may be replaced at this instant. */
  readonly isReplaceable: () => boolean;
  readonly view: () => KioskView;
  readonly onError: (code: string) => void;
}

/** What staff can see and do of updates. */
export interface Updates {
  readonly isWaiting: boolean;
  /** Takes the new version now, whoever stands there. */
  apply(): void;
}

/**
 * Installs the service worker and keeps it new. A page that stays open for months never asks for an update by itself, so it is asked for
 * here; the new version waits until nobody stands in front of the tablet, takes over, and the page is loaded anew.
 * So it is too when its storage is lost to it.
 */
export function keepUpdated({
  clock,
  randomness,
  isReplaceable,
  view,
  onError,
}: UpdatePorts): Updates | null {
  if (!('serviceWorker' in navigator)) return null;
  const worker = new Workbox(workerAddress(), { scope: '/kiosk/', updateViaCache: 'none' });
  let registration: ServiceWorkerRegistration | undefined;
  let isReplaced = false;
  let replacedAt = 0;
  let isForced = false;
  let callOffLook = () => {};
  const isStorageLost = watchForLostStorage(clock, view);

  // Another page of this tablet has let the new version take over; this one follows when it may.
  worker.addEventListener('controlling', ({ isUpdate }) => {
    if (isUpdate === true) beReplaced();
    else void beOfThisVersion();
  });

  function look(): void {
    let pauseMs = isReplaced ? TAKE_OVER_MS : LOOK_EVERY_MS;
    const mayReplace = isForced || isReplaceable();
    if (isStorageLost()) void comeAgain();
    if (mayReplace && isReplaced && hasTakenOver()) {
      location.reload();
      // Where the page does not come, this one is still there, and asks once more.
      pauseMs = HAND_OVER_MOST_MS;
    } else if (mayReplace && isWaiting()) {
      // It is told as often as it is looked: it may have been stopped before it heard.
      worker.messageSkipWaiting();
      beReplaced();
      // Whoever comes up to the tablet in between is not interrupted either.
      pauseMs = TAKE_OVER_MS;
    }
    callOffLook = clock.after(pauseMs, look);
  }

  /** Asked of the browser itself: Workbox tells of the first version that comes while a page is open, and of none after it. */
  function isWaiting(): boolean {
    return registration?.waiting != null;
  }

  function beReplaced(): void {
    if (!isReplaced) replacedAt = clock.elapsed();
    isReplaced = true;
  }

  /**
   * A page that is asked for in the middle of the hand-over may be the old one once more, or never come: Chromium can lose a request that
   * it has given to the worker it is stopping.
   */
  function hasTakenOver(): boolean {
    if (registration === undefined) return true;
    const { waiting, active } = registration;
    if (waiting === null && active?.state === 'activated') return true;
    return clock.elapsed() - replacedAt >= HAND_OVER_MOST_MS;
  }

  /** The hand-over may have ended before this page listened: then it is of another version than the one it would get by loading anew. */
  async function beOfThisVersion(): Promise<void> {
    if (navigator.serviceWorker.controller === null) return;
    try {
      const shown = document.querySelector('script[src]')?.getAttribute('src');
      const next = SCRIPT.exec(await (await fetch(PAGE)).text())?.[0];
      if (shown != null && next !== undefined && next !== shown) beReplaced();
    } catch {
      // Without network and without a cache there is no page to compare with.
      return;
    }
  }

  /** Not before it is known that the page can be had again: without network it comes from a cache that may be lost too. */
  async function comeAgain(): Promise<void> {
    try {
      if ((await fetch(PAGE)).ok && isStorageLost()) location.reload();
    } catch {
      // It is looked again in a few seconds.
      return;
    }
  }

  function askLater(): void {
    clock.after((15 + 45 * randomness.number()) * MINUTE_MS, () => {
      void ask().finally(askLater);
    });
  }

  async function ask(): Promise<void> {
    try {
      // A proxy's own page in place of the worker must not reach the browser's update.
      const reply = await fetch(WORKER, { cache: 'no-store' });
      if (reply.status === 200 && /javascript/.test(reply.headers.get('content-type') ?? ''))
        await worker.update();
    } catch {
      // Without network there is nothing new; it is asked again within the hour.
      return;
    }
  }

  /** An installation that fails is reported, whichever it is of those that come while this page is open. */
  function watchInstallations(held: ServiceWorkerRegistration): void {
    held.addEventListener('updatefound', () => {
      const { installing } = held;
      let isInstalled = false;
      installing?.addEventListener('statechange', () => {
        isInstalled ||= installing.state !== 'redundant';
        if (!isInstalled) onError('update-not-installed');
      });
    });
  }

  async function begin(): Promise<void> {
    try {
      registration = await worker.register();
    } catch {
      return onError('service-worker-refused');
    }
    if (registration !== undefined) watchInstallations(registration);
    await beOfThisVersion();
  }

  void begin();
  look();
  askLater();
  return {
    get isWaiting() {
      return isWaiting() || isReplaced;
    },
    apply() {
      isForced = true;
      if (!isWaiting()) beReplaced();
      callOffLook();
      look();
    },
  };
}

function workerAddress(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('parvis-kiosk', {
    createScriptURL(url) {
      if (url !== WORKER) throw new TypeError('Only the service worker may be loaded by address.');
      return url;
    },
  });
  return policy?.createScriptURL(WORKER) ?? WORKER;
}
