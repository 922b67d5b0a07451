import type { Devtools } from './devtools.ts';

/** The tablet of the benches: a portrait 10-inch screen, and a processor six times slower than this one. */
export const TABLET = { width: 800, height: 1280 };
export const CPU_SLOWDOWN = 6;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One tab. */
export interface Page {
  send<Reply = unknown>(method: string, params?: object): Promise<Reply>;
  /** Listens to an event of the tab; what its parameters are is the listener's to know. */
  on(event: string, listener: (params: never) => void): () => void;
  /** Evaluates an expression in the page and awaits it; throws what it threw. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** Goes to an address, and resolves as soon as the browser has begun to. Throws when it cannot. */
  goTo(url: string): Promise<void>;
  /** Evaluates an expression again and again until it is true. */
  until(expression: string, what: string, withinMs?: number): Promise<void>;
  /** A finger goes down, stays for a moment, and is lifted. */
  touch(point: Point): Promise<void>;
  close(): Promise<void>;
}

const POLL_MS = 20;
const FINGER_DOWN_MS = 4;

/** Opens a tab the size of a tablet, which takes touches: in a window of its own, since tabs of one window take turns at being painted. */
export async function openPage(browser: Devtools): Promise<Page> {
  const { targetId } = await browser.send<{ targetId: string }>('Target.createTarget', {
    url: 'about:blank',
    newWindow: true,
    ...TABLET,
  });
  return attach(browser, targetId);
}

/** The tab a browser has started with. Nothing of a new window's own making runs beside it, so it is the one to time a start in. */
export async function firstPage(browser: Devtools): Promise<Page> {
  const { targetInfos } = await browser.send<{ targetInfos: { targetId: string; type: string }[] }>(
    'Target.getTargets',
  );
  const first = targetInfos.find(({ type }) => type === 'page');
  if (first === undefined) throw new Error('The browser has no tab.');
  return attach(browser, first.targetId);
}

async function attach(browser: Devtools, targetId: string): Promise<Page> {
  const { sessionId } = await browser.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  const page = createPage(browser, targetId, sessionId);
  await page.send('Page.enable');
  await page.send('Runtime.enable');
  await page.send('Emulation.setDeviceMetricsOverride', { ...TABLET, deviceScaleFactor: 1, mobile: true });
  await page.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 });
  return page;
}

/** Makes the page's processor six times slower. */
export async function slowDown(page: Page): Promise<void> {
  await page.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
}

/**
 * Does something on a page whose processor is six times slower, and gives it back its speed. The browser slows a page down by keeping a
 * processor busy, whether the page works or not: of several pages only the one in hand may be slow, or each takes from the others' time.
 */
export async function slowly<Result>(page: Page, work: () => Promise<Result>): Promise<Result> {
  await slowDown(page);
  try {
    return await work();
  } finally {
    await page.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  }
}

function createPage(browser: Devtools, targetId: string, sessionId: string): Page {
  const page: Page = {
    send: (method, params) => browser.send(method, params, sessionId),
    on: (event, listener) => browser.on(sessionId, event, listener as (params: unknown) => void),

    async evaluate<Value>(expression: string) {
      const { result, exceptionDetails } = await page.send<{
        result: { value: Value };
        exceptionDetails?: { text: string; exception?: { description?: string } };
      }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails !== undefined)
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },

    async goTo(url) {
      const { errorText } = await page.send<{ errorText?: string }>('Page.navigate', { url });
      if (errorText !== undefined) throw new Error(`${url}: ${errorText}`);
    },

    async until(expression, what, withinMs = 20_000) {
      const deadline = performance.now() + withinMs;
      while (!(await page.evaluate<boolean>(`(async () => Boolean(await (${expression})))()`))) {
        if (performance.now() > deadline) {
          const seen = await page.evaluate<string>('location.href + " " + document.body?.innerText');
          throw new Error(`${what}: not within ${withinMs / 1000} s; the page says: ${seen}`);
        }
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },

    async touch({ x, y }) {
      await page.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
      await new Promise((resolve) => setTimeout(resolve, FINGER_DOWN_MS));
      await page.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    },

    async close() {
      await browser.send('Target.closeTarget', { targetId });
    },
  };
  return page;
}
