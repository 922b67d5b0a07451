import { describe, expect, it } from 'vitest';
import { layFoundation } from './foundation.ts';
import { runSeed } from './run-seed.ts';
import { liveInThreads } from './threads.ts';

const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';
/** As many as `npm run simulate` lives; the night lives others than the day. */
const [FIRST_SEED, LAST_SEED] = IS_NIGHT ? [1_000_001, 1_060_000] : [1, 20_000];
const MINUTE_MS = 60_000;

describe('thousands of lives of tablets and server, under every fault', () => {
  it('are each the same when they are lived again', async () => {
    const foundations = [await layFoundation(), await layFoundation()];
    for (let seed = 1; seed <= 15; seed += 1) {
      const traces: string[][] = [];
      for (const foundation of foundations) {
        const trace: string[] = [];
        const outcome = await runSeed(foundation, seed, {}, (line) => trace.push(line));
        traces.push([...trace, JSON.stringify(outcome)]);
      }
      expect(traces[0]).toEqual(traces[1]);
    }
  });

  // In threads of their own, as `npm run simulate` does: what Vitest puts around each module would double the time.
  it(
    'keep every invariant (I1 to I9)',
    async () => {
      const { seeds, entries, failed } = await liveInThreads(FIRST_SEED, LAST_SEED);
      expect(failed.slice(0, 3)).toEqual([]);
      expect(seeds).toBe(LAST_SEED - FIRST_SEED + 1);
      expect(entries).toBeGreaterThan(seeds);
    },
    40 * MINUTE_MS,
  );
});
