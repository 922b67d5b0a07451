import { ensureServer } from './server.mjs';

/** Vitest calls this once before tests that start servers: none of them builds what others wait for. */
export async function setup(): Promise<void> {
  await ensureServer();
}
