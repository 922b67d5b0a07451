import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const LAUNCH = { executablePath, args: SWITCHES, headless: true };

/** A ten-inch tablet lying on its long side. */
export const LANDSCAPE = { width: 1280, height: 800 };
export const TABLET: BrowserContextOptions = {
  viewport: LANDSCAPE,
  hasTouch: true,
  locale: 'fr-FR',
  timezoneId: 'Europe/Paris',
};
/** The computer on a desk of the town hall. */
export const DESK: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  locale: 'fr-FR',
  timezoneId: 'Europe/Paris',
  acceptDownloads: true,
};

/** A browser whose contexts keep nothing. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch(LAUNCH);
}

/** A browser that keeps its profile on disk, so that it can be closed, killed and opened again. */
export interface KeptBrowser {
  readonly profileDir: string;
  /** Opens it on its profile. */
  open(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** SIGKILL to all its processes at once; nothing is flushed, nothing is told to a page. */
  kill(): void;
  /** Kills it if need be, and removes the profile. */
  dispose(): Promise<void>;
}

export async function createKeptBrowser(): Promise<KeptBrowser> {
  const profileDir = await mkdtemp(join(tmpdir(), 'parvis-e2e-profile-'));
  const kill = () => {
    for (const pid of processesOf(profileDir)) endProcess(pid);
  };
  return {
    profileDir,
    kill,
    open: (options = TABLET) => chromium.launchPersistentContext(profileDir, { ...LAUNCH, ...options }),
    dispose: async () => {
      kill();
      await rm(profileDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/** The browser that runs on a profile, and all its descendants, the browser first. */
function processesOf(profileDir: string): readonly number[] {
  const parents = new Map<number, number>();
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [commandLine, stat] = [readProc(name, 'cmdline'), readProc(name, 'stat')];
    const parent = Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]);
    parents.set(Number(name), parent);
    if (commandLine.includes(`--user-data-dir=${profileDir}\0`)) found.push(Number(name));
  }
  for (const ancestor of found)
    for (const [pid, parent] of parents) if (parent === ancestor && !found.includes(pid)) found.push(pid);
  return found;
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It ended while the list was read.
    return '';
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Its parent's death took it along.
    return;
  }
}
