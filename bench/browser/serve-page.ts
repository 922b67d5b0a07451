import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
};

/** A page to measure beside the kiosk, on an origin of its own. */
export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Five plain buttons without any framework: the yardstick. */
export function serveBarePage(): Promise<ServedPage> {
  return serveFolder(fileURLToPath(new URL('../bare-page/', import.meta.url)));
}

/** The same visit built on SurveyJS, bundled and minified as its users would, served by a service worker as the others are. */
export async function serveSurveyJsPage(): Promise<ServedPage> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bench-surveyjs-'));
  await build({
    root: fileURLToPath(new URL('../surveyjs-page/', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    base: './',
    build: { outDir: folder, target: 'es2022', modulePreload: { polyfill: false } },
  });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'index.html')
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const worker = readFileSync(new URL('../bare-page/sw.js', import.meta.url), 'utf8');
  writeFileSync(
    join(folder, 'sw.js'),
    worker.replace("'./', 'bare.css', 'bare.js'", ["'./'", ...files.map((file) => `'${file}'`)].join(', ')),
  );
  const served = await serveFolder(folder);
  return {
    url: served.url,
    async close() {
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function serveFolder(folder: string): Promise<ServedPage> {
  const server = createServer((request, reply) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    try {
      const body = readFileSync(join(folder, new URL(path, 'http://localhost').pathname));
      reply.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'cache-control': 'no-cache',
      });
      reply.end(body);
    } catch {
      reply.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
