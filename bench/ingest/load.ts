import { Agent, type IncomingMessage, request } from 'node:http';

/** One push, made before the clock runs, so that making it costs the measured server nothing. */
export interface PreparedPush {
  readonly batchId: string;
  readonly responseIds: readonly string[];
  readonly body: Buffer;
}

/** One tablet's connection: it sends the next push when the last one has been answered. */
export interface Connection {
  readonly token: string;
  /** What it sends, in this order, each once. */
  readonly pushes: readonly PreparedPush[];
}

export interface LoadResult {
  /** Entries whose push was answered 201 with `accepted` for each. */
  readonly acknowledged: number;
  /** From the first byte sent to the last reply received, over all connections. */
  readonly seconds: number;
  /** Of each push: request sent to reply read whole. */
  readonly latenciesMs: readonly number[];
}

interface Reply {
  readonly batchId?: unknown;
  readonly verdicts?: readonly { readonly responseId?: unknown; readonly verdict?: unknown }[];
}

/**
 * Has every connection send all its pushes, and checks every reply. With `everyMs` a connection sends one push in each such span, whoever is
 * measured: at the same pace, how long a push takes can be compared; without, a slower server is simply asked less often.
 *
 * @throws Error on the first reply that is not 201 with our `batchId` and `accepted` for each entry, in order
 */
export async function runLoad(
  origin: string,
  connections: readonly Connection[],
  everyMs: number | null = null,
): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  let acknowledged = 0;
  const started = performance.now();
  await Promise.all(
    connections.map(async ({ token, pushes }, index) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      try {
        for (const [turn, push] of pushes.entries()) {
          if (everyMs !== null) await until(started + everyMs * (turn + index / connections.length));
          const sent = performance.now();
          const { status, text } = await post(`${origin}/api/v1/push`, agent, token, push.body);
          latenciesMs.push(performance.now() - sent);
          checkReply(push, status, text);
          acknowledged += push.responseIds.length;
        }
      } finally {
        agent.destroy();
      }
    }),
  );
  return { acknowledged, seconds: (performance.now() - started) / 1000, latenciesMs };
}

/** Resolves at a moment of `performance.now()`. */
export async function until(atMs: number): Promise<void> {
  const waitMs = atMs - performance.now();
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
}

function post(
  url: string,
  agent: Agent,
  token: string,
  body: Buffer,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent,
        timeout: 30_000,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': body.length,
        },
      },
      (incoming: IncomingMessage) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error('No reply within 30 s.')));
    outgoing.end(body);
  });
}

/** Exported for its test. */
export function checkReply({ batchId, responseIds }: PreparedPush, status: number, text: string): void {
  if (status !== 201) throw new Error(`A push was answered ${status}: ${text.slice(0, 500)}`);
  const reply = JSON.parse(text) as Reply;
  if (reply.batchId !== batchId) throw new Error('A push was answered with another batchId.');
  const verdicts = reply.verdicts ?? [];
  const isAccepted =
    verdicts.length === responseIds.length &&
    responseIds.every(
      (responseId, index) =>
        verdicts[index]?.responseId === responseId && verdicts[index].verdict === 'accepted',
    );
  if (!isAccepted) throw new Error(`Not every entry was accepted: ${text.slice(0, 500)}`);
}
