import { clientsClaim } from 'workbox-core';
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

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

// oxlint-disable-next-line no-underscore-dangle -- the name that the build replaces by the list
precacheAndRoute([...self.__WB_MANIFEST], { cleanURLs: false });
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/kiosk/index.html'), { allowlist: [/^\/kiosk\//] }),
);

// The first installation serves the page that made it, so that the very next start works without network.
clientsClaim();

self.addEventListener('message', (event) => {
  if (isSkipWaiting(event.data)) void self.skipWaiting();
});

/** A worker with no page to wait for takes over by itself: nothing can be interrupted. */
self.addEventListener('install', (event) => {
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then(async (pages) => {
      if (!pages.some((page) => new URL(page.url).pathname.startsWith('/kiosk/'))) await self.skipWaiting();
    }),
  );
});

function isSkipWaiting(message: unknown): boolean {
  return (
    typeof message === 'object' && message !== null && 'type' in message && message.type === 'SKIP_WAITING'
  );
}
