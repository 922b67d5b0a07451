import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Builder, type WebDriver } from 'selenium-webdriver';
import { endProcess, familyOf } from '../processes.ts';
import { freePort } from '../server-process.ts';
import { until } from '../until.ts';
import { callAsText, type Device, foundIn, type Tab } from './device.ts';
import { createDisplay, stop } from './display.ts';
import { type Window, windowAt } from './webkit-window.ts';

const DRIVER = '/usr/bin/WebKitWebDriver';
const TABLET = fileURLToPath(new URL('webkit-tablet.js', import.meta.url));
const SCRIPT_MS = 30_000;

/** WebKitGTK, through its own WebDriver. It has the storage, the network and the layout of Safari, not its skin. */
export async function createWebKitDevice(): Promise<Device> {
  const [profileDir, display] = await Promise.all([
    mkdtemp(join(tmpdir(), 'parvis-e2e-profile-')),
    createDisplay(),
  ]);
  const env = {
    ...process.env,
    DISPLAY: display.name,
    HOME: profileDir,
    XDG_CACHE_HOME: join(profileDir, 'cache'),
    XDG_CONFIG_HOME: join(profileDir, 'config'),
    XDG_DATA_HOME: join(profileDir, 'data'),
    PARVIS_PROFILE: profileDir,
    LANGUAGE: 'fr',
    TZ: 'Europe/Paris',
    LIBGL_ALWAYS_SOFTWARE: '1',
    // Its sandbox cannot be set up by root in a container.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  };
  let driver: ChildProcess | null = null;
  let session: WebDriver | null = null;
  /** The driver ends its session, or never answers again, when a process of the engine dies. */
  let isDriven = true;

  /** The window and the processes of its engine, without the driver. */
  const browserProcesses = () => familyOf(({ pid }) => pid === driver?.pid).slice(1);

  async function end(): Promise<void> {
    session = null;
    for (const one of browserProcesses()) endProcess(one);
    if (driver !== null) await stop(driver);
    driver = null;
  }

  return {
    profileDir,
    async open() {
      isDriven = true;
      const port = await freePort();
      const mailbox = await mkdtemp(join(profileDir, 'window-'));
      driver = spawn(DRIVER, ['-p', String(port)], {
        env: { ...env, PARVIS_MAILBOX: mailbox },
        stdio: 'ignore',
      });
      await once(driver, 'spawn');
      const server = `http://127.0.0.1:${port}`;
      await until('the WebKit driver', () => isListening(server));
      session = await new Builder()
        .usingServer(server)
        .withCapabilities({
          browserName: 'parvis-tablet',
          timeouts: { script: SCRIPT_MS },
          'webkitgtk:browserOptions': { binary: TABLET, args: [] },
        })
        .build();
      return tabOver(session, windowAt(mailbox), () => isDriven);
    },
    async close() {
      // A driver that has lost its window cannot close it.
      if (!isDriven) return end();
      // The window goes while it answers that it does.
      await session?.quit().catch(() => undefined);
      session = null;
      await until('the end of WebKit', async () => browserProcesses().length === 0);
      await end();
    },
    kill: end,
    async killStorageProcess() {
      const storage = browserProcesses().filter(({ commandLine }) =>
        commandLine.includes('WebKitNetworkProcess'),
      );
      isDriven = false;
      for (const one of storage) endProcess(one);
      return storage.length;
    },
    async dispose() {
      await end();
      await display.dispose();
      await rm(profileDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

function tabOver(session: WebDriver, window: Window, isDriven: () => boolean): Tab {
  return {
    goTo: (url) => (isDriven() ? session.get(url) : window.goTo(url)),
    async run(script, ...words) {
      if (!isDriven()) return window.run(script, ...words);
      const answer = await session.executeAsyncScript<{ json?: string; fault?: string }>(
        `const tell = arguments[0];
         ${callAsText(script, words)}.then((json) => tell({ json }), (fault) => tell({ fault: String(fault) }));`,
      );
      if (answer.fault !== undefined) throw new Error(answer.fault);
      return foundIn(answer.json);
    },
    async touchAt(x, y) {
      if (!isDriven()) return window.touchAt(x, y);
      await session
        .actions()
        .move({ x: Math.round(x), y: Math.round(y), duration: 0 })
        .press()
        .release()
        .perform();
    },
    type: async (text) => {
      await session.switchTo().activeElement().sendKeys(text);
    },
    picture: async () => Buffer.from(await session.takeScreenshot(), 'base64'),
  };
}

async function isListening(server: string): Promise<boolean> {
  try {
    return (await fetch(`${server}/status`)).ok;
  } catch {
    // It is still starting.
    return false;
  }
}
