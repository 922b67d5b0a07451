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
  const parsed = parseJson(body);
  if (isNestedDeeperThan(parsed, MAX_DEPTH))
    throw new ProblemError('malformed-request', {
      detail: `The body is nested deeper than ${MAX_DEPTH}.`,
    });
  return parsed;
}

/** However deep it is nested: V8 reads JSON without a stack. */
function parseJson(body: Buffer): unknown {
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

/** Goes no deeper than the limit itself. */
function isNestedDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit === 0) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (isNestedDeeperThan(item, limit - 1)) return true;
    return false;
  }
  const fields = value as Record<string, unknown>;
  for (const name in fields) if (isNestedDeeperThan(fields[name], limit - 1)) return true;
  return false;
}
