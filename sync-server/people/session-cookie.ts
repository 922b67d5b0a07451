import fastifyCookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * `__Host-`: set by this very host, for the whole of it, over a connection the browser holds for secure. Chromium takes
 * http://localhost and http://127.0.0.1 for secure; plain HTTP on any other address keeps nobody signed in.
 */
export const SESSION_COOKIE = '__Host-parvis';

const ATTRIBUTES = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const;

/** The token the browser presents; undefined when it presents none. */
export function presentedToken(request: FastifyRequest): string | undefined {
  const { cookie } = request.headers;
  return cookie === undefined ? undefined : fastifyCookie.parse(cookie)[SESSION_COOKIE];
}

/** Without an age: the browser forgets it when it is closed, the server when the session ends. */
export function giveCookie(reply: FastifyReply, token: string): void {
  void reply.header('set-cookie', fastifyCookie.serialize(SESSION_COOKIE, token, ATTRIBUTES));
}

export function takeCookieBack(reply: FastifyReply): void {
  void reply.header('set-cookie', fastifyCookie.serialize(SESSION_COOKIE, '', { ...ATTRIBUTES, maxAge: 0 }));
}
