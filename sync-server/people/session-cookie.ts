import cookies from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * `__Host-`: set by this very host, for the whole of it, over a connection the browser holds for secure. Chromium takes
 * http://localhost and http://127.0.0.1 for secure; plain HTTP on any other address keeps nobody signed in.
 */
export const SESSION_COOKIE = '__Host-parvis';

const ATTRIBUTES = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const;

/** Lets the routes of a scope read and give the cookie. */
export async function readCookies(scope: FastifyInstance): Promise<void> {
  await scope.register(cookies);
}

/** The token the browser presents; undefined when it presents none. */
export function presentedToken(request: FastifyRequest): string | undefined {
  return request.cookies[SESSION_COOKIE];
}

/** Without an age: the browser forgets it when it is closed, the server when the session ends. */
export function giveCookie(reply: FastifyReply, token: string): void {
  void reply.setCookie(SESSION_COOKIE, token, ATTRIBUTES);
}

export function takeCookieBack(reply: FastifyReply): void {
  void reply.setCookie(SESSION_COOKIE, '', { ...ATTRIBUTES, maxAge: 0 });
}
