import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { type ErasedResponse, eraseResponse } from './erase-response.ts';

const FILE = 'erasures.jsonl';
const lineSchema = v.object({ organisationId: v.string(), responseId: v.string() });

/**
 * Notes an erasure beside the database, durably, before it is carried out: a database restored from an older backup still holds what
 * was erased since, and {@link replayErasures} erases it again.
 */
export function noteErasure(dataDir: string, erased: ErasedResponse): void {
  const file = openSync(join(dataDir, FILE), 'a', 0o600);
  try {
    writeSync(
      file,
      `${JSON.stringify({ organisationId: erased.organisationId, responseId: erased.responseId })}\n`,
    );
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Carries out every erasure ever noted that this database does not know of. Returns how many there were. */
export async function replayErasures(store: Store, clock: Clock, dataDir: string): Promise<number> {
  let replayed = 0;
  for (const erased of readJournal(join(dataDir, FILE))) {
    const tombstone = await store.db
      .selectFrom('tombstones')
      .select('response_id')
      .where('organisation_id', '=', erased.organisationId)
      .where('response_id', '=', erased.responseId)
      .executeTakeFirst();
    if (tombstone !== undefined) continue;
    await eraseResponse(store, clock, erased);
    replayed += 1;
  }
  return replayed;
}

function readJournal(path: string): ErasedResponse[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const decoded = v.safeParse(v.pipe(v.string(), v.parseJson(), lineSchema), line);
      // A power cut may leave half a line; its erasure had not been carried out, nor confirmed to anybody.
      return decoded.success ? [decoded.output] : [];
    });
}
