import { readdirSync, readFileSync } from 'node:fs';
import { PlainFault } from '../plain-fault.ts';
import type { Engine } from './engine.ts';

/** One step of the tables' history. Numbers and names are the same in every dialect; a released one is never edited. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/** Numbers that no step ever had, so that a missing file is seen to be missing. */
const NEVER_GIVEN: readonly number[] = [4];

/** The steps of an engine, in order. */
export function readMigrations(engine: Engine): readonly Migration[] {
  const folder = new URL(`${engine}/`, import.meta.url);
  return inOrder(
    readdirSync(folder)
      .filter((file) => file.endsWith('.sql'))
      .map((file) => ({ file, sql: readFileSync(new URL(file, folder), 'utf8') })),
  );
}

/** @throws Error where a file's name is not that of a step, where two have one number, or where a number is missing */
export function inOrder(
  files: readonly { readonly file: string; readonly sql: string }[],
): readonly Migration[] {
  const migrations = files
    .map(({ file, sql }) => {
      const [, number, name] = /^(\d{3})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
      if (number === undefined || name === undefined)
        throw new Error(`${file} is not named NNN-verb-noun.sql.`);
      return { number: Number(number), name, sql };
    })
    .toSorted((a, b) => a.number - b.number);
  let expected = 1;
  for (const { number, name } of migrations) {
    while (NEVER_GIVEN.includes(expected)) expected += 1;
    if (number !== expected)
      throw new Error(
        number < expected
          ? `Two migrations have the number ${number}; one is ${name}.`
          : `Migration ${expected} is missing before ${number}, ${name}.`,
      );
    expected += 1;
  }
  return migrations;
}

/**
 * The steps a database has yet to take.
 *
 * @throws PlainFault when the database has a step this version does not know: it was written by a newer one.
 */
export function pendingMigrations(
  applied: readonly Pick<Migration, 'number' | 'name'>[],
  migrations: readonly Migration[],
): readonly Migration[] {
  for (const { number, name } of applied) {
    if (migrations.some((known) => known.number === number && known.name === name)) continue;
    throw new PlainFault(
      `The database was written by a newer version of Parvis (its step ${number}, ${name}, is not known here). Nothing was changed. Upgrade Parvis, or restore the backup made before the upgrade.`,
    );
  }
  return migrations.filter(({ number }) => !applied.some((step) => step.number === number));
}
