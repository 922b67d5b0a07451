import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { endProcess, familyOf, freezeProcess } from './processes.ts';

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
  /** All its processes stand still, as at the moment the power goes. */
  freeze(): void;
  /** SIGKILL to all its processes at once; nothing is flushed, nothing is told to a page. */
  kill(): void;
  /** Kills it if need be, and removes the profile. */
  dispose(): Promise<void>;
}

/**
 * @param switches of the browser's command line, beside those of every test
 * @param folder where its profile is to be, on a disk of its own perhaps
 */
export async function createKeptBrowser(
  switches: readonly string[] = [],
  folder = tmpdir(),
): Promise<KeptBrowser> {
  const profileDir = await mkdtemp(join(folder, 'parvis-e2e-profile-'));
  const launch = { ...LAUNCH, args: [...SWITCHES, ...switches] };
  const onProfile = `--user-data-dir=${profileDir}\0`;
  const processes = () => familyOf(({ commandLine }) => commandLine.includes(onProfile));
  const kill = () => {
    for (const one of processes()) endProcess(one);
  };
  return {
    profileDir,
    kill,
    freeze: () => {
      for (const one of processes()) freezeProcess(one);
    },
    open: (options = TABLET) => chromium.launchPersistentContext(profileDir, { ...launch, ...options }),
    dispose: async () => {
      kill();
      await rm(profileDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
