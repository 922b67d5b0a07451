import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { loadTown } from '../surveys/load-town.ts';
import { readTownFile } from '../surveys/town-file.ts';
import type { Engine } from './engine.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';
import { createTestDatabase, LIBOURNE } from './test-postgres.ts';

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

/** A store of a test's own, and where it lives. */
export type TestStore = Store & {
  /** The data directory. */
  readonly folder: string;
  /** Of the PostgreSQL database; null where it is a SQLite file of the folder. */
  readonly databaseUrl: string | null;
};

/** The engine the tests of this run are on: `PARVIS_DATABASE=postgres`, or SQLite. */
export const TEST_ENGINE: Engine = process.env['PARVIS_DATABASE'] === 'postgres' ? 'postgres' : 'sqlite';

/** A real database of its own, on the engine of this run, with Libourne loaded; `close` removes it. */
export async function openTestStore(
  clock: Clock = new ManualClock('2026-11-23T09:00:00.000Z'),
  engine: Engine = TEST_ENGINE,
): Promise<TestStore> {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-store-'));
  const database = engine === 'postgres' ? await createTestDatabase('libourne') : null;
  const databaseUrl = database?.url ?? null;
  const store = await openStore({ dataDir: folder, databaseUrl }, clock);
  if (database === null) await loadTown(store, readTownFile(LIBOURNE), clock);
  return {
    ...store,
    folder,
    databaseUrl,
    close: async () => {
      await store.close();
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
