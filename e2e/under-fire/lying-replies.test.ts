import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PushReply, PushRequest } from '../../protocol/push.ts';
import { type ListeningServer, startListening } from './listening-server.ts';
import { createSendingTablet, type SendingTablet } from './sending-tablet.ts';

/** Nothing but the server's own receipt for this very batch lets an answer go. */
const ROUNDS = process.env['PARVIS_NIGHTLY'] === '1' ? 100 : 10;
const BATCH = 5;
const SPEED = 20;

interface Asked {
  readonly batchId: string;
  /** What the server itself has just answered to the same push, and to the one before. */
  readonly genuine: PushReply;
  readonly earlier: PushReply;
}
interface Lie {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const PORTAL = '<!doctype html><title>Bienvenue</title><p>Acceptez les conditions.</p>';
const OTHER_ID = '018f0000-0000-8000-8000-00000000dead';
const html = (status: number, type = 'text/html'): Lie => ({
  status,
  headers: { 'content-type': type },
  body: PORTAL,
});
const json = (status: number, body: unknown): Lie => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify(body),
});

/** What stands between a tablet and its server, and what it says in the server's place. */
const LIES: Readonly<Record<string, (asked: Asked) => Lie>> = {
  'a portal’s page': () => html(200),
  'a portal’s page with 201': () => html(201),
  'a portal’s page that says it is JSON': () => html(201, 'application/json'),
  'another place to go': () => ({ status: 302, headers: { location: 'http://portal.example/' } }),
  'the same place, for good': () => ({ status: 308, headers: { location: '/api/v1/push' } }),
  'no content': () => ({ status: 204 }),
  accepted: ({ genuine }) => json(202, genuine),
  'network authentication required': () => html(511),
  'a bad gateway': () => html(502),
  'the right receipt with 200': ({ genuine }) => json(200, genuine),
  'the right receipt with 203': ({ genuine }) => json(203, genuine),
  'a part of the right receipt': ({ genuine }) => json(206, genuine),
  'the right receipt as text': ({ genuine }) => ({
    status: 201,
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify(genuine),
  }),
  'the right receipt under no name': ({ genuine }) => ({ status: 201, body: JSON.stringify(genuine) }),
  'the receipt of the push before': ({ earlier }) => json(201, earlier),
  'the right receipt of another batch': ({ genuine }) => json(201, { ...genuine, batchId: OTHER_ID }),
  'no batch': ({ genuine: { batchId: _, ...rest } }) => json(201, rest),
  'another protocol': ({ genuine }) => json(201, { ...genuine, protocol: 2 }),
  'JSON of another server': () => json(201, { ok: true, status: 'success', id: 42 }),
  'our own question': ({ batchId }) => json(201, { protocol: 1, batchId, entries: [] }),
  'nothing at all': () => ({ status: 201, headers: JSON_TYPE, body: '' }),
  null: () => json(201, null),
  'a list': ({ genuine }) => json(201, [genuine]),
  'the receipt twice': ({ genuine }) => ({
    status: 201,
    headers: JSON_TYPE,
    body: JSON.stringify(genuine).repeat(2),
  }),
  'half a receipt that claims to be whole': ({ genuine }) => {
    const text = JSON.stringify(genuine);
    return { status: 201, headers: JSON_TYPE, body: text.slice(0, text.length / 2) };
  },
  'a receipt with an advertisement under it': ({ genuine }) => ({
    status: 201,
    headers: JSON_TYPE,
    body: `${JSON.stringify(genuine)}<script>ad()</script>`,
  }),
  'bytes that claim to be gzip': () => ({
    status: 201,
    headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
    body: Buffer.from('no gzip at all, but sixty bytes of something else altogether'),
  }),
  'a gzipped receipt whose end is missing': ({ genuine }) => ({
    status: 201,
    headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
    body: gzipSync(JSON.stringify(genuine)).subarray(0, 60),
  }),
  'verdicts nobody knows': ({ genuine }) =>
    json(201, {
      ...genuine,
      verdicts: genuine.verdicts.map((one) => ({ ...one, verdict: 'stored' })),
    }),
  'no verdicts': ({ genuine: { verdicts: _, ...rest } }) => json(201, rest),
  'an empty list of verdicts, and a high mark': ({ genuine }) =>
    json(201, { ...genuine, verdicts: [], highWaterMark: 1_000_000, safeThrough: 1_000_000 }),
  'verdicts on others': ({ genuine }) =>
    json(201, {
      ...genuine,
      verdicts: genuine.verdicts.map((one) => ({ ...one, responseId: OTHER_ID })),
    }),
  'a problem with 201': () => ({
    status: 201,
    headers: { 'content-type': 'application/problem+json' },
    body: '{"code":"overloaded"}',
  }),
  'too many requests': () => html(429),
  'a time-out of the proxy': () => html(504),
};

let server: ListeningServer;
let tablet: SendingTablet;
let box: { readonly origin: string; close(): Promise<void> };
/** null lets the server's word through. */
let lie: ((asked: Asked) => Lie) | null = null;
/** Whether the server is asked at all before it is lied about. */
let isAsked = true;

beforeAll(async () => {
  server = await startListening();
  box = await createMiddleBox();
  tablet = await createSendingTablet(box.origin, await server.enrol(), { speed: SPEED });
});
afterAll(async () => {
  tablet?.close();
  await box?.close();
  await server?.close();
});

async function createMiddleBox(): Promise<typeof box> {
  let earlier: PushReply | null = null;
  const http = createServer((request, reply) => void answer(request, reply));
  async function answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const given =
      lie !== null && !isAsked
        ? null
        : await fetch(`${server.origin}${request.url}`, {
            method: 'POST',
            headers: { ...JSON_TYPE, authorization: request.headers.authorization ?? '' },
            body,
          });
    const genuine = given === null ? invented(body) : ((await given.json()) as PushReply);
    const told =
      lie === null
        ? json(given?.status ?? 500, genuine)
        : lie({
            genuine,
            batchId: genuine.batchId,
            earlier: earlier ?? { ...genuine, batchId: OTHER_ID as never },
          });
    if (lie === null) earlier = genuine;
    reply.writeHead(told.status, told.headers).end(told.body);
  }
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

/** What a box could make up that has read the request and kept it. */
function invented(body: string): PushReply {
  const { batchId, entries } = JSON.parse(body) as PushRequest;
  return {
    protocol: 1,
    batchId,
    storeId: OTHER_ID as PushReply['storeId'],
    receivedAt: new Date().toISOString(),
    verdicts: entries.map((entry) => ({
      responseId: (entry as { responseId: string }).responseId,
      verdict: 'accepted',
    })),
    highWaterMark: 1_000,
    safeThrough: 1_000,
    assignmentTag: '',
  };
}

/** The real word of the server; on a slow machine, asked for until it comes in time. */
async function pushThrough(): Promise<void> {
  lie = null;
  await expect
    .poll(() => tablet.push(), { timeout: 60_000, interval: 1 })
    .toMatchObject({ kind: 'acknowledged' });
  expect(await tablet.waiting()).toEqual([]);
}

it(`T10 lets nothing go for ${Object.keys(LIES).length} sorts of lies, ${ROUNDS} times each`, {
  timeout: 600_000,
}, async ({ task }) => {
  await tablet.answer(BATCH);
  await pushThrough();
  let [forged, premature] = [0, 0];
  let resent = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    await tablet.answer(BATCH);
    const given = await tablet.waiting();
    isAsked = round % 2 === 1;
    for (const [name, told] of Object.entries(LIES)) {
      lie = told;
      await tablet.push();
      // A lie about the store may make more wait than did; never less.
      const waiting = await tablet.waiting();
      const gone = given.filter((entry) => !waiting.some((one) => isDeepStrictEqual(one, entry)));
      premature += gone.length;
      expect(gone, name).toEqual([]);
      forged += 1;
      resent += BATCH;
    }
    // That the same tablet does let go for the server's own word shows that it is not merely deaf.
    await pushThrough();
  }
  const compared = await server.compare(tablet.given);
  expect(compared).toEqual({ lost: 0, twice: 0 });
  task.meta.figures = { forged, premature, submitted: tablet.given.size + resent, resent, ...compared };
});
