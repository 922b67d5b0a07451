import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { loadTown } from '../surveys/load-town.ts';
import { readTownFile } from '../surveys/town-file.ts';
import { DATABASE_FILE, openSqliteStore } from './open-sqlite-store.ts';
import type { Store } from './store.ts';

const LIBOURNE = new URL('../surveys/libourne.json', import.meta.url).pathname;

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  nowMs: number;

  constructor(startIso: string) {
    this.nowMs = Date.parse(startIso);
  }

  now(): number {
    return this.nowMs;
  }

  advance(ms: number): void {
    this.nowMs += ms;
  }
}

/** A real SQLite file in a folder of its own, with Libourne loaded; `close` removes it. */
export async function openTestStore(
  clock: Clock = new ManualClock('2026-11-23T09:00:00.000Z'),
): Promise<Store & { readonly path: string; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-store-'));
  const path = join(folder, DATABASE_FILE);
  const store = openSqliteStore(path, clock);
  await loadTown(store, readTownFile(LIBOURNE), clock);
  return {
    ...store,
    path,
    folder,
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
