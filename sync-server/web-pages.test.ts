import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from './test-app.ts';

const KIOSK = 'https://avis.example.fr';
const ADMIN = 'https://qualite.example.fr';
let webRoot = '';
let shared: TestApp;
let apart: TestApp;
beforeAll(async () => {
  webRoot = mkdtempSync(join(tmpdir(), 'parvis-web-'));
  for (const [path, text] of [
    ['kiosk/index.html', '<p>kiosk</p>'],
    ['kiosk/assets/kiosk-AbCd1234.js', 'kiosk()'],
    ['kiosk/manifest.webmanifest', '{}'],
    ['visite/index.html', '<p>visite</p>'],
    ['visite/assets/index-AbCd1234.js', 'visite()'],
    ['admin/index.html', '<p>admin</p>'],
    ['admin/assets/admin-AbCd1234.css', 'p {}'],
    ['icons/parvis-192.png', ''],
    ['kiosk-sw.js', 'worker()'],
  ] as const) {
    mkdirSync(join(webRoot, path, '..'), { recursive: true });
    writeFileSync(join(webRoot, path), text);
  }
  const start = '2026-11-23T09:00:00.000Z';
  shared = await openTestApp({}, start, { webRoot });
  apart = await openTestApp({ kioskOrigin: KIOSK, adminOrigin: ADMIN }, start, { webRoot });
});
afterAll(async () => {
  await shared.close();
  await apart.close();
  rmSync(webRoot, { recursive: true, force: true });
});

describe('the pages', () => {
  it.each([
    ['/kiosk/', 'kiosk', 'no-cache'],
    ['/kiosk-sw.js', 'worker', 'no-cache'],
    ['/kiosk/manifest.webmanifest', '{}', 'no-cache'],
    ['/kiosk/assets/kiosk-AbCd1234.js', 'kiosk()', 'public, max-age=31536000, immutable'],
    ['/visite/', 'visite', 'no-store'],
    ['/visite/assets/index-AbCd1234.js', 'visite()', 'public, max-age=31536000, immutable'],
    ['/admin/', 'admin', 'no-cache'],
    ['/admin/verbatims?state=unread', 'admin', 'no-cache'],
    ['/admin/services/ville-de-libourne/etat-civil', 'admin', 'no-cache'],
    ['/admin/assets/admin-AbCd1234.css', 'p {}', 'public, max-age=31536000, immutable'],
  ])('serves %s', async (url, text, cache) => {
    const reply = await shared.app.inject(url);
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toContain(text);
    expect(reply.headers['cache-control']).toBe(cache);
  });

  it.each(['/kiosk/nothing', '/admin/assets/gone-AbCd1234.js', '/kiosk/%2e%2e/%2e%2e/package.json', '/.env'])(
    'has nothing at %s',
    async (url) => {
      const reply = await shared.app.inject(url);
      expect([reply.statusCode, reply.headers['content-type']]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
      ]);
    },
  );

  it('allows no inline script or style, no other origin and no frame', async () => {
    for (const url of ['/kiosk/', '/visite/', '/admin/', '/kiosk-sw.js']) {
      const policy = String((await shared.app.inject(url)).headers['content-security-policy']);
      expect(policy).not.toContain('unsafe');
      expect(policy).not.toMatch(/https?:|\*/);
      for (const directive of [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
      ])
        expect(policy).toContain(directive);
    }
  });

  it('gives each page a process of its own, but the tablet’s, which shares its service worker’s', async () => {
    const apartFromOthers = async (url: string) => {
      const { headers } = await shared.app.inject(url);
      return [headers['cross-origin-opener-policy'], headers['origin-agent-cluster']];
    };
    for (const url of ['/admin/', '/visite/'])
      expect(await apartFromOthers(url)).toEqual(['same-origin', '?1']);
    expect(await apartFromOthers('/kiosk/')).toEqual([undefined, undefined]);
    expect(await apartFromOthers('/kiosk/index.html')).toEqual([undefined, undefined]);
  });

  it('lets a telephone’s page install nothing', async () => {
    const policy = String((await shared.app.inject('/visite/')).headers['content-security-policy']);
    for (const directive of ["worker-src 'none'", "manifest-src 'none'", "trusted-types 'none'"])
      expect(policy).toContain(directive);
  });

  it('leads from / and from an address without its slash', async () => {
    expect((await shared.app.inject('/')).headers.location).toBe('/admin/');
    expect((await shared.app.inject('/kiosk')).headers.location).toBe('/kiosk/');
    expect((await shared.app.inject('/visite')).headers.location).toBe('/visite/');
  });
});

describe('two host names', () => {
  const status = async (host: string, url: string, method: 'GET' | 'POST' = 'GET') =>
    (await apart.app.inject({ method, url, headers: { host } })).statusCode;

  it('serve each its own half, and health on both', async () => {
    const [kiosk, admin] = ['avis.example.fr', 'qualite.example.fr'];
    expect(await status(kiosk, '/kiosk/')).toBe(200);
    expect(await status(kiosk, '/kiosk-sw.js')).toBe(200);
    expect(await status(kiosk, '/visite/')).toBe(200);
    expect(await status(kiosk, '/api/v1/push', 'POST')).toBe(401);
    for (const url of [
      '/admin/',
      '/admin/assets/admin-AbCd1234.css',
      '/api/v1/session',
      '/api/v1/scores/overview',
    ])
      expect(await status(kiosk, url), url).toBe(404);

    expect(await status(admin, '/admin/')).toBe(200);
    expect(await status(admin, '/api/v1/session')).toBe(401);
    for (const url of [
      '/kiosk/',
      '/kiosk-sw.js',
      '/kiosk/assets/kiosk-AbCd1234.js',
      '/visite/',
      '/api/v1/assignment',
    ])
      expect(await status(admin, url), url).toBe(404);

    for (const host of [kiosk, admin, '127.0.0.1:8080']) expect(await status(host, '/health/live')).toBe(200);
  });

  it('lead each to its own page, and show the figures of the machine to neither', async () => {
    const at = async (host: string, url: string) => apart.app.inject({ url, headers: { host } });
    expect((await at('avis.example.fr', '/')).headers.location).toBe('/kiosk/');
    expect((await at('qualite.example.fr', '/')).headers.location).toBe('/admin/');
    expect((await at('qualite.example.fr', '/metrics')).statusCode).toBe(404);
    expect((await at('127.0.0.1:8080', '/metrics')).statusCode).toBe(200);
    expect((await at('elsewhere.example', '/kiosk/')).statusCode).toBe(404);
  });
});
