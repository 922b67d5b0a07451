import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What of a version can come otherwise than it was built. */
export type Piece = 'page' | 'worker' | 'script' | 'part';
export type Damage =
  /** 404 */
  | 'missing'
  /** Another page with status 200, as a portal on the way gives. */
  | 'portal'
  /** Half of it, and no word that there was more. */
  | 'truncated'
  /** Asked for, and never answered. */
  | 'held back';

/** Stands before a server and serves newer versions of the kiosk, whole or not. */
export interface AlteringProxy {
  readonly origin: string;
  /**
   * From now on the page carries another mark, its script and its parts have new names and new bytes, and the service worker lists them by
   * their new digests, as a new build would.
   */
  releaseVersion(mark: string): Promise<void>;
  /** From now on the version of the build itself is served again. */
  goBack(): void;
  damage(piece: Piece, how: Damage): void;
  /** Everything is whole again. */
  mend(): void;
  /** How often a damaged piece has been asked for. */
  readonly asksForDamaged: number;
  /** What is answered no more: the API alone, so that answers wait on the tablet, or everything, as without network. */
  setDown(what: 'nothing' | 'api' | 'everything'): void;
  close(): Promise<void>;
}

interface Altered {
  readonly body: string;
  readonly piece: Piece;
}

const PAGE = '/kiosk/index.html';
const WORKER = '/kiosk-sw.js';
/** The script and each part, wherever the build names them; the script's digest is in another alphabet than the parts'. */
const SCRIPTS = /kiosk\/assets\/([\w-]+)-([\w-]{8})\.js/g;
const PORTAL = '<!doctype html><title>Portail</title><p>Connectez-vous au réseau.';

export async function startAlteringProxy(target: string): Promise<AlteringProxy> {
  let altered = new Map<string, Altered>();
  const damaged = new Map<Piece, Damage>();
  let down: 'nothing' | 'api' | 'everything' = 'nothing';
  let asksForDamaged = 0;

  const server = createServer((asked, reply) => {
    if (down === 'everything' || (down === 'api' && asked.url?.startsWith('/api/') === true)) {
      asked.socket.destroy();
      return;
    }
    const path = (asked.url ?? '').split('?', 1)[0] ?? '';
    const known = altered.get(path === '/kiosk/' ? PAGE : path);
    const how = known === undefined ? undefined : damaged.get(known.piece);
    if (how !== undefined) asksForDamaged += 1;
    if (how === 'held back') return;
    if (how === 'missing') {
      reply.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
      return;
    }
    if (how === 'portal') {
      reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PORTAL);
      return;
    }
    const body = how === 'truncated' ? known?.body.slice(0, known.body.length / 2) : known?.body;
    forward(target, asked, reply, body, known === undefined ? null : PATTERNS[known.piece]);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://localhost:${port}`,
    releaseVersion: async (mark) => {
      altered = await newVersion(target, mark);
    },
    goBack: () => {
      altered = new Map();
    },
    damage: (piece, how) => damaged.set(piece, how),
    mend: () => damaged.clear(),
    get asksForDamaged() {
      return asksForDamaged;
    },
    setDown: (what) => {
      down = what;
      if (what === 'everything') server.closeAllConnections();
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What lies at an altered address is taken from here in the build: the address of a script has changed. */
const PATTERNS: Readonly<Record<Piece, string>> = {
  page: PAGE,
  worker: WORKER,
  script: WORKER,
  part: WORKER,
};

async function newVersion(target: string, mark: string): Promise<Map<string, Altered>> {
  const [page, worker] = await Promise.all([textOf(`${target}${PAGE}`), textOf(`${target}${WORKER}`)]);
  const scripts = scriptsIn(worker);
  const renamed = (text: string) =>
    scripts.reduce((so, { path, newPath }) => so.replaceAll(path.slice(1), newPath(mark).slice(1)), text);
  const altered = new Map<string, Altered>();
  let newWorker = worker;
  for (const { path, name, newPath } of scripts) {
    const old = await textOf(`${target}${path}`);
    const body = `${renamed(old)}\n/* ${mark} */\n`;
    newWorker = newWorker.replaceAll(digest('sha384', old, 'base64'), digest('sha384', body, 'base64'));
    altered.set(newPath(mark), { body, piece: name === 'kiosk' ? 'script' : 'part' });
  }
  const newPage = renamed(page).replace('<head>', `<head><meta name="build" content="${mark}">`);
  newWorker = renamed(newWorker)
    .replaceAll(digest('md5', page, 'hex'), digest('md5', newPage, 'hex'))
    .replaceAll(digest('sha384', page, 'base64'), digest('sha384', newPage, 'base64'));
  if (newPage === page || newWorker === worker || altered.size < 2)
    throw new Error('The build does not look as expected.');
  return altered
    .set(PAGE, { body: newPage, piece: 'page' })
    .set(WORKER, { body: newWorker, piece: 'worker' });
}

function scriptsIn(
  worker: string,
): readonly { readonly path: string; readonly name: string; newPath(mark: string): string }[] {
  const found = new Map([...worker.matchAll(SCRIPTS)].map(([path, name = '']) => [`/${path}`, name]));
  return [...found].map(([path, name]) => ({
    path,
    name,
    newPath: (mark) => `/kiosk/assets/${name}-${digest('md5', `${mark} ${path}`, 'hex').slice(0, 8)}.js`,
  }));
}

/** @param from where in the build to take status and headers from, when the body is not the build's own */
function forward(
  target: string,
  asked: IncomingMessage,
  reply: ServerResponse,
  body: string | undefined,
  from: string | null,
): void {
  // The server must answer with a body as it is, whatever the browser has kept of an older one.
  const {
    'accept-encoding': _coding,
    'if-none-match': _tag,
    'if-modified-since': _since,
    ...headers
  } = asked.headers;
  const onward = request(
    `${target}${from ?? asked.url ?? '/'}`,
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
