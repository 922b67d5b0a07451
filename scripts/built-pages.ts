import { ensurePages } from './pages.mjs';

/** Vitest calls this once before the browser tests: they run against the real build of the sources as they are. */
export async function setup(): Promise<void> {
  await ensurePages();
}
