import type { OutboxDatabase } from '../outbox/database.ts';
import { DATABASE_KEY, createWitness } from '../outbox/witness.ts';
import type { Clock } from '../ports.ts';
import { type GuardPorts, guardAnswers } from './guard-answers.ts';
import { cachePlace, cookiePlace, storagePlace } from './witness-places.ts';

export interface LossPorts {
  readonly engine: GuardPorts['engine'];
  readonly openDatabase: (name: string) => OutboxDatabase;
  readonly databaseName: string;
  readonly clock: Clock;
  readonly storage: Storage | null;
}

const LEAVES_AT_MOST = 3;
const SETTLED_MS = 60_000;

/** Keeps, beside the database, what must outlive it, and has the tablet go on where the database did not. */
export function keepWitness(ports: LossPorts): () => void {
  const { storage } = ports;
  const { caches, indexedDB }: Partial<Pick<typeof globalThis, 'caches' | 'indexedDB'>> = globalThis;
  return guardAnswers({
    ...ports,
    places: [
      storagePlace(storage),
      cachePlace(caches),
      cookiePlace(document, location.protocol === 'https:'),
    ],
    assignmentPlace: cachePlace(caches, 'parvis-witness-assignment'),
    witness: createWitness(storage),
    async databaseNames() {
      const found = await indexedDB?.databases?.().catch(() => null);
      return found?.flatMap(({ name }) => name ?? []) ?? null;
    },
    chooseDatabase(name) {
      // A browser that forgets it with each page must not have the page loaded for ever. The window's name outlives both.
      const [, count, sinceMs] = /^parvis-left (\d+) (\d+)$/.exec(window.name) ?? [];
      const isSettled = ports.clock.now() - Number(sinceMs ?? 0) > SETTLED_MS;
      const leaves = isSettled ? 1 : Number(count) + 1;
      if (leaves > LEAVES_AT_MOST) return false;
      window.name = `parvis-left ${leaves} ${Math.round(ports.clock.now())}`;
      try {
        storage?.setItem(DATABASE_KEY, name);
        return storage?.getItem(DATABASE_KEY) === name;
      } catch {
        return false;
      }
    },
    reload: () => location.reload(),
  });
}
