import type { FastifyReply } from 'fastify';
import * as v from 'valibot';
import { type Problem, type ProblemCode, PROBLEMS } from '../protocol/problem.ts';

export interface ProblemContent {
  /** What was wrong, where and what to do, without a visitor's words. */
  readonly detail?: string;
  /** The fields at fault, each by its path in the body. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  /** Of a conflict: how the thing stands now, without a visitor's words. */
  readonly current?: unknown;
  readonly retryAfterSeconds?: number;
}

/** An expected failure on its way to the wire; thrown by a route, written by the one error handler of `app.ts`. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly content: ProblemContent;

  constructor(code: ProblemCode, content: ProblemContent = {}) {
    super(content.detail ?? PROBLEMS[code].title);
    this.code = code;
    this.content = content;
  }
}

/** The body of a problem reply. */
export function problemOf(code: ProblemCode, content: ProblemContent = {}): Problem {
  const { status, title } = PROBLEMS[code];
  return {
    type: `/problems#${code}`,
    title,
    status,
    code,
    ...(content.detail === undefined ? {} : { detail: content.detail }),
    ...(content.errors === undefined ? {} : { errors: [...content.errors] }),
    ...(content.current === undefined ? {} : { current: content.current }),
  };
}

export function sendProblem(
  reply: FastifyReply,
  code: ProblemCode,
  content: ProblemContent = {},
): FastifyReply {
  if (content.retryAfterSeconds !== undefined)
    void reply.header('retry-after', String(Math.max(1, Math.ceil(content.retryAfterSeconds))));
  return reply
    .code(PROBLEMS[code].status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(code, content)));
}

/** Every fault of a decoding, each by its path as the wire shows it: `answers[0].code`. */
export function fieldErrors(
  issues: readonly v.BaseIssue<unknown>[],
): { readonly field: string; readonly message: string }[] {
  return issues.map((issue) => ({ field: pathOf(issue), message: issue.message }));
}

/**
 * Decodes what a request carries.
 *
 * @throws ProblemError `unprocessable` with the fields at fault
 */
export function decodeOrThrow<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  const decoded = v.safeParse(schema, input);
  if (decoded.success) return decoded.output;
  throw new ProblemError('unprocessable', { errors: fieldErrors(decoded.issues) });
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? [])
    .map((step) => (typeof step.key === 'number' ? `[${step.key}]` : `.${String(step.key)}`))
    .join('');
  return path.startsWith('.') ? path.slice(1) : path;
}
