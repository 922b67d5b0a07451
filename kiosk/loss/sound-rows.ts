import type { ResponseId } from '../../domain/ids.ts';
import type { GuardedStore } from '../outbox/entry-store.ts';
import type { OutboxEntry } from '../outbox/outbox.ts';

/** The rows of a database that may be damaged. */
export interface FoundRows {
  readonly rows: readonly OutboxEntry[];
  /** Some are there and cannot be read, or make no sense any more. */
  readonly isDamaged: boolean;
}

/**
 * Reads every row that can be read. One that cannot makes the whole reading fail, so that they are then read one by one.
 *
 * @throws whatever the engine throws, where not even their keys can be read
 */
export async function readSoundRows(db: GuardedStore): Promise<FoundRows> {
  try {
    const all = await db.read(() => db.entries.toArray());
    const rows = all.filter(isSound);
    return { rows, isDamaged: rows.length < all.length };
  } catch {
    const ids = await db.read(() => db.entries.toCollection().primaryKeys());
    const rows: OutboxEntry[] = [];
    for (const id of ids) {
      const row = await readOne(db, id);
      if (row !== undefined && isSound(row)) rows.push(row);
    }
    return { rows, isDamaged: true };
  }
}

/** In a transaction of its own: a failed request takes its transaction along. */
async function readOne(db: GuardedStore, id: ResponseId): Promise<OutboxEntry | undefined> {
  try {
    return await db.read(() => db.entries.get(id));
  } catch {
    return undefined;
  }
}

/** Whether a row is what was once written, as far as that can be told. */
function isSound(row: Partial<Record<keyof OutboxEntry, unknown>>): boolean {
  const { responseId, sequence, createdAt, body, state } = row;
  return (
    typeof responseId === 'string' &&
    Number.isSafeInteger(sequence) &&
    typeof createdAt === 'string' &&
    typeof body === 'string' &&
    (state === 'open' || state === 'pending' || state === 'retained') &&
    isJson(body)
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
