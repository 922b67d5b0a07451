import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a server and, once asked to, serves a newer version of the kiosk. */
export interface AlteringProxy {
  readonly origin: string;
  /**
   * From now on the page carries another mark, and the service worker lists that page by its new digest, as a new
   * build would.
   */
  releaseVersion(mark: string): Promise<void>;
  /** The page is answered by something else under its address, as a portal or a proxy in the way would. */
  damagePage(): void;
  close(): Promise<void>;
}

const PAGE = '/kiosk/index.html';
const WORKER = '/kiosk-sw.js';

export async function startAlteringProxy(target: string): Promise<AlteringProxy> {
  const altered = new Map<string, string>();
  const server = createServer((asked, reply) => {
    const path = (asked.url ?? '').split('?', 1)[0] ?? '';
    const body = altered.get(path === '/kiosk/' ? PAGE : path);
    forward(target, asked, reply, body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    releaseVersion: async (mark) => {
      const [page, worker] = await Promise.all([textOf(`${target}${PAGE}`), textOf(`${target}${WORKER}`)]);
      const newPage = page.replace('<head>', `<head><meta name="build" content="${mark}">`);
      const newWorker = worker
        .replaceAll(digest('md5', page, 'hex'), digest('md5', newPage, 'hex'))
        .replaceAll(digest('sha384', page, 'base64'), digest('sha384', newPage, 'base64'));
      if (newPage === page || newWorker === worker) throw new Error('The build does not look as expected.');
      altered.set(PAGE, newPage).set(WORKER, newWorker);
    },
    damagePage: () => {
      altered.set(PAGE, '<!doctype html><title>Portail</title><p>Connectez-vous au réseau.');
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function forward(
  target: string,
  asked: IncomingMessage,
  reply: ServerResponse,
  body: string | undefined,
): void {
  // The server must answer with a body as it is, whatever the browser has kept of an older one.
  const {
    'accept-encoding': _coding,
    'if-none-match': _tag,
    'if-modified-since': _since,
    ...headers
  } = asked.headers;
  const onward = request(
    `${target}${asked.url ?? '/'}`,
    { method: asked.method ?? 'GET', headers: { ...headers, host: new URL(target).host } },
    (given) => {
      if (body === undefined || given.statusCode !== 200) {
        reply.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(reply);
        return;
      }
      given.resume();
      const { etag: _old, 'last-modified': _date, ...kept } = given.headers;
      reply.writeHead(200, { ...kept, 'content-length': Buffer.byteLength(body) });
      reply.end(body);
    },
  );
  onward.on('error', () => reply.destroy());
  asked.pipe(onward);
}

async function textOf(url: string): Promise<string> {
  return (await fetch(url)).text();
}

function digest(algorithm: string, text: string, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(text).digest(encoding);
}
