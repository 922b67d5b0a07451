import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FINISHED = /^parvis-\d{4}-\d\d-\d\dT[\d-]+(\.\d+)?Z\.sqlite$/;
/** A copy that is being written, and what SQLite writes beside it. */
const UNFINISHED = /^parvis-.*\.sqlite\.unfinished(-\w+)?$/;
/** No copy takes longer; what is older was left by a process that was killed. */
const LONGEST_COPY_MS = 6 * 3_600_000;

/** The folder of the backups, made where it is not there, for its owner alone. */
export function openBackupFolder(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
}

/** A backup's file by the instant it is of; the names sort as the instants do. */
export function backupFileName(takenAt: string): string {
  return `parvis-${takenAt.replaceAll(':', '-')}.sqlite`;
}

/** What a copy is called until all of it is known to be there. */
export function unfinishedFile(file: string): string {
  return `${file}.unfinished`;
}

/** The finished backups of a folder, newest first. Files that only look a little like one are somebody else's. */
export function finishedBackups(dir: string): readonly string[] {
  return readdirSync(dir)
    .filter((name) => FINISHED.test(name))
    .toSorted()
    .toReversed()
    .map((name) => join(dir, name));
}

/** Keeps the newest so many, and sweeps away what killed processes have left. Returns what was deleted. */
export function rotateBackups(dir: string, keep: number, nowMs: number): readonly string[] {
  const beyond = finishedBackups(dir).slice(Math.max(1, keep));
  const left = readdirSync(dir)
    .filter((name) => UNFINISHED.test(name))
    .map((name) => join(dir, name))
    .filter((path) => nowMs - statSync(path).mtimeMs > LONGEST_COPY_MS);
  for (const path of [...beyond, ...left]) rmSync(path, { force: true });
  return [...beyond, ...left];
}
