import type { Clock } from '../ports.ts';

/** A server that says nothing is no better than none; a slow line must still get its hundred answers through. */
const TIMEOUT_MS = 20_000;

/** What came back: whole and readable, or nothing at all. */
export interface ServerReply {
  readonly status: number;
  readonly isJson: boolean;
  readonly header: (name: string) => string | null;
  /** The decoded JSON; undefined where the body was not whole JSON. */
  readonly body: unknown;
}

export interface ServerRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token: string | null;
  readonly body?: unknown;
  readonly ifNoneMatch?: string;
}

/** Asks the server; null when nothing whole came back in time, whatever the cause. Never throws. */
export type AskServer = (request: ServerRequest) => Promise<ServerReply | null>;

/** Over fetch, on the page's own origin: no cookie, no cache, no redirect followed. */
export function askOver(fetcher: typeof fetch, clock: Clock): AskServer {
  return async ({ method, path, token, body, ifNoneMatch }) => {
    const aborter = new AbortController();
    const callOff = clock.after(TIMEOUT_MS, () => aborter.abort());
    try {
      const reply = await fetcher(path, {
        method,
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'manual',
        signal: aborter.signal,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await reply.text();
      const isJson = /^application\/(problem\+)?json\b/.test(reply.headers.get('content-type') ?? '');
      return {
        status: reply.status,
        isJson,
        header: (name) => reply.headers.get(name),
        body: isJson ? parsed(text) : undefined,
      };
    } catch {
      // No network, a cut body, a time-out: all the same to the caller, who keeps everything and tries again.
      return null;
    } finally {
      callOff();
    }
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
