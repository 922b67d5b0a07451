import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bidi, { type Index } from 'selenium-webdriver/bidi/index.js';
import { endProcess, familyOf } from '../processes.ts';
import { LANDSCAPE } from '../chromium.ts';
import { callAsText, type Device, foundIn, type Tab } from './device.ts';

const PROGRAM = '/usr/lib/firefox-esr/firefox-esr';
/** A Firefox that asks nobody anything and fetches nothing by itself. */
const PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.topsites.contile.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.w3c_touch_events.enabled': 1,
  'extensions.getAddons.cache.enabled': false,
  'intl.accept_languages': 'fr',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

type Send = <Result>(method: string, params: object) => Promise<Result>;

/** Firefox, through WebDriver BiDi, which it speaks without a driver in between. */
export async function createFirefoxDevice(): Promise<Device> {
  const profileDir = await mkdtemp(join(tmpdir(), 'parvis-e2e-profile-'));
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profileDir, 'user.js'), `${lines.join('\n')}\n`);
  let firefox: ChildProcess | null = null;
  let send: Send | null = null;

  async function kill(): Promise<void> {
    const dying = firefox;
    firefox = null;
    if (dying === null || dying.exitCode !== null) return;
    const exited = once(dying, 'exit');
    for (const one of familyOf(({ pid }) => pid === dying.pid)) endProcess(one);
    await exited;
  }

  return {
    profileDir,
    async open() {
      const words = ['--headless', '--no-remote', '--profile', profileDir, '--remote-debugging-port=0'];
      const env = { ...process.env, HOME: profileDir, TZ: 'Europe/Paris' };
      firefox = spawn(PROGRAM, [...words, 'about:blank'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
      send = await connect(await addressOf(firefox));
      await send('session.new', { capabilities: {} });
      const { contexts } = await send<{ contexts: { context: string }[] }>('browsingContext.getTree', {});
      const [page] = contexts;
      if (page === undefined) throw new Error('Firefox opened no page.');
      await send('browsingContext.setViewport', { ...page, viewport: LANDSCAPE });
      return tabOver(send, page);
    },
    async close() {
      const closing = firefox;
      firefox = null;
      if (closing === null) return;
      const exited = once(closing, 'exit');
      await send?.('browser.close', {});
      await exited;
    },
    kill,
    // Storage lives in the browser's main process.
    killStorageProcess: async () => 0,
    async dispose() {
      await kill();
      await rm(profileDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

function tabOver(send: Send, page: { readonly context: string }): Tab {
  const perform = async (...actions: readonly object[]): Promise<void> => {
    await send('input.performActions', { ...page, actions });
  };
  return {
    goTo: async (url) => {
      await send('browsingContext.navigate', { ...page, url, wait: 'complete' });
    },
    async run(script, ...words) {
      const answer = await send<{
        result?: { value?: string };
        exceptionDetails?: { text: string };
      }>('script.evaluate', { expression: callAsText(script, words), target: page, awaitPromise: true });
      if (answer.exceptionDetails !== undefined) throw new Error(answer.exceptionDetails.text);
      return foundIn(answer.result?.value);
    },
    touchAt: (x, y) =>
      perform({
        type: 'pointer',
        id: 'finger',
        parameters: { pointerType: 'touch' },
        actions: [
          { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
        ],
      }),
    type: (text) =>
      perform({
        type: 'key',
        id: 'keyboard',
        actions: [...text].flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      }),
    picture: async () =>
      Buffer.from((await send<{ data: string }>('browsingContext.captureScreenshot', page)).data, 'base64'),
  };
}

/** The module is the class itself, whatever its types say. */
const Connection = bidi as unknown as new (address: string) => Index;

async function addressOf(firefox: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of firefox.stderr ?? []) {
    said += String(chunk);
    const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(said) ?? [];
    if (address !== undefined) {
      firefox.stderr?.resume();
      return address;
    }
  }
  throw new Error(`Firefox did not start:\n${said}`);
}

async function connect(address: string): Promise<Send> {
  const connection = new Connection(`${address}/session`);
  await connection.waitForConnection();
  return async <Result>(method: string, params: object) => {
    const reply = (await connection.send({ method, params: { ...params } })) as {
      type: 'success' | 'error';
      result: Result;
      message?: string;
    };
    if (reply.type === 'error') throw new Error(`${method}: ${reply.message ?? 'refused'}`);
    return reply.result;
  };
}
