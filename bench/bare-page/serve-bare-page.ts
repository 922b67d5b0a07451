import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const FILES = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/bare.css': ['bare.css', 'text/css'],
  '/bare.js': ['bare.js', 'text/javascript'],
  '/sw.js': ['sw.js', 'text/javascript'],
} as const;

/** The bare page, on an origin of its own. */
export interface BarePageServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveBarePage(): Promise<BarePageServer> {
  const server = createServer((request, reply) => {
    const file = Object.entries(FILES).find(([path]) => path === request.url)?.[1];
    if (file === undefined) {
      reply.writeHead(404).end();
      return;
    }
    reply.writeHead(200, { 'content-type': file[1], 'cache-control': 'no-cache' });
    reply.end(readFileSync(new URL(file[0], import.meta.url)));
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
