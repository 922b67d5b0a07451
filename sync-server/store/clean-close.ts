import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { replaceFile } from './durable-files.ts';

/**
 * Beside the database: what its file was when a server had closed it. To look a database of a million answers through takes a quarter of a minute, which
 * a restart need not wait for where nobody has touched it since. Each nightly backup is looked through whole (`copy-sqlite.ts`).
 */
function noteOf(path: string): string {
  return `${path}.closed`;
}

/** Writes down how a database was left, if all of it is in its file. To be called once it is closed. */
export function noteClosed(path: string): void {
  const state = stateOf(path);
  if (state === null) return;
  try {
    replaceFile(noteOf(path), state);
  } catch {
    // A full disk, or one that is gone: the next start looks the database through.
  }
}

/** Whether a database is as it was closed. The note is gone then: whatever happens from now on, the next start has to look unless this one ends well. */
export function isAsClosed(path: string): boolean {
  const note = noteOf(path);
  if (!existsSync(note)) return false;
  const isSame = readFileSync(note, 'utf8') === stateOf(path);
  rmSync(note, { force: true });
  return isSame;
}

/** null where the file is not all there is of the database, or there is none. */
function stateOf(path: string): string | null {
  if (existsSync(`${path}-wal`) || !existsSync(path)) return null;
  const { ino, size, mtimeNs } = statSync(path, { bigint: true });
  return `${ino} ${size} ${mtimeNs}\n`;
}
