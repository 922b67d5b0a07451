import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Stands between tablets and their server, and times what they are answered. */
export interface TimingRelay {
  readonly origin: string;
  /** Of each reply so far: from the last byte of its request to its own first one. */
  tookMs(): Promise<readonly number[]>;
  close(): Promise<void>;
}

/** What a push meets where the relay finds no server. */
export const NO_SERVER = 'ECONNRESET';

/** @param port the server's own, which may come and go */
export async function startTimingRelay(port: number): Promise<TimingRelay> {
  const thread = new Worker(new URL('timing-relay.mjs', import.meta.url), { workerData: { port } });
  const [address] = (await once(thread, 'message')) as [AddressInfo];
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async tookMs() {
      const told = once(thread, 'message');
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage('told');
      const [tookMs] = (await told) as [readonly number[]];
      return tookMs;
    },
    async close() {
      await thread.terminate();
    },
  };
}
