import type { CDPSession, Page } from 'playwright-core';

/** What a page holds at one moment, once what it no longer needs has been collected. */
export interface Holdings {
  readonly heapBytes: number;
  readonly listeners: number;
  readonly nodes: number;
  readonly documents: number;
  readonly timers: number;
  readonly objectUrls: number;
}

type Metered = typeof globalThis & { meter: { timers: Set<number>; objectUrls: Set<string> } };

/** Runs in the page, before its own script: counts what is begun and not yet over. */
function keepCount(): void {
  const meter: Metered['meter'] = { timers: new Set(), objectUrls: new Set() };
  Object.assign(globalThis, { meter });
  const { setTimeout: begin, setInterval: repeat, clearTimeout: end } = globalThis;
  const counted =
    (start: typeof begin, isOver: boolean) =>
    (task: () => void, delay?: number, ...given: unknown[]): number => {
      const id = Number(
        start(() => {
          if (isOver) meter.timers.delete(id);
          Reflect.apply(task, globalThis, given);
        }, delay),
      );
      meter.timers.add(id);
      return id;
    };
  const clear = (id?: number) => {
    if (id !== undefined) meter.timers.delete(id);
    end(id);
  };
  Object.assign(globalThis, {
    setTimeout: counted(begin, true),
    setInterval: counted(repeat as typeof begin, false),
    clearTimeout: clear,
    clearInterval: clear,
  });
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (source) => {
    const url = createObjectURL.call(URL, source);
    meter.objectUrls.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    meter.objectUrls.delete(url);
    revokeObjectURL.call(URL, url);
  };
}

/** What a page that has not been opened yet will hold. */
export interface PageMeter {
  read(): Promise<Holdings>;
  /** Whether the page's memory holds a text: a string of its own, or a part of one. */
  remembers(text: string): Promise<boolean>;
}

export async function meterPage(page: Page): Promise<PageMeter> {
  await page.addInitScript(keepCount);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  return {
    read: async () => {
      await collect(session);
      const { metrics } = await session.send('Performance.getMetrics');
      const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
      const { timers, objectUrls } = await page.evaluate(() => {
        const { meter } = globalThis as Metered;
        return { timers: meter.timers.size, objectUrls: meter.objectUrls.size };
      });
      return {
        heapBytes: metric('JSHeapUsedSize'),
        listeners: metric('JSEventListeners'),
        nodes: metric('Nodes'),
        documents: metric('Documents'),
        timers,
        objectUrls,
      };
    },
    remembers: async (text) => {
      await collect(session);
      const chunks: string[] = [];
      const take = ({ chunk }: { chunk: string }) => void chunks.push(chunk);
      session.on('HeapProfiler.addHeapSnapshotChunk', take);
      await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
      session.off('HeapProfiler.addHeapSnapshotChunk', take);
      return chunks.join('').includes(text);
    },
  };
}

/** Twice: what the first collection lets go of may have been all that held something else. */
async function collect(session: CDPSession): Promise<void> {
  for (let round = 0; round < 2; round += 1) await session.send('HeapProfiler.collectGarbage');
}
