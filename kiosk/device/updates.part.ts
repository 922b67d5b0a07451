import { Workbox } from 'workbox-window';
import type { KioskView } from '../kiosk.ts';
import type { Clock, Randomness } from '../ports.ts';
import { watchForLostStorage } from './lost-storage.ts';

const WORKER = '/kiosk-sw.js';
const PAGE = '/kiosk/';
const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 5_000;
/** `controllerchange` does not come on some iPads in a home-screen application. */
const TAKE_OVER_MS = 2_000;

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
  let isWaiting = false;
  let isReplaced = false;
  const isStorageLost = watchForLostStorage(clock, view);

  worker.addEventListener('waiting', () => {
    isWaiting = true;
  });
  // Another page of this tablet has let the new version take over; this one follows when it may.
  worker.addEventListener('controlling', ({ isUpdate }) => {
    isReplaced ||= isUpdate === true;
  });
  worker.addEventListener('redundant', () => {
    // The version that is replaced ends so too.
    if (!isWaiting && !isReplaced) onError('update-not-installed');
  });

  function look(): void {
    if (isReplaceable() && isReplaced) return location.reload();
    if (isStorageLost()) void comeAgain();
    let pauseMs = LOOK_EVERY_MS;
    if (isReplaceable() && isWaiting) {
      worker.messageSkipWaiting();
      isWaiting = false;
      isReplaced = true;
      // Whoever comes up to the tablet in between is not interrupted either: it is looked again.
      pauseMs = TAKE_OVER_MS;
    }
    clock.after(pauseMs, look);
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

  worker.register().catch(() => onError('service-worker-refused'));
  look();
  askLater();
  return {
    get isWaiting() {
      return isWaiting || isReplaced;
    },
    apply() {
      if (isWaiting) worker.messageSkipWaiting();
      isWaiting = false;
      isReplaced = true;
      clock.after(TAKE_OVER_MS, () => location.reload());
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
