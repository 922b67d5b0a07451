import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { Readable, Writable } from 'node:stream';

/*
 * A conversation with Chromium over its debugging pipe (NUL-ended JSON on descriptors 3 and 4). The tests drive the
 * browser with Playwright; here that would be measured too: it halts every service worker at its start until it has
 * been looked at.
 */

const SWITCHES = [
  '--headless',
  '--remote-debugging-pipe',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--hide-scrollbars',
  '--mute-audio',
];
const REPLY_WITHIN_MS = 60_000;
const QUIT_WITHIN_MS = 5_000;

type Listener = (params: unknown) => void;

/** A running browser. Method and event names are those of the Chrome DevTools Protocol. */
export interface Devtools {
  /** Rejects when the browser refuses, does not reply within a minute, or is gone. */
  send<Reply = unknown>(method: string, params?: object, sessionId?: string): Promise<Reply>;
  /** Listens to one session's event; returns the way to stop. */
  on(sessionId: string, event: string, listener: Listener): () => void;
  /** Asks the browser to quit, and ends it by its number when it does not. */
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly settle: (message: Message) => void;
  readonly fail: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** Starts Chromium on a profile folder, which is made when it is not there. */
export function startBrowser(profile: string): Devtools {
  mkdirSync(profile, { recursive: true });
  const program = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  const child = spawn(program, [...SWITCHES, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [, , , toBrowser, fromBrowser] = child.stdio;
  if (!(toBrowser instanceof Writable) || !(fromBrowser instanceof Readable))
    throw new Error('No debugging pipe.');

  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<Listener>>();
  let lastId = 0;
  let isGone = false;
  const gone = new Promise<void>((resolve) => {
    const end = (reason: string): void => {
      isGone = true;
      for (const [id, { fail }] of waiting) {
        waiting.delete(id);
        fail(new Error(`The browser is gone: ${reason}`));
      }
      resolve();
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code) => end(`code ${code}`));
  });
  // What is written to a browser that has just gone fails here; `gone` tells it to whoever waits.
  toBrowser.on('error', () => undefined);

  let rest = '';
  fromBrowser.setEncoding('utf8');
  fromBrowser.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) receive(JSON.parse(part) as Message);
  });

  function receive(message: Message): void {
    if (message.id !== undefined) {
      const waiter = waiting.get(message.id);
      waiting.delete(message.id);
      waiter?.settle(message);
      return;
    }
    for (const listener of listeners.get(`${message.sessionId} ${message.method}`) ?? [])
      listener(message.params);
  }

  function send<Reply>(method: string, params: object = {}, sessionId?: string): Promise<Reply> {
    if (isGone) return Promise.reject(new Error(`The browser is gone; ${method} cannot be asked.`));
    lastId += 1;
    const id = lastId;
    return new Promise<Reply>((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new Error(`${method}: no reply within ${REPLY_WITHIN_MS / 1000} s`));
      }, REPLY_WITHIN_MS);
      waiting.set(id, {
        timer,
        fail: (error) => {
          clearTimeout(timer);
          reject(error);
        },
        settle: ({ result, error }) => {
          clearTimeout(timer);
          if (error === undefined) resolve(result as Reply);
          else reject(new Error(`${method}: ${error.message}`));
        },
      });
      (toBrowser as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  return {
    send,
    on(sessionId, event, listener) {
      const key = `${sessionId} ${event}`;
      const heard = listeners.get(key) ?? new Set();
      listeners.set(key, heard.add(listener));
      return () => heard.delete(listener);
    },
    async close() {
      const killer = setTimeout(() => child.kill('SIGKILL'), QUIT_WITHIN_MS);
      // It may be gone before it has replied; either is what was asked.
      await Promise.race([send('Browser.close').catch(() => undefined), gone]);
      await gone;
      clearTimeout(killer);
    },
  };
}
