import Database from 'better-sqlite3';
import type { EnrolmentId, OrganisationId, StoreId } from '../../domain/ids.ts';

/** How far an enrolment's answers are in a database without a gap. */
export interface StoredMark {
  readonly organisationId: OrganisationId;
  readonly enrolmentId: EnrolmentId;
  readonly highWaterMark: number;
}

/** What a database file holds, as far as it can be held against another. */
export interface DatabaseContent {
  readonly storeId: StoreId;
  /** How many rows each table has. */
  readonly rows: Readonly<Record<string, number>>;
  readonly marks: readonly StoredMark[];
}

/** Beside its tables, a finished copy holds this one: what it is a copy of, written last. */
const RECORD_TABLE = 'finished_backup';
/** 8 MiB between two looks at whatever else the process has to do. */
const PAGES_AT_ONCE = 2_048;

/** A copy that is not what it was made from, or a file that is none. */
export class UnsoundCopy extends Error {}

/**
 * Copies the database while others write to it. The copy is of one instant: a read transaction holds the source still for it, writers go on
 * beside it. It is looked through, counted against the source, and only then given its record.
 *
 * @param target an empty file, or none
 * @throws UnsoundCopy where the copy does not come to the same
 */
export async function copySqlite(source: string, target: string, takenAt: string): Promise<DatabaseContent> {
  const reader = new Database(source, { readonly: true, timeout: 5_000 });
  try {
    reader.exec('begin');
    const content = contentOf(reader);
    await reader.backup(target, { progress: () => PAGES_AT_ONCE });
    reader.exec('commit');
    finish(target, takenAt, content);
    return content;
  } finally {
    reader.close();
  }
}

/**
 * Looks a finished copy through, without changing it.
 *
 * @throws UnsoundCopy in words: damaged, unfinished, or with other counts than its record says
 */
export function checkFinishedCopy(path: string): DatabaseContent & { readonly takenAt: string } {
  const copy = openReadOnly(path);
  try {
    assertSound(copy);
    const hasRecord = copy.prepare('select 1 from sqlite_schema where name = ?').get(RECORD_TABLE);
    if (hasRecord === undefined) throw new UnsoundCopy('it was never finished, or is no backup of Parvis');
    const record = copy
      .prepare<[], { taken_at: string; rows: string }>(`select taken_at, rows from ${RECORD_TABLE}`)
      .get();
    if (record === undefined) throw new UnsoundCopy('it was never finished');
    const content = contentOf(copy);
    assertSameRows(content.rows, JSON.parse(record.rows));
    return { ...content, takenAt: record.taken_at };
  } catch (error) {
    throw isDamage(error) ? new UnsoundCopy(`it is damaged (${error.code})`) : error;
  } finally {
    copy.close();
  }
}

/** Makes a copy's tables those of a database again. */
export function forgetRecord(database: Database.Database): void {
  database.exec(`drop table ${RECORD_TABLE}`);
}

function finish(target: string, takenAt: string, content: DatabaseContent): void {
  const copy = new Database(target);
  try {
    // One file and nothing beside it; a database that is opened anew gets its log again.
    copy.pragma('journal_mode = delete');
    copy.pragma('synchronous = full');
    assertSound(copy);
    assertSameRows(contentOf(copy).rows, content.rows);
    copy.exec(`create table ${RECORD_TABLE} (taken_at text not null, rows text not null) strict`);
    copy
      .prepare(`insert into ${RECORD_TABLE} (taken_at, rows) values (?, ?)`)
      .run(takenAt, JSON.stringify(content.rows));
  } finally {
    copy.close();
  }
}

function openReadOnly(path: string): Database.Database {
  try {
    return new Database(path, { readonly: true, fileMustExist: true });
  } catch (error) {
    throw isDamage(error) ? new UnsoundCopy(`it cannot be opened (${error.code})`) : error;
  }
}

function assertSound(database: Database.Database): void {
  const verdict = database.pragma('integrity_check(1)', { simple: true });
  if (verdict !== 'ok') throw new UnsoundCopy(`it is damaged (${String(verdict)})`);
}

function assertSameRows(
  held: Readonly<Record<string, number>>,
  wanted: Readonly<Record<string, number>>,
): void {
  for (const table of new Set([...Object.keys(held), ...Object.keys(wanted)]))
    if (held[table] !== wanted[table])
      throw new UnsoundCopy(
        `it has ${held[table] ?? 'no'} rows in ${table} instead of ${wanted[table] ?? 'none'}`,
      );
}

function contentOf(database: Database.Database): DatabaseContent {
  const tables = database
    .prepare<[string], { name: string }>(
      "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite_%' and name <> ? order by name",
    )
    .all(RECORD_TABLE);
  const rows: Record<string, number> = {};
  for (const { name } of tables)
    rows[name] = Number(database.prepare(`select count(*) from "${name}"`).pluck().get());
  const instance = database.prepare<[], { store_id: string }>('select store_id from instance').get();
  if (instance === undefined) throw new UnsoundCopy('it has no identity');
  const marks = database
    .prepare<[], StoredMark>(
      `select organisation_id as organisationId, enrolment_id as enrolmentId, high_water_mark as highWaterMark
      from enrolments order by organisation_id, enrolment_id`,
    )
    .all();
  return { storeId: instance.store_id as StoreId, rows, marks };
}

function isDamage(error: unknown): error is Error & { readonly code: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(NOTADB|CORRUPT|CANTOPEN|ERROR)/.test(code);
}
