import type { Clock } from '../ports.ts';

/** A server that says nothing is no better than none; a slow line must still get its hundred answers through. */
export const REQUEST_LIMIT_MS = 20_000;

/** What came back whole. */
export interface ServerReply {
  readonly status: number;
  /** The body, where it is whole JSON and says so; undefined otherwise. */
  readonly json: unknown;
  /** The media type without its parameters, in lower case. */
  readonly mediaType: string;
  readonly header: (name: string) => string | null;
}

export interface ServerRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token: string | null;
  /** JSON text. */
  readonly body?: string;
  readonly ifNoneMatch?: string;
}

/** Asks the server; null when nothing whole came back in time, whatever the cause. Never rejects. */
export type AskServer = (request: ServerRequest) => Promise<ServerReply | null>;

/** Over fetch, on the page's own origin: no cookie, no cache, no redirect followed. */
export function askOver(fetcher: typeof fetch, clock: Clock): AskServer {
  return (request) =>
    new Promise((resolve) => {
      const aborter = new AbortController();
      const callOff = clock.after(REQUEST_LIMIT_MS, () => {
        aborter.abort();
        resolve(null);
      });
      void fetchReply(fetcher, request, aborter.signal)
        // No network, a cut body, a time-out: all the same to the caller, who keeps everything and tries again.
        .catch(() => null)
        .then((reply) => {
          callOff();
          resolve(reply);
        });
    });
}

async function fetchReply(
  fetcher: typeof fetch,
  { method, path, token, body, ifNoneMatch }: ServerRequest,
  signal: AbortSignal,
): Promise<ServerReply> {
  const reply = await fetcher(path, {
    method,
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'manual',
    signal,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await reply.text();
  const mediaType = (reply.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return {
    status: reply.status,
    mediaType,
    json: /^application\/(problem\+)?json$/.test(mediaType) ? parsed(text) : undefined,
    header: (name) => reply.headers.get(name),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
