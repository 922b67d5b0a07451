import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPush, aReport, anEntry } from './ingest/a-push.ts';
import { runProcess, startProcess } from './test-process.ts';

const SLOW = { timeout: 120_000 };
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parvis-main-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a start that cannot be', () => {
  it('lists every fault of the configuration at once, and exits 1', SLOW, async () => {
    const { code, stderr, stdout } = await runProcess({
      DATA_DIR: join(folder, 'never'),
      PORT: '99999',
      KIOSK_ORIGIN: 'avis.example.fr',
      TLS_CERT_FILE: '/nowhere/chain.pem',
      LOG_LEVEL: 'loud',
    });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    for (const name of ['PORT', 'KIOSK_ORIGIN', 'TLS_KEY_FILE', 'LOG_LEVEL'])
      expect(stderr).toMatch(new RegExp(`^  ${name}`, 'm'));
    expect(stderr).not.toContain('    at ');
  });

  it('says that the port is in use', SLOW, async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, stderr } = await runProcess({ DATA_DIR: join(folder, 'port'), PORT: String(port) });
    taken.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Port \d+ of 127\.0\.0\.1 is in use/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says that the data directory is not one', SLOW, async () => {
    writeFileSync(join(folder, 'a-file'), '');
    const { code, stderr } = await runProcess({ DATA_DIR: join(folder, 'a-file') });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The data directory .* is not a directory/);
  });

  it('says that the database is of a newer version, and changes nothing', SLOW, async () => {
    const dataDir = join(folder, 'newer');
    mkdirSync(dataDir);
    const database = new Database(join(dataDir, 'parvis.sqlite'));
    database.exec(
      'create table migrations (number integer not null, name text not null, applied_at text not null)',
    );
    database.exec("insert into migrations values (999, 'add-tomorrow', '2030-01-01T00:00:00.000Z')");
    database.close();
    const { code, stderr } = await runProcess({ DATA_DIR: dataDir });
    expect(code).toBe(1);
    expect(stderr).toMatch(/newer version of Parvis/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says which TLS file cannot be read', SLOW, async () => {
    const { code, stderr } = await runProcess({
      DATA_DIR: join(folder, 'tls'),
      TLS_CERT_FILE: join(folder, 'absent.pem'),
      TLS_KEY_FILE: join(folder, 'absent.key'),
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^TLS_CERT_FILE cannot be read/);
  });

  it.runIf(process.platform === 'linux')(
    'says that the data directory cannot be written to',
    SLOW,
    async () => {
      // Where nobody may make a directory, root included.
      const { code, stderr } = await runProcess({ DATA_DIR: '/sys/parvis' });
      expect(code).toBe(1);
      expect(stderr).toMatch(/^Parvis cannot write to the data directory \/sys\/parvis \(E/);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    },
  );
});

describe('a start', () => {
  it('prints one screen with two links and the place of the data, and only that', SLOW, async () => {
    const dataDir = join(folder, 'screen');
    const { child, ended, screen, origin } = await startProcess({ DATA_DIR: dataDir });
    const live = await fetch(`${origin}/health/live`);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(live.status).toBe(200);
    expect(screen).toMatch(/\/kiosk\/#code=[A-Za-z0-9_-]{22}\n/);
    expect(screen).toMatch(/\/admin\/#link=\S+\n/);
    expect(screen).toContain(dataDir);
    expect(screen).not.toContain('HTTPS');
    const mode = execFileSync('stat', ['-c', '%a', join(dataDir, 'sealing-keys.json')])
      .toString()
      .trim();
    expect(mode).toBe('600');
  });

  it('says in one line what tablets cannot do without HTTPS', SLOW, async () => {
    const { child, ended, screen } = await startProcess({ DATA_DIR: join(folder, 'open'), HOST: '0.0.0.0' });
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(screen.split('\n').filter((line) => line.includes('No HTTPS'))).toHaveLength(1);
  });

  it('answers what it has begun when told to stop, and stops within five seconds', SLOW, async () => {
    const { child, ended, screen, origin } = await startProcess({ DATA_DIR: join(folder, 'drain') });
    const [, code] = /#code=(\S+)/.exec(screen) ?? [];
    const post = async (path: string, body: object, token = '') =>
      fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
    const { token } = (await (await post('/api/v1/enrolments', { code, report: aReport() })).json()) as {
      token: string;
    };
    let sequence = 0;
    const pushes = Array.from({ length: 20 }, async () =>
      post('/api/v1/push', aPush(Array.from({ length: 20 }, () => anEntry((sequence += 1)))), token),
    );
    await pushes[0];
    const started = performance.now();
    child.kill('SIGTERM');
    const replies = await Promise.allSettled(pushes);
    expect(await ended).toBe(0);
    expect(performance.now() - started).toBeLessThan(5_000);
    const acknowledged = replies.filter(
      (one) => one.status === 'fulfilled' && one.value.status === 201,
    ).length;
    const database = new Database(join(folder, 'drain', 'parvis.sqlite'), { readonly: true });
    const { count } = database.prepare('select count(*) as count from responses').get() as { count: number };
    database.close();
    expect(count).toBeGreaterThanOrEqual(acknowledged * 20);
  });
});
