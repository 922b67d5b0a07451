import type { FastifyInstance } from 'fastify';
import { DemoTablet } from '../sync-server/demo/demo-tablet.ts';
import type { TestServer } from './server-process.ts';

/** Has texts written at a reception, one an answer, the first one the newest, through the real push. */
export async function writeTexts(server: TestServer, texts: readonly string[]): Promise<void> {
  const { code } = await server.createEnrolment();
  const tablet = await DemoTablet.enrol(overHttp(server.origin), code);
  const { items } = tablet.assignment.surveyVersion;
  const global = items.find((item) => item.kind === 'rating' && item.isGlobal);
  if (global === undefined) throw new Error('The survey has no global item.');
  const now = Date.now();
  await tablet.push(
    texts.map((text) => ({
      answeredAtMs: now,
      language: 'fr',
      disposition: 'complete' as const,
      answers: [{ itemId: global.itemId, kind: 'rating' as const, code: 'very-satisfied' }],
      text,
      durationSeconds: 9,
      flags: [],
    })),
    now,
  );
}

/** A server in a process of its own, asked as the one in this process would be. */
function overHttp(origin: string): FastifyInstance {
  const inject = async (asked: {
    readonly method?: string;
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly payload?: object;
  }) => {
    const reply = await fetch(`${origin}${asked.url}`, {
      method: asked.method ?? 'GET',
      headers: {
        ...asked.headers,
        ...(asked.payload === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(asked.payload === undefined ? {} : { body: JSON.stringify(asked.payload) }),
    });
    const body = await reply.text();
    return { statusCode: reply.status, body, json: (): unknown => JSON.parse(body) };
  };
  // The tablet asks for nothing else of it.
  return { inject } as unknown as FastifyInstance;
}
