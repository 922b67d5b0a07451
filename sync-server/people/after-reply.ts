import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    afterReply?: () => Promise<void>;
  }
}

/** Lets the routes of a scope do what the time of their reply must not tell of. */
export function workAfterReplies(scope: FastifyInstance): void {
  scope.addHook('onResponse', async (request) => request.afterReply?.());
}

/** Does this once the reply has left. */
export function afterReply(request: FastifyRequest, work: () => Promise<void>): void {
  request.afterReply = work;
}
