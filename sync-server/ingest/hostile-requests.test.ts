import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PushReply } from '../../protocol/push.ts';
import { SYSTEM_CLOCK } from '../clock.ts';
import { seededRandom } from '../demo/random.ts';
import { DATABASE_FILE, openSqliteStore } from '../store/open-sqlite-store.ts';
import { type ServerProcess, startProcess } from '../test-process.ts';
import { anEntry, aPush } from './a-push.ts';
import { enrolAtTownHall } from './enrol-over-http.ts';

/** What is not even a push, on the wire itself: the server in a process of its own must neither fall nor grow, and goes on storing. */
const REQUESTS = process.env['PARVIS_NIGHTLY'] === '1' ? 950_000 : 4_000;
const ABREAST = 20;
const SOUND_EVERY = 200;
/** What the collector has not looked at yet is part of it. */
const GROWTH_MB = 100;
/** The process has come to its size by then. */
const WARM_UP = 1_000;
const LONG = 300 * 1_024;
const SEED = 12;
const random = seededRandom(SEED);
const below = (limit: number) => Math.floor(random() * limit);

let dataDir = '';
let server: ServerProcess;
let port = 0;
let token = '';
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'parvis-hostile-'));
  server = await startProcess({ DATA_DIR: dataDir, PRINT_LINKS: 'no', LOG_LEVEL: 'silent' });
  port = Number(new URL(server.origin).port);
  const store = openSqliteStore(join(dataDir, DATABASE_FILE), SYSTEM_CLOCK);
  ({ token } = await enrolAtTownHall(store, server.origin));
  await store.close();
});
afterAll(async () => {
  server?.child.kill('SIGKILL');
  await server?.ended;
  rmSync(dataDir, { recursive: true, force: true });
});

type Bytes = string | Buffer;

function push(body: Bytes, headers: readonly string[] = []): Bytes {
  const bytes = Buffer.from(body);
  const head = [
    'POST /api/v1/push HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    `authorization: Bearer ${token}`,
    ...(headers.some((line) => /^(content-length|transfer-encoding)/i.test(line))
      ? headers
      : [`content-length: ${bytes.length}`, ...headers]),
    'connection: close',
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), bytes]);
}

function noise(length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => below(256)));
}

const soundText = () => JSON.stringify(aPush([anEntry(1)]));
const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);

/** What has brought servers down before. */
const HOSTILE: readonly (() => Bytes)[] = [
  () => push(''),
  () => push(noise(1 + below(2_000))),
  () => push('x'.repeat(LONG)),
  () => push(`{"protocol":1,"entries":[${'"x",'.repeat(40_000)}"x"]}`),
  () => push(nested('[', ']', 1 + below(50_000))),
  () => push(nested('{"a":', '', 1 + below(20_000))),
  () => push('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}'),
  () => push(`{"protocol":1e${below(400)},"batchId":${'9'.repeat(1 + below(5_000))}}`),
  () => push('{"protocol":1,"batchId":"\\ud800","sentAt":"\\udfff\\u0000"}'),
  () => push(soundText().slice(0, below(400))),
  () => push(soundText(), ['content-encoding: gzip']),
  () => push(soundText(), ['content-type: text/plain']),
  () => push(soundText(), ['content-length: 10', 'content-length: 500']),
  () => push(soundText(), ['content-length: 10', 'transfer-encoding: chunked']),
  () => push(`5\r\n{"a":\r\n0\r\n\r\n`, ['transfer-encoding: chunked']),
  () => push(`ffffffffffffffff\r\n{`, ['transfer-encoding: chunked']),
  () =>
    push(`${(64).toString(16)}\r\n${'x'.repeat(64)}\r\n0\r\n\r\n`, ['transfer-encoding: chunked, identity']),
  () => push('0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n', ['transfer-encoding: xchunked']),
  () => push(soundText(), ['content-length: -5']),
  () => push(soundText(), ['content-length: 99999999999999999999']),
  () => push(soundText(), [`x-long: ${'y'.repeat(9_000)}`]),
  () =>
    push(
      soundText(),
      Array.from({ length: 200 }, (_, index) => `x-${index}: ${index}`),
    ),
  () =>
    `POST /api/v1/push HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ../../etc/passwd\r\ncontent-length: 0\r\n\r\n`,
  () => `POST /api/v1/push HTTP/1.1\nhost: x\n\n{}`,
  () => `POST ${'/'.repeat(7_000)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
  () => `GET /api/v1/push%00%ff%c0%ae HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
  () => `GET /../../${'..%2f'.repeat(40)}etc/passwd HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
  () => `BREW /api/v1/push HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
  () => `POST /api/v1/push HTTP/9.9\r\nhost: x\r\n\r\n`,
  () => noise(1 + below(400)),
];

/** Sends bytes on a line of their own; tells the status of what came back, 0 where the line was only closed. */
function send(bytes: Bytes): Promise<number> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    // The server hangs up on some of this before it has been sent.
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      if (text.length < 64) text += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0)));
  });
}

let sequence = 0;
let sound = 0;

/** That it still does what it is for. */
async function pushSoundly(): Promise<void> {
  const entry = anEntry((sequence += 1));
  const reply = await fetch(`${server.origin}/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(aPush([{ responseId: 'nonsense' }, entry])),
  });
  expect(reply.status).toBe(201);
  const { verdicts } = (await reply.json()) as PushReply;
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['quarantined', 'accepted']);
  sound += 1;
}

function memoryMb(): number {
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024;
}

it(`T12 answers ${REQUESTS} hostile requests without a 5xx, a fall or growth, and goes on storing`, {
  timeout: 120_000 + REQUESTS * 10,
}, async ({ task }) => {
  const statuses: Record<number, number> = {};
  let made = 0;
  let warmMb = Number.NaN;
  const senders = Array.from({ length: ABREAST }, async () => {
    while (made < REQUESTS) {
      const number = made;
      made += 1;
      if (number === WARM_UP) warmMb = memoryMb();
      const kind = number % HOSTILE.length;
      const status = await send(HOSTILE[kind]?.() ?? '');
      expect(status, `kind ${kind}, request ${number} of seed ${SEED}`).toBeLessThan(500);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (number % SOUND_EVERY === 0) await pushSoundly();
    }
  });
  await Promise.all(senders);
  expect(server.child.exitCode).toBeNull();
  const grownMb = Math.round(memoryMb() - warmMb);
  task.meta.figures = {
    bodies: made,
    serverErrors: Object.entries(statuses).reduce(
      (sum, [status, count]) => sum + (Number(status) >= 500 ? count : 0),
      0,
    ),
    crashes: server.child.exitCode === null ? 0 : 1,
    grownMb,
    stored: sound,
  };
  expect(grownMb).toBeLessThan(GROWTH_MB);
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['400', '401', '404', '413', '415', '422']));

  const store = openSqliteStore(join(dataDir, DATABASE_FILE), SYSTEM_CLOCK);
  const rows = await store.db.selectFrom('responses').select('sequence').execute();
  await store.close();
  // A sound push under odd headers may have been taken too.
  expect(rows.length).toBeGreaterThanOrEqual(sound);
});
