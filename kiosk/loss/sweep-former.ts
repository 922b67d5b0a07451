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
 *
 * @returns how many answers came back
 */
export async function sweepFormer(ports: SweepPorts): Promise<number> {
  const names = (await ports.databaseNames()) ?? [];
  let moved = 0;
  for (const name of names)
    if (name.startsWith('parvis-outbox-') && name !== ports.databaseName)
      moved += await sweepOne(ports, name);
  return moved;
}

async function sweepOne(ports: SweepPorts, name: string): Promise<number> {
  const former = ports.openDatabase(name);
  const inUse = ports.openDatabase(ports.databaseName);
  try {
    const { rows, isDamaged } = await readSoundRows(former);
    const moved = await inUse.write(async () => {
      const known = await inUse.entries.bulkGet(rows.map(({ responseId }) => responseId));
      const absent = rows.filter((_, index) => known[index] === undefined);
      // Whoever had one open is gone with that database; and what the server had may have gone with a backup since, which only that one was told.
      await inUse.entries.bulkPut(absent.map((row) => ({ ...row, state: 'pending' as const })));
      return absent.length;
    });
    if (!isDamaged) await former.delete();
    return moved;
  } catch {
    // It is as unreadable as before, and is tried again at the next start.
    return 0;
  } finally {
    former.close();
    inUse.close();
  }
}
