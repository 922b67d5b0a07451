import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { PROBLEMS, type ProblemCode } from '../protocol/problem.ts';
import { ProblemError, problemOf, sendProblem } from './problems.ts';

/** Fastify's own refusals as the problems of the wire. */
const CODE_BY_FASTIFY_CODE: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-refused',
  FST_ERR_CTP_INVALID_TYPE: 'media-type-refused',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-request',
  FST_ERR_CTP_EMPTY_TYPE: 'media-type-refused',
  FST_ERR_BAD_URL: 'not-found',
  FST_ERR_ASYNC_CONSTRAINT: 'not-found',
  FST_ERR_VALIDATION: 'unprocessable',
  FST_ERR_NOT_FOUND: 'not-found',
  FST_ERR_RATE_LIMITED: 'too-many-requests',
};

/** What the database says that the caller should hear of as something to try again later: SQLite's result codes, PostgreSQL's, the network's. */
const CODE_BY_DATABASE_CODE: Readonly<Record<string, ProblemCode>> = {
  SQLITE_FULL: 'storage-full',
  SQLITE_BUSY: 'overloaded',
  SQLITE_BUSY_SNAPSHOT: 'overloaded',
  // A full disk; too little memory; no connection left.
  '53100': 'storage-full',
  '53200': 'overloaded',
  '53300': 'overloaded',
  // A connection that broke, or was closed by a server that stops or starts.
  '08000': 'overloaded',
  '08003': 'overloaded',
  '08006': 'overloaded',
  '57P01': 'overloaded',
  '57P02': 'overloaded',
  '57P03': 'overloaded',
  ECONNREFUSED: 'overloaded',
  ECONNRESET: 'overloaded',
  EHOSTUNREACH: 'overloaded',
  ENOTFOUND: 'overloaded',
  EAI_AGAIN: 'overloaded',
  ETIMEDOUT: 'overloaded',
  // Too long a wait, or in a ring; a primary that has become a standby.
  '40001': 'overloaded',
  '40P01': 'overloaded',
  '55P03': 'overloaded',
  '57014': 'overloaded',
  '25006': 'overloaded',
};

const CODE_BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed-request',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'request-timeout',
  413: 'too-large',
  415: 'media-type-refused',
  429: 'too-many-requests',
  431: 'too-large',
};

const RETRY_AFTER_SECONDS = 30;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Which problem an error is on the wire; what nobody foresaw is `internal`, without a word of what happened. */
export function problemCodeOf(error: unknown): ProblemCode {
  if (error instanceof ProblemError) return error.code;
  const { code, statusCode } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    statusCode?: unknown;
  };
  const known = CODE_BY_FASTIFY_CODE[String(code)] ?? CODE_BY_DATABASE_CODE[String(code)];
  if (known !== undefined) return known;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
    ? (CODE_BY_STATUS[statusCode] ?? 'malformed-request')
    : 'internal';
}

/** Every failure of the server goes through here; none carries a stack or a message of the code's. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const code = problemCodeOf(error);
    if (error instanceof ProblemError) {
      // Foreseen, and said to whoever asked. A line for each of a herd that is sent away would be work on top of too much work.
      request.log.debug({ code }, 'request refused');
      return sendProblem(reply, code, error.content);
    }
    if (PROBLEMS[code].status >= 500) request.log.error({ err: error, code }, 'request failed');
    return sendProblem(
      reply,
      code,
      PROBLEMS[code].status > 500 ? { retryAfterSeconds: RETRY_AFTER_SECONDS } : {},
    );
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 'not-found'));
  // A body that unpacks itself could be a thousand times what was counted: none is taken.
  app.addHook('onRequest', async (request) => {
    if (request.headers['content-encoding'] !== undefined)
      throw new ProblemError('encoding-refused', { detail: 'Send the body as it is.' });
  });
}

/** Answers 405 with `Allow` on the methods that the routes of this scope do not have. */
export function refuseOtherMethods(scope: FastifyInstance): void {
  for (const [url, methods] of METHODS_BY_URL.get(scope) ?? []) {
    const allowed = [...methods];
    const others = METHODS.filter((method) => !methods.has(method));
    scope.route({
      method: others,
      url,
      exposeHeadRoute: false,
      config: { isRefusal: true },
      // Before the body is looked at: whatever it is, this is the answer.
      onRequest: async (_request, reply) => {
        void reply.header('allow', allowed.join(', '));
        throw new ProblemError('method-not-allowed');
      },
      handler: () => undefined,
    });
  }
}

const METHODS_BY_URL = new WeakMap<FastifyInstance, Map<string, Set<string>>>();

/** To be called before a scope's routes are added, so that {@link refuseOtherMethods} knows them. */
export function rememberMethods(scope: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  METHODS_BY_URL.set(scope, methods);
  scope.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const one of [method].flat()) known.add(one);
    methods.set(url, known);
  });
}

/** What was not even HTTP gets a problem too, written by hand, and the connection is closed. */
export function writeClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code: ProblemCode =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? 'request-timeout'
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? 'too-large'
        : 'malformed-request';
  const { status } = PROBLEMS[code];
  const body = JSON.stringify(problemOf(code));
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
