import type Database from 'better-sqlite3';
import { PlainFault } from '../plain-fault.ts';

const MIB = 1_048_576;

/**
 * The settings the promises rest on. `synchronous` 2 is FULL: the driver's own default in WAL is NORMAL, which loses acknowledged
 * rows in a power cut. `cache_size` below zero is KiB. `mmap_size` 0: a mapped file turns a disk error into a crash.
 */
const PRAGMAS: readonly {
  readonly name: string;
  readonly set: string | number;
  readonly read: string | number;
}[] = [
  { name: 'journal_mode', set: 'wal', read: 'wal' },
  { name: 'synchronous', set: 'full', read: 2 },
  { name: 'foreign_keys', set: 'on', read: 1 },
  { name: 'busy_timeout', set: 5_000, read: 5_000 },
  { name: 'journal_size_limit', set: 64 * MIB, read: 64 * MIB },
  { name: 'trusted_schema', set: 'off', read: 0 },
  { name: 'temp_store', set: 'memory', read: 2 },
  { name: 'mmap_size', set: 0, read: 0 },
  // What is erased is overwritten where it stood, as far as that costs no further writing.
  { name: 'secure_delete', set: 'fast', read: 2 },
  { name: 'cache_size', set: -16 * 1_024, read: -16 * 1_024 },
  // In pages of 4 KiB: writing the log back after each commit of a busy hour would double the work, and 32 MiB stay well within its limit.
  { name: 'wal_autocheckpoint', set: 8_192, read: 8_192 },
];

/**
 * Sets each and reads it back.
 *
 * @throws PlainFault naming the first that did not take
 */
export function setPragmas(database: Database.Database): void {
  for (const { name, set } of PRAGMAS) database.pragma(`${name} = ${set}`);
  assertPragmas(database);
}

export function assertPragmas(database: Database.Database): void {
  for (const { name, read } of PRAGMAS) {
    const held: unknown = database.pragma(name, { simple: true });
    if (held !== read)
      throw new PlainFault(
        `SQLite did not take ${name} = ${read}; it holds ${String(held)}. Parvis does not promise to keep answers that way.`,
      );
  }
}
