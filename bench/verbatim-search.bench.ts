import * as v from 'valibot';
import { verbatimPageSchema } from '../protocol/verbatims.ts';
import { median, quantile, rounded } from './quantiles.ts';
import { type ParvisServer, startParvis } from './server/parvis-server.ts';
import { signedInCookie } from './server/sign-in.ts';
import { type Measured, judge } from './targets.ts';
import { type BenchOptions, openBenchStores } from './weekly/stored-week.ts';

const SMALL = 10_000;
const ROUNDS = 20;
const WARM_UP_ROUNDS = 2;
/** What people type and choose: frequent words and rare ones, phrases, exclusions, filters, and nothing found. */
const QUERIES: readonly Readonly<Record<string, string>>[] = [
  { search: 'attente' },
  { search: 'merci accueil' },
  { search: 'ÉLÈVES' },
  { search: '"carte d’identité"' },
  { search: 'guichet -attente' },
  { search: '-merci' },
  { search: 'dossier 4711' },
  { search: 'xylophone' },
  { search: 'personnel', service: 'accueil-general', organisation: 'ville-de-libourne' },
  { search: 'attente', language: 'en' },
  { search: 'horaires', moderation: 'to-moderate' },
];

interface Searcher {
  /** Milliseconds from the request to the last byte, and the page. */
  search(query: Readonly<Record<string, string>>): Promise<{ readonly ms: number; readonly page: unknown }>;
}

/**
 * The request behind a search in *Verbatims*, at 10,000 and at 1,000,000 stored responses, or as many as asked, one in ten with a text: two real
 * servers, asked in turn for the first page of each query, and for the second of the most frequent word.
 */
export async function run({ engine, size }: BenchOptions): Promise<Measured> {
  const stores = await openBenchStores(engine);
  const servers: ParvisServer[] = [];
  try {
    const searchers: Searcher[] = [];
    for (const responses of [SMALL, size]) {
      const { dataDir, databaseUrl } = await stores.filledWith(responses);
      const server = await startParvis(dataDir, databaseUrl);
      servers.push(server);
      searchers.push(searcherOn(server, await signedInCookie(server)));
    }
    const [small, large] = await searchInTurn(searchers);
    if (small === undefined || large === undefined) throw new Error('There are two servers to ask.');
    return judge(
      {
        ratioMillionToTenThousand: rounded(median(large) / median(small), 3),
        p95Ms: rounded(quantile(large, 0.95), 2),
        medianMs: rounded(median(large), 2),
        tenThousandP95Ms: rounded(quantile(small, 0.95), 2),
        tenThousandMedianMs: rounded(median(small), 2),
        queries: QUERIES.length + 1,
      },
      { ratioMillionToTenThousand: { atMost: 1.5 }, p95Ms: { atMost: 50 } },
    );
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await stores.close();
  }
}

async function searchInTurn(searchers: readonly Searcher[]): Promise<readonly number[][]> {
  const times = searchers.map((): number[] => []);
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1)
    for (const query of QUERIES)
      for (const [index, searcher] of searchers.entries()) {
        const first = await searcher.search(query);
        const { nextCursor } = v.parse(verbatimPageSchema, first.page);
        if (round >= 0) times[index]?.push(first.ms);
        if (query !== QUERIES[0] || nextCursor === null) continue;
        const second = await searcher.search({ ...query, cursor: nextCursor });
        if (round >= 0) times[index]?.push(second.ms);
      }
  return times;
}

function searcherOn({ origin }: ParvisServer, cookie: string): Searcher {
  return {
    search: async (query) => {
      const address = `${origin}/api/v1/verbatims?${new URLSearchParams({ state: 'all', ...query })}`;
      const started = performance.now();
      const reply = await fetch(address, { headers: { cookie } });
      const text = await reply.text();
      const ms = performance.now() - started;
      if (reply.status !== 200) throw new Error(`A search was answered ${reply.status}: ${text}`);
      return { ms, page: JSON.parse(text) as unknown };
    },
  };
}
