import * as v from 'valibot';
import { err, ok, type Result } from '../../domain/result.ts';
import { type Problem, problemSchema } from '../../protocol/problem.ts';

/** Why the server gave nothing that can be used. */
export type ApiFailure =
  /** No answer: the network, or the server, is down. */
  | { readonly kind: 'unreachable' }
  /** The server said no, and why. */
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** An answer that is none of ours: another page's HTML, another version's body. */
  | { readonly kind: 'unreadable'; readonly status: number };

type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Query = Readonly<Record<string, string | null | undefined>>;

/** Speaks to the server; every answer is decoded with its schema before anybody sees it. */
export interface Api {
  get<Schema extends v.GenericSchema>(
    path: string,
    schema: Schema,
    signal?: AbortSignal,
  ): Promise<Result<v.InferOutput<Schema>, ApiFailure>>;
  /** Fetches a file whole: one that breaks off is a failure, never a part. */
  download(
    path: string,
    signal: AbortSignal,
  ): Promise<Result<{ readonly content: Blob; readonly fileName: string }, ApiFailure>>;
  /** Changes something and reads the reply. */
  send<Schema extends v.GenericSchema>(
    method: Method,
    path: string,
    body: unknown,
    schema: Schema,
  ): Promise<Result<v.InferOutput<Schema>, ApiFailure>>;
  /** Changes something whose reply says nothing. */
  sendOnly(method: Method, path: string, body?: unknown): Promise<Result<void, ApiFailure>>;
}

/**
 * @param fetchReply the browser's `fetch`, or a stand-in for it
 * @param onSignedOut called when the server no longer knows who is asking
 */
export function createApi(fetchReply: typeof fetch, onSignedOut: () => void): Api {
  async function request(
    path: string,
    init: RequestInit,
  ): Promise<Result<{ reply: Response; body: unknown }, ApiFailure>> {
    let reply: Response;
    let text: string;
    try {
      reply = await fetchReply(path, { credentials: 'same-origin', ...init });
      text = await reply.text();
    } catch (error) {
      // `fetch` throws a TypeError for any failure of the network, and an AbortError when we gave up ourselves.
      if (error instanceof TypeError || isAbort(error)) return err({ kind: 'unreachable' });
      throw error;
    }
    const body = parseJson(text);
    return reply.ok ? ok({ reply, body }) : failureOf(reply.status, body);
  }

  function failureOf(status: number, body: unknown): { readonly ok: false; readonly error: ApiFailure } {
    const problem = v.safeParse(problemSchema, body);
    if (!problem.success) return { ok: false, error: { kind: 'unreadable', status } };
    if (problem.output.code === 'not-signed-in') onSignedOut();
    return { ok: false, error: { kind: 'problem', problem: problem.output } };
  }

  async function decoded<Schema extends v.GenericSchema>(
    path: string,
    init: RequestInit,
    schema: Schema,
  ): Promise<Result<v.InferOutput<Schema>, ApiFailure>> {
    const result = await request(path, init);
    if (!result.ok) return result;
    const parsed = v.safeParse(schema, result.value.body);
    if (parsed.success) return ok(parsed.output);
    return err({ kind: 'unreadable', status: result.value.reply.status });
  }

  async function download(path: string, signal: AbortSignal): ReturnType<Api['download']> {
    try {
      const reply = await fetchReply(path, { credentials: 'same-origin', signal });
      if (!reply.ok) return failureOf(reply.status, parseJson(await reply.text()));
      const [, fileName = 'parvis'] =
        /filename="([^"]+)"/.exec(reply.headers.get('content-disposition') ?? '') ?? [];
      return ok({ content: await reply.blob(), fileName });
    } catch (error) {
      if (error instanceof TypeError || isAbort(error)) return err({ kind: 'unreachable' });
      throw error;
    }
  }

  return {
    download,
    get: (path, schema, signal) => decoded(path, signal === undefined ? {} : { signal }, schema),
    send: (method, path, body, schema) => decoded(path, withJson(method, body), schema),
    async sendOnly(method, path, body) {
      const result = await request(path, withJson(method, body));
      return result.ok ? ok(undefined) : result;
    },
  };
}

/** An address with its query; what is null, undefined or empty is left out. */
export function addressOf(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') parameters.set(name, value);
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

function withJson(method: Method, body: unknown): RequestInit {
  if (body === undefined) return { method };
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
