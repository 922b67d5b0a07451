import { cacheNames, clientsClaim } from 'workbox-core';
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { keptFirstScreen } from './first-screen.ts';

/**
 * Serves the tablet's own page and what it loads from the device, network or not, and nothing else: only GET requests for the
 * precached files and navigations under /kiosk/. It never sees the API; answers are sent by the page.
 *
 * A new version installs at any time, each file checked against its digest, and then waits: the page alone says when
 * it may take over (`kiosk/device/updates.part.ts`).
 */
declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: {
    readonly url: string;
    readonly revision: string | null;
    readonly integrity: string;
  }[];
};

const ASSETS = '/kiosk/assets/';
/** What the version before was made of. */
const BEFORE = 'parvis-version-before';

// The folder's own address is a navigation, below, and not the file's.
// oxlint-disable-next-line no-underscore-dangle -- the name that the build replaces by the list
const FILES = [...self.__WB_MANIFEST];
precacheAndRoute(FILES, { cleanURLs: false, directoryIndex: '' });
const SCRIPT = new URL(FILES.find(({ url }) => /\/kiosk-[^/]+\.js$/.test(url))?.url ?? '', location.href)
  .href;
const servePage = createHandlerBoundToURL('/kiosk/index.html');
registerRoute(
  new NavigationRoute(async (options) => (await keptFirstScreen(caches, SCRIPT)) ?? servePage(options), {
    allowlist: [/^\/kiosk\//],
  }),
);
// A new version that takes over lets go of the files of the old one, while a page of the old one may still be shown: a visitor came up in that
// moment, or it is another page. What that page loads only when it is asked for is kept for it.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith(ASSETS),
  async ({ request }) => (await caches.match(request.url, { cacheName: BEFORE })) ?? fetch(request),
);

// The first installation serves the page that made it, so that the very next start works without network.
clientsClaim();

self.addEventListener('message', (event) => {
  if (isSkipWaiting(event.data)) void self.skipWaiting();
});

self.addEventListener('install', (event: InstallEvent) => {
  event.waitUntil(passByApi(event));
  event.waitUntil(keepVersionBefore().then(takeOverIfAlone));
});

/** The event of an installation, where the browser can be told beforehand what a worker need not see. */
interface InstallEvent extends ExtendableEvent {
  addRoutes?(
    routes: readonly { condition: { urlPattern: { pathname: string } }; source: 'network' }[],
  ): Promise<void>;
}

/**
 * Has the browser itself send what goes to the API, without waking this worker: a worker that is woken while the next version takes over
 * stays half a minute longer.
 */
async function passByApi(event: InstallEvent): Promise<void> {
  try {
    await event.addRoutes?.([{ condition: { urlPattern: { pathname: '/api/*' } }, source: 'network' }]);
  } catch {
    // It goes past this worker then, as in the browsers that cannot be told.
    return;
  }
}

/** A worker with no page to wait for takes over by itself: nothing can be interrupted. */
async function takeOverIfAlone(): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (!pages.some((page) => new URL(page.url).pathname.startsWith('/kiosk/'))) await self.skipWaiting();
}

/** It costs no network. Where there is no room for it, the new version is worth more than the pages of the old one. */
async function keepVersionBefore(): Promise<void> {
  try {
    const now = await caches.open(cacheNames.precache);
    const assets = (await now.keys()).filter(({ url }) => new URL(url).pathname.startsWith(ASSETS));
    await caches.delete(BEFORE);
    const before = await caches.open(BEFORE);
    for (const asset of assets) {
      const kept = await now.match(asset);
      if (kept !== undefined) await before.put(asset.url, kept);
    }
  } catch {
    await caches.delete(BEFORE);
  }
}

function isSkipWaiting(message: unknown): boolean {
  return (
    typeof message === 'object' && message !== null && 'type' in message && message.type === 'SKIP_WAITING'
  );
}
