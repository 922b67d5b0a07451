import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Assignment } from '../protocol/assignment.ts';
import type { EnrolmentReply } from '../protocol/enrolment.ts';
import type { VerbatimPage } from '../protocol/verbatims.ts';
import type { PushReply } from '../protocol/push.ts';
import { createSealingKey } from './assignment/sealing-keys.ts';
import { anEntry, aPush, aReport, sealAsTablet } from './ingest/a-push.ts';
import { type ServerProcess, startProcess } from './test-process.ts';

/** What a visitor has typed, and nothing else in the world says. */
const CANARY = 'Zinzolin-4711-perlimpinpin';
let folder = '';
let server: ServerProcess;
let said = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parvis-canary-'));
  server = await startProcess({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'debug' });
  for (const stream of [server.child.stdout, server.child.stderr])
    stream?.on('data', (chunk) => (said += String(chunk)));
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.ended;
  rmSync(folder, { recursive: true, force: true });
});

it('T21, 3: what a visitor typed is in the database, and nowhere else the server writes or shows to a machine', async () => {
  const ask = async (path: string, init: RequestInit = {}) => {
    const reply = await fetch(`${server.origin}${path}`, init);
    return { status: reply.status, text: await reply.text() };
  };
  const [, code] = /#code=(\S+)/.exec(server.screen) ?? [];
  const enrolled = await ask('/api/v1/enrolments', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, report: aReport() }),
  });
  const { token } = JSON.parse(enrolled.text) as EnrolmentReply;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const assignment = await ask('/api/v1/assignment', { headers });
  const { sealingKey, point, surveyVersion } = JSON.parse(assignment.text) as Assignment;
  const changes = { pointId: point.pointId, surveyVersionId: surveyVersion.surveyVersionId };

  const replies: string[] = [];
  const push = async (body: unknown) => {
    const reply = await ask('/api/v1/push', {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    replies.push(reply.text);
    return reply;
  };
  const sealed = async (sequence: number, publicKey = sealingKey.publicKey) => {
    const entry = anEntry(sequence, changes);
    entry.response.sealedText = await sealAsTablet(CANARY, entry.responseId, publicKey);
    return entry;
  };
  const entry = await sealed(1);
  const other = { ...entry, response: { ...entry.response, language: 'en' } };
  const lost = await sealed(2, createSealingKey(0).publicKey);
  const verdicts = (text: string) => (JSON.parse(text) as PushReply).verdicts.map(({ verdict }) => verdict);
  expect(verdicts((await push(aPush([entry]))).text)).toEqual(['accepted']);
  expect(verdicts((await push(aPush([entry, other, lost]))).text)).toEqual([
    'duplicate',
    'quarantined',
    'quarantined',
  ]);
  // A tablet that has gone mad, and sends words where none belong.
  const mad = anEntry(3, changes);
  const strange = { ...mad, words: CANARY, response: { ...mad.response, language: CANARY, text: CANARY } };
  expect(verdicts((await push(aPush([strange]))).text)).toEqual(['quarantined']);
  expect((await push(`{"entries":["${CANARY}"`)).status).toBe(400);
  expect((await push({ ...aPush([]), sentAt: CANARY })).status).toBe(422);
  expect((await ask(`/api/v1/verbatims?q=${CANARY}`)).status).toBe(401);

  // Somebody reads, searches, moderates and exports it: the audit trail tells so, without a word of it.
  const trail = await trailOfReading(ask, entry.responseId);

  // Not blind: it was stored, and the log speaks of these requests.
  const dataDir = join(folder, 'data');
  const files = readdirSync(dataDir, { recursive: true })
    .map((name) => join(dataDir, String(name)))
    .filter((path) => statSync(path).isFile());
  const holding = files.filter((path) => readFileSync(path).includes(CANARY));
  expect(holding.length).toBeGreaterThan(0);
  expect(holding.every((path) => /parvis\.sqlite(-wal)?$/.test(path))).toBe(true);
  expect(said).toContain('/api/v1/push');

  const metrics = await ask('/metrics');
  expect(metrics.text).toContain('parvis_entries_total{verdict="quarantined"}');
  for (const shown of [trail, said, metrics.text, ...replies, (await ask('/health/ready')).text])
    expect(shown.split(CANARY)).toHaveLength(1);
});

/** Uses the web view on what was written; returns all that the trail holds of it, as a page, as a file and as the table itself. */
async function trailOfReading(
  ask: (path: string, init?: RequestInit) => Promise<{ status: number; text: string }>,
  responseId: string,
): Promise<string> {
  const [, token] = /#link=(\S+)/.exec(server.screen) ?? [];
  const own = { origin: server.origin, 'content-type': 'application/json' };
  const signedIn = await fetch(`${server.origin}/api/v1/sign-in-link-redemptions`, {
    method: 'POST',
    headers: own,
    body: JSON.stringify({ token }),
  });
  const headers = { ...own, cookie: String(signedIn.headers.get('set-cookie')).split(';', 1)[0] ?? '' };
  expect((await ask(`/api/v1/verbatims?search=${CANARY}&service=${CANARY}`, { headers })).status).toBe(200);
  const read = await ask('/api/v1/verbatims?state=all', { headers });
  expect(read.text).toContain(CANARY);
  const { version } = (JSON.parse(read.text) as VerbatimPage).verbatims[0] ?? {};
  expect((await ask(`/api/v1/exports/verbatims.csv?search=${CANARY}`, { headers })).status).toBe(200);
  const moderated = await ask(`/api/v1/verbatims/ville-de-libourne/${responseId}`, {
    method: 'PATCH',
    headers,
    body: JSON.stringify({ change: 'hide', version, category: 'other', reason: `dit ${CANARY}` }),
  });
  expect(moderated.status).toBe(200);
  const page = (await ask('/api/v1/audit', { headers })).text;
  for (const action of ['signed-in', 'verbatims-read', 'export-made', 'verbatim-changed'])
    expect(page).toContain(`"action":"${action}"`);
  const file = (await ask('/api/v1/audit.csv', { headers })).text;
  const database = new Database(join(folder, 'data', 'parvis.sqlite'), { readonly: true });
  const rows = JSON.stringify(database.prepare('select * from audit_entries').all());
  database.close();
  expect(rows).toContain('verbatim-changed');
  return page + file + rows;
}
