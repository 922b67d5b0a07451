import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anEntry, aPush, aReport } from '../ingest/a-push.ts';
import { environmentOf, openTestApp } from '../test-app.ts';
import { enrolTablet } from '../test-tablet.ts';
import { main as enrol } from './enrol.ts';
import { main as erase } from './erase.ts';
import { main as recount } from './recount.ts';
import { watchCommands } from './test-command.ts';

const run = watchCommands();

describe('npm run enrol', () => {
  it('prints a code and a link that a running server takes, and nothing else with --json', async () => {
    const server = await openTestApp();
    const env = { ...environmentOf(server), KIOSK_ORIGIN: 'https://avis.example.fr' };
    expect(await enrol(['--point', 'accueil-mediatheque', '--json'], env)).toBe(0);
    const printed = JSON.parse(run.out) as { code: string; url: string };
    expect(Object.keys(printed)).toEqual(['code', 'url']);
    expect(printed.url).toMatch(/^https:\/\/avis\.example\.fr\/kiosk\/#code=[\w-]{22}$/);
    // The command runs on the machine's own clock.
    server.clock.nowMs = Date.now();
    const reply = await server.app.inject({
      method: 'POST',
      url: '/api/v1/enrolments',
      payload: { code: printed.code, report: aReport() },
    });
    expect(reply.statusCode).toBe(201);
    await server.close();
  });

  it('works before the server has ever run, and tells which points there are', async () => {
    const env = { DATA_DIR: join(run.folder, 'data') };
    expect(await enrol(['--point', 'accueil-ccas', '--organisation', 'ccas-de-libourne'], env)).toBe(0);
    expect(run.out).toMatch(/or type {2}[A-Z]{5}-[A-Z]{5}/);
    for (const words of [[], ['--point', 'nowhere'], ['--point', 'accueil-ccas', '--organisation', 'x']]) {
      expect(await enrol(words, env)).toBe(1);
      expect(run.err).toContain('guichet-etat-civil');
    }
    expect(await enrol(['--pint', 'x'], env)).toBe(1);
    expect(run.err).toContain('npm run enrol -- --point');
  });

  it('lists every fault of a wrong configuration', async () => {
    expect(await enrol(['--point', 'x'], { DATA_DIR: run.folder, PORT: 'x', HOST: '?' })).toBe(1);
    expect(run.err).toMatch(/PORT=x.*\nHOST=\?/);
  });
});

describe('npm run recount and npm run erase', () => {
  it('count what is stored, erase one of it for good, and find nothing wrong afterwards', async () => {
    const server = await openTestApp();
    const env = { ...environmentOf(server) };
    const tablet = await enrolTablet(server);
    const entries = [anEntry(1), anEntry(2)];
    await tablet.push(aPush(entries));
    const erased = entries[0]?.responseId ?? '';

    expect(await recount([], env)).toBe(0);
    expect(run.out).toContain('2 responses counted anew');
    expect(await erase(['--response', erased], env)).toBe(0);
    expect(await erase(['--response', erased], env)).toBe(1);
    expect(run.err).toContain('There is no response');
    expect(await erase([], env)).toBe(1);
    expect(await recount([], env)).toBe(0);
    expect(run.out).toContain('1 responses counted anew');
    expect((await tablet.push(aPush(entries))).reply.verdicts.map(({ verdict }) => verdict)).toEqual([
      'erased',
      'duplicate',
    ]);

    await server.deps.store.db.updateTable('tallies').set({ count: 7 }).execute();
    run.out = '';
    expect(await recount([], env)).toBe(1);
    expect(run.out).toContain('kept 7, counted 1');
    expect(await recount(['--repair'], env)).toBe(1);
    expect(await recount([], env)).toBe(0);
    await server.close();
  });
});
