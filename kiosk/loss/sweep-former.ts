import type { GuardedStore } from '../outbox/entry-store.ts';
import { readSoundRows } from './sound-rows.ts';

interface SweepPorts {
  readonly openDatabase: (name: string) => GuardedStore;
  readonly databaseNames: () => Promise<readonly string[] | null>;
  readonly databaseName: string;
}

/**
 * Moves what former databases still hold into the one in use: one that could not be read a while ago may be readable again, and a last answer may
 * have gone there. Its answers keep their numbers, so that they are lost no more. One that is empty is removed.
 */
export async function sweepFormer(ports: SweepPorts): Promise<void> {
  const names = (await ports.databaseNames()) ?? [];
  for (const name of names)
    if (name.startsWith('parvis-outbox-') && name !== ports.databaseName) await sweepOne(ports, name);
}

async function sweepOne(ports: SweepPorts, name: string): Promise<void> {
  const former = ports.openDatabase(name);
  const inUse = ports.openDatabase(ports.databaseName);
  try {
    const { rows, isDamaged } = await readSoundRows(former);
    await inUse.write(async () => {
      const known = await inUse.entries.bulkGet(rows.map(({ responseId }) => responseId));
      const absent = rows.filter((_, index) => known[index] === undefined);
      // Whoever had it open is gone with that database.
      await inUse.entries.bulkPut(
        absent.map((row) => (row.state === 'open' ? { ...row, state: 'pending' as const } : row)),
      );
    });
    if (!isDamaged) await former.delete();
  } catch {
    // It is as unreadable as before, and is tried again at the next start.
    return;
  } finally {
    former.close();
    inUse.close();
  }
}
