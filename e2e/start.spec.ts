import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DESK, launchBrowser, TABLET } from './chromium.ts';
import { kioskOn } from './kiosk-page.ts';
import { freePort, startServer, type TestServer } from './server-process.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const STOPS_WITHIN_MS = 5_000;

let browser: Browser;
let server: TestServer;
let scratch: string;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'parvis-e2e-start-'));
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
  rmSync(scratch, { recursive: true, force: true });
});

/** A start that is expected to fail: its exit code and what it said. */
function failToStart(env: Readonly<Record<string, string>>): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: ROOT,
      env: { ...process.env, DATA_DIR: join(scratch, 'data'), HOST: '127.0.0.1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += String(chunk)));
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, said });
    });
  });
}

it('prints where everything is, with links that let a tablet and a person in, once', async () => {
  await expect.poll(() => server.output()).toContain('/admin/#link=');
  const screen = server.output();
  expect(screen).toContain(server.dataDir);
  const links = screen.match(/http:\/\/\S+/g) ?? [];
  const enrolmentLink = links.find((link) => link.includes('/kiosk/#code=')) ?? '';
  const signInLink = links.find((link) => link.includes('/admin/#link=')) ?? '';

  const tablet = await browser.newContext(TABLET);
  const kiosk = kioskOn(await tablet.newPage(), server.origin);
  await kiosk.page.goto(enrolmentLink);
  await kiosk.see('attract');
  // The secret does not stay in the address.
  expect(kiosk.page.url()).not.toContain('code=');
  await tablet.close();

  const desk = await browser.newContext(DESK);
  const page = await desk.newPage();
  await page.goto(signInLink);
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
  expect(page.url()).not.toContain('link=');
  await desk.close();

  const late = await browser.newContext(DESK);
  const again = await late.newPage();
  await again.goto(signInLink);
  await again.getByText('inconnu, déjà utilisé ou périmé').waitFor();
  await late.close();
});

it('lists every fault of a wrong configuration and ends with code 1', async () => {
  const { code, said } = await failToStart({
    PORT: 'eighty',
    KIOSK_ORIGIN: 'avis.libourne.example/chemin',
    LOG_LEVEL: 'loud',
    TLS_CERT_FILE: join(scratch, 'cert.pem'),
  });
  expect(code).toBe(1);
  for (const name of ['PORT', 'KIOSK_ORIGIN', 'LOG_LEVEL', 'TLS_KEY_FILE']) expect(said).toContain(name);
  expect(said).not.toMatch(/\n\s+at /);
});

it('says plainly that the port is in use', async () => {
  const { code, said } = await failToStart({ PORT: new URL(server.origin).port });
  expect(code).toBe(1);
  expect(said).toContain(new URL(server.origin).port);
  expect(said).toMatch(/in use/i);
  expect(said).not.toMatch(/\n\s+at /);
});

it('says plainly that the data directory cannot be used', async () => {
  const file = join(scratch, 'a-file');
  writeFileSync(file, '');
  const { code, said } = await failToStart({ PORT: String(await freePort()), DATA_DIR: file });
  expect(code).toBe(1);
  expect(said).toContain(file);
  expect(said).not.toMatch(/\n\s+at /);
});

it('stops within five seconds of SIGTERM, though a client holds a connection open, and starts again', async () => {
  const idle = connect(Number(new URL(server.origin).port), '127.0.0.1');
  idle.on('error', () => undefined);
  idle.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await new Promise((resolve) => idle.once('data', resolve));
  const { code, tookMs } = await server.stop();
  idle.destroy();
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(STOPS_WITHIN_MS);
  await server.start();
});
