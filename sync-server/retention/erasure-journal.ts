import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { flush } from '../store/durable-files.ts';
import type { Store } from '../store/store.ts';
import { type ErasedResponse, eraseResponse } from './erase-response.ts';

const FILE = 'erasures.jsonl';
const NEW_LINE = '\n';
const lineSchema = v.object({ organisationId: v.string(), responseId: v.string() });

/**
 * Notes an erasure outside the database, durably, before it is carried out: beside the data, and beside the backups too, so that it outlives
 * either. A database restored from an older backup still holds what was erased since; {@link replayErasures} erases it again.
 *
 * @returns false where only the note beside the data could be written; the next backup copies it
 */
export function noteErasure(
  { dataDir, backup }: Pick<Config, 'dataDir' | 'backup'>,
  erased: ErasedResponse,
): boolean {
  append(dataDir, [erased]);
  try {
    mkdirSync(backup.dir, { recursive: true, mode: 0o700 });
    append(backup.dir, [erased]);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

/** Adds to one folder's journal what it lacks of another's. Nothing is ever taken out of a journal. */
export function mergeJournals(fromDir: string, intoDir: string): void {
  const known = new Set(readJournal(intoDir).map(lineOf));
  const lacking = readJournal(fromDir).filter((erased) => !known.has(lineOf(erased)));
  if (lacking.length > 0) append(intoDir, lacking);
}

/** Carries out every erasure ever noted that this database does not know of. Returns how many there were. */
export async function replayErasures(store: Store, clock: Clock, dataDir: string): Promise<number> {
  let replayed = 0;
  const organisations = await store.db.selectFrom('organisations').select('organisation_id').execute();
  const known = new Set(organisations.map((row) => row.organisation_id));
  for (const erased of readJournal(dataDir)) {
    // An organisation that is not here has nothing here to erase.
    if (!known.has(erased.organisationId)) continue;
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

function append(dir: string, erasures: readonly ErasedResponse[]): void {
  const path = join(dir, FILE);
  const isNew = !existsSync(path);
  const file = openSync(path, 'a+', 0o600);
  try {
    const text = erasures.map((erased) => lineOf(erased) + NEW_LINE).join('');
    // Half a line that a power cut has left must not swallow the next one.
    writeSync(file, endsInMidLine(file) ? NEW_LINE + text : text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (isNew) flush(dir);
}

function endsInMidLine(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last.toString() !== NEW_LINE;
}

function lineOf({ organisationId, responseId }: ErasedResponse): string {
  return JSON.stringify({ organisationId, responseId });
}

function readJournal(dir: string): ErasedResponse[] {
  const path = join(dir, FILE);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split(NEW_LINE)
    .flatMap((line) => {
      const decoded = v.safeParse(v.pipe(v.string(), v.parseJson(), lineSchema), line);
      // A power cut may leave half a line; its erasure had not been carried out, nor confirmed to anybody.
      return decoded.success ? [decoded.output] : [];
    });
}
