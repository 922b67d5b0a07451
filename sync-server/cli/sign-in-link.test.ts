import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { environmentOf, openTestApp } from '../test-app.ts';
import { OWN_PAGE } from '../test-person.ts';
import { main } from './sign-in-link.ts';

const EMAIL = 'qualite@libourne.example';
let folder: string;
let written: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parvis-cli-'));
  written = '';
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      written += String(text);
      return true;
    });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

it('prints a link that a running server takes, once', async () => {
  const server = await openTestApp();
  const env = { ...environmentOf(server), PORT: '8123' };
  expect(await main(['--email', EMAIL, '--json'], env)).toBe(0);
  const { url } = JSON.parse(written) as { url: string };
  expect(url).toMatch(/^http:\/\/localhost:8123\/admin\/#link=/);
  // The command runs on the machine's own clock.
  server.clock.nowMs = Date.now();
  const redeem = () =>
    server.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in-link-redemptions',
      headers: OWN_PAGE,
      payload: { token: url.slice(url.indexOf('=') + 1) },
    });
  const first = await redeem();
  expect(first.statusCode).toBe(201);
  expect(first.json<{ services: object[] }>().services).toHaveLength(7);
  expect((await redeem()).statusCode).toBe(404);
  await server.close();
});

it('opens no account that was closed, and says what to do', async () => {
  const server = await openTestApp();
  const env = environmentOf(server);
  expect(await main(['--email', EMAIL], env)).toBe(0);
  await server.deps.store.db
    .updateTable('people')
    .set({ deactivated_at: '2026-11-01T00:00:00.000Z' })
    .execute();
  expect(await main(['--email', EMAIL], env)).toBe(1);
  expect(written).toContain('Give another address');
  await server.close();
});

it('works before the server has ever run', async () => {
  expect(await main(['--email', EMAIL], { DATA_DIR: join(folder, 'data') })).toBe(0);
  expect(written).toContain('/admin/#link=ville-de-libourne.');
});

it('says what is wrong with its words and with the configuration', async () => {
  for (const [words, env, fault] of [
    [[], {}, '--email must be an e-mail address'],
    [['--email', 'nobody'], {}, '--email must be an e-mail address'],
    [['--e-mail', EMAIL], {}, 'npm run sign-in-link'],
    [['--email', EMAIL], { PORT: 'x' }, 'PORT=x'],
  ] as const) {
    written = '';
    expect(await main(words, { DATA_DIR: folder, ...env })).toBe(1);
    expect(written).toContain(fault);
  }
});
