import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';

/** What the page offers: see `outbox-page/main.ts`. */
interface OutboxPage {
  fill(acknowledge: (count: number) => Promise<void>): Promise<void>;
  count(): Promise<number>;
}
type FillingWindow = { outboxPage: OutboxPage; acknowledge(count: number): Promise<void> };

/** Builds and serves the page that fills an outbox, on an origin of its own. */
export async function serveOutboxPage(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL('outbox-page/main.ts', import.meta.url)), formats: ['es'] },
    },
  });
  const [bundle] = [built].flat();
  const code = bundle !== undefined && 'output' in bundle ? bundle.output[0].code : '';
  const server = createServer((request, reply) => {
    const isScript = request.url === '/main.js';
    reply.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8' });
    reply.end(
      isScript ? code : '<!doctype html><title>Outbox</title><script type="module" src="main.js"></script>',
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Opens the page, ready to fill and to count. */
export async function openOutboxPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => 'outboxPage' in globalThis);
  return page;
}

/** Lets the page fill its outbox until it is gone, and tells of each answer how many there are once it is stored. */
export async function fillOutbox(page: Page, onStored: (count: number) => void): Promise<void> {
  await page.exposeFunction('acknowledge', onStored);
  void page
    .evaluate(() => {
      const { outboxPage, acknowledge } = globalThis as unknown as FillingWindow;
      return outboxPage.fill(acknowledge);
    })
    .catch(() => undefined);
}

/** How many answers the page's outbox holds. */
export function countOutbox(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as FillingWindow).outboxPage.count());
}
