import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../server-process.ts';
import type { Device } from './device.ts';
import { createDevice, engineOfThisRun } from './devices.ts';
import { type Visitor, visitorOf } from './visitor.ts';

const PAGE = new URL('../../docs/operations.md', import.meta.url);
const HEADING = '## What each engine can do';
const engine = engineOfThisRun();
const column = { chromium: 1, 'chromium-idb-sqlite': 1, webkit: 2, firefox: 3 }[engine];

let server: TestServer;
let device: Device;
let visitor: Visitor;

beforeAll(async () => {
  [device, server] = await Promise.all([createDevice(engine), startServer()]);
  visitor = visitorOf(await device.open());
  const { url } = await server.createEnrolment();
  await visitor.tab.goTo(url);
  await visitor.see('attract');
});
afterAll(async () => {
  await device?.dispose();
  await server?.dispose();
});

/** What the engine offers to the kiosk's page. */
function abilities(): Promise<Readonly<Record<string, boolean>>> {
  return visitor.tab.run(async () => {
    const { storage, locks, wakeLock, serviceWorker }: Partial<Navigator> = navigator;
    const { orientation }: { orientation?: { lock?: unknown } } = screen;
    const globals = globalThis as {
      trustedTypes?: unknown;
      requestIdleCallback?: unknown;
      speechSynthesis?: SpeechSynthesis;
    };
    const voices = globals.speechSynthesis?.getVoices() ?? [];
    return {
      'starts without network (service worker)': serviceWorker !== undefined,
      'tells how durable a write is': 'durability' in IDBTransaction.prototype,
      'lets one page lead (Web Locks)': locks !== undefined,
      'can be asked to keep its storage (`storage.persist`)': storage?.persist !== undefined,
      'tells the room there is (`storage.estimate`)': storage?.estimate !== undefined,
      'keeps the screen on (wake lock)': wakeLock !== undefined,
      'fills the screen by itself (`requestFullscreen`)': 'requestFullscreen' in document.documentElement,
      'holds the screen one way round (`orientation.lock`)': orientation?.lock !== undefined,
      'refuses scripts made of text (Trusted Types)': globals.trustedTypes !== undefined,
      'can speak (`speechSynthesis`)': globals.speechSynthesis !== undefined,
      'has a French voice of its own': voices.some(
        ({ lang, localService }) => localService && lang.startsWith('fr'),
      ),
    };
  });
}

it(`tells of ${engine} what the page of operations tells`, async () => {
  const text = await readFile(PAGE, 'utf8');
  const rows = (text.split(HEADING)[1] ?? '').split('\n## ')[0]?.split('\n') ?? [];
  const told = rows
    .filter((row) => row.startsWith('|'))
    .slice(2)
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map((cells) => [cells[1] ?? '', cells[column + 1] === 'yes']);
  expect(Object.fromEntries(told)).toEqual(await abilities());
});

it('offers to listen only where the device has a voice', async () => {
  const { 'has a French voice of its own': hasVoice } = await abilities();
  const isOffered = await visitor.tab.run(() => document.querySelector('[data-mode="spoken"]') !== null);
  expect(isOffered).toBe(hasVoice);
});

it('shows no fault on the way: what the engine lacks is done without', async () => {
  // Noted from before the first script of the next page on is not possible in every engine; a visit is.
  await visitor.tab.run(() => {
    const faults: string[] = [];
    (window as unknown as { faults: string[] }).faults = faults;
    addEventListener('error', ({ message }) => faults.push(message));
    addEventListener('unhandledrejection', ({ reason }) => faults.push(String(reason)));
    addEventListener('securitypolicyviolation', ({ violatedDirective }) => faults.push(violatedDirective));
  });
  await visitor.makeVisit({ code: 'fairly-dissatisfied', text: 'Rien à signaler' });
  await visitor.leave();
  const faults = () => visitor.tab.run(() => (window as unknown as { faults: string[] }).faults);
  expect(await faults()).toEqual([]);
  // A fault would be noted.
  await visitor.tab.run(() => {
    setTimeout(() => {
      throw new Error('meant');
    });
  });
  await expect.poll(async () => (await faults()).join()).toContain('meant');
});
