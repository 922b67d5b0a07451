import { median, quantile, rounded } from '../quantiles.ts';
import { type ParvisServer, runCli, startParvis } from '../server/parvis-server.ts';
import { signedInCookie } from '../server/sign-in.ts';
import { type Measured, judge } from '../targets.ts';
import { type BenchOptions, openBenchStores, type StoredWeeks } from './stored-week.ts';

const SMALL = 10_000;
const REQUESTS = 200;
const WARM_UP_REQUESTS = 20;

/** A page of the web view by the request behind it. */
export interface MeasuredPage {
  readonly path: string;
  /** @throws Error when the reply is not what the web view would understand, or shows nothing: it must be a page with figures. */
  readonly answersOn: (reply: unknown) => number;
}

/** A signed-in reader of one store's page. */
interface Reader {
  /** Asks for the page once; milliseconds from the request to the last byte. */
  read(): Promise<number>;
  readonly lastReply: () => unknown;
}

/** Reads a page at 10,000 and at 1,000,000 stored responses of 52 weeks, or as many as asked: two real servers, asked in turn. */
export async function measurePage(page: MeasuredPage, { engine, size }: BenchOptions): Promise<Measured> {
  const stores = await openBenchStores(engine);
  try {
    return await measureStores(page, await stores.filledWith(SMALL), await stores.filledWith(size));
  } finally {
    await stores.close();
  }
}

async function measureStores(
  page: MeasuredPage,
  smallStore: StoredWeeks,
  largeStore: StoredWeeks,
): Promise<Measured> {
  // The stores were filled without the push: the counts must still be what ingest would have counted.
  const { dataDir, databaseUrl } = smallStore;
  await runCli({ ...process.env, DATA_DIR: dataDir, DATABASE_URL: databaseUrl ?? '', LOG_LEVEL: 'error' }, [
    'recount',
  ]);

  const servers: ParvisServer[] = [];
  try {
    const small = await startParvis(dataDir, databaseUrl);
    servers.push(small);
    const large = await startParvis(largeStore.dataDir, largeStore.databaseUrl);
    servers.push(large);
    const readers = [await readerOf(small, page), await readerOf(large, page)] as const;
    const cpuBefore = { small: small.cpuMs(), large: large.cpuMs() };
    const [smallMs, largeMs] = await readInTurn(readers);
    const requests = REQUESTS + WARM_UP_REQUESTS;
    const cpuMs = rounded((large.cpuMs() - cpuBefore.large) / requests, 2);
    const tenThousandCpuMs = rounded((small.cpuMs() - cpuBefore.small) / requests, 2);
    const [smallCount, largeCount] = readers.map((reader) => page.answersOn(reader.lastReply()));
    return judge(
      {
        ratioMillionToTenThousand: rounded(median(largeMs) / median(smallMs), 3),
        p95Ms: rounded(quantile(largeMs, 0.95), 2),
        medianMs: rounded(median(largeMs), 2),
        tenThousandMedianMs: rounded(median(smallMs), 2),
        tenThousandP95Ms: rounded(quantile(smallMs, 0.95), 2),
        cpuMsPerRequest: cpuMs,
        tenThousandCpuMsPerRequest: tenThousandCpuMs,
        responsesOnPage: largeCount ?? Number.NaN,
        tenThousandResponsesOnPage: smallCount ?? Number.NaN,
      },
      { ratioMillionToTenThousand: { atMost: 1.5 }, p95Ms: { atMost: 50 } },
    );
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

async function readInTurn([small, large]: readonly [Reader, Reader]): Promise<[number[], number[]]> {
  const smallMs: number[] = [];
  const largeMs: number[] = [];
  for (let request = -WARM_UP_REQUESTS; request < REQUESTS; request += 1) {
    const times = { small: await small.read(), large: await large.read() };
    if (request < 0) continue;
    smallMs.push(times.small);
    largeMs.push(times.large);
  }
  return [smallMs, largeMs];
}

async function readerOf(server: ParvisServer, { path }: MeasuredPage): Promise<Reader> {
  const cookie = await signedInCookie(server);
  let lastText = '';
  return {
    async read() {
      const started = performance.now();
      const reply = await fetch(`${server.origin}${path}`, { headers: { cookie } });
      lastText = await reply.text();
      const ms = performance.now() - started;
      if (reply.status !== 200) throw new Error(`${path} was answered ${reply.status}: ${lastText}`);
      return ms;
    },
    lastReply: () => JSON.parse(lastText),
  };
}
