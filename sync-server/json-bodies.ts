import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problems.ts';

/** Far more than any message of the protocol; what is deeper would exhaust the stack of whoever writes it out again. */
const MAX_DEPTH = 64;

/**
 * Bodies are JSON in sound UTF-8, not nested beyond reason. A `__proto__` in a body is left as it is: every body is decoded
 * against a list of known fields, and one entry that holds such a key must not hold up the others of its batch.
 */
export function jsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => parseBody(body),
  );
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** @throws ProblemError that says what is wrong with it */
export function parseBody(body: Buffer): unknown {
  if (isNestedDeeperThan(body, MAX_DEPTH))
    throw new ProblemError('malformed-request', {
      detail: `The body is nested deeper than ${MAX_DEPTH}.`,
    });
  try {
    const parsed: unknown = JSON.parse(decoder.decode(body));
    return parsed;
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new ProblemError('malformed-request', { detail: 'The body is not JSON, or was cut short.' });
    if (error instanceof TypeError)
      throw new ProblemError('malformed-request', { detail: 'The body is not UTF-8.' });
    throw error;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isNestedDeeperThan(body: Buffer, limit: number): boolean {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index];
    if (isText) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return false;
}
