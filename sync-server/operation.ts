import type * as v from 'valibot';
import type { AuditAction } from '../protocol/audit.ts';
import type { ProblemCode } from '../protocol/problem.ts';
import type { Permission } from '../protocol/roles.ts';

/** What a route of the API does and who may call it, written beside it; `/api/v1/openapi.json` is made of these. */
export type Operation = OperationContent & (ForPerson | ForOthers);

/** A person signed in, who has this permission somewhere; the guard gives the handler the scope it holds for. */
interface ForPerson {
  readonly caller: 'person';
  readonly permission: Permission;
  /** What the audit trail notes when it was done, before the reply leaves; null where nothing was seen or changed that it is about. */
  readonly trail: AuditAction | null;
  /** Open to whoever must set up a second factor before anything else. */
  readonly isBeforeSecondFactor?: true;
}

/** A tablet with its token, a visitor's telephone with its grant, anybody. */
interface ForOthers {
  readonly caller: 'tablet' | 'visitor' | 'anybody';
  readonly permission?: never;
  readonly isBeforeSecondFactor?: never;
}

interface OperationContent {
  readonly summary: string;
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
