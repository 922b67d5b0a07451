import type * as v from 'valibot';
import type { ProblemCode } from '../protocol/problem.ts';

/** What a route of the API does, written beside it; `/api/v1/openapi.json` is made of these. */
export interface Operation {
  readonly summary: string;
  /** Who may call: a tablet with its token, a visitor's telephone with its grant, a person signed in, anybody. */
  readonly caller: 'tablet' | 'visitor' | 'person' | 'anybody';
  readonly params?: v.GenericSchema;
  readonly query?: v.GenericSchema;
  readonly body?: v.GenericSchema;
  /** By HTTP status; null where the reply has no body; a media type where it is not JSON. */
  readonly replies: Readonly<Record<number, v.GenericSchema | string | null>>;
  /** Besides those any route may answer. */
  readonly problems: readonly ProblemCode[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation;
    /** A method that a path does not have: answered 405, described nowhere. */
    isRefusal?: boolean;
  }
}
