import Database from 'better-sqlite3';
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';
import type { StoreId } from '../domain/ids.ts';
import { migrateSqlite } from '../sync-server/store/migrate-sqlite.ts';
import { readMigrations } from '../sync-server/store/migrations.ts';
import { withStatementCache } from '../sync-server/store/statement-cache.ts';
import type { Store } from '../sync-server/store/store.ts';
import type { Tables } from '../sync-server/store/tables.ts';

/** What becomes of a commit: carried out, refused for want of room, or cut off by the death of the process before or after it. */
export type CommitFate = 'commits' | 'full' | 'diesBefore' | 'diesAfter';

/** Thrown where the process that ran the statement is no more. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

class DiskFull extends Error {
  readonly code = 'SQLITE_FULL';
}

/** How a simulated database may be spoilt, to see whether that is noticed. */
export interface DatabaseVariation {
  /** Rewrites each statement, the making of the tables included. */
  readonly rewrite?: (sql: string) => string;
  /** Says that a commit is done without doing it; it is done later, if the process lives. */
  readonly commitsLate?: boolean;
}

/**
 * A real SQLite database in memory, with the tables and the statement cache that ship. Its transactions are savepoints of one that is never
 * committed: so a run is undone in an instant, a backup is a savepoint, and a restore goes back to it. What a power cut does to the file is
 * not this one's to show.
 */
export class ServerDatabase {
  readonly #database = new Database(':memory:');
  readonly #variation: DatabaseVariation;
  readonly #statements: SqliteDatabase;
  readonly #asked = new Map<string, Database.Statement<unknown[]>>();
  #backups = 0;
  /** Transactions begun and not committed: one at most, but where commits are put off. */
  #unfinished = 0;
  /** Asked before each commit. */
  fateOfCommit: () => CommitFate = () => 'commits';
  /** Called when a commit was put off; it is never carried out where the process dies of it. */
  onLateCommit: ((isFatal: boolean) => void) | null = null;

  constructor(nowIso: string, variation: DatabaseVariation = {}) {
    this.#variation = variation;
    this.#database.pragma('foreign_keys = on');
    const rewrite = variation.rewrite ?? ((text: string) => text);
    migrateSqlite(
      this.#database,
      nowIso,
      readMigrations('sqlite').map((step) => ({ ...step, sql: rewrite(step.sql) })),
    );
    // Kept from one life of the process to the next: what is compiled anew each time would be most of a run's work.
    this.#statements = this.#withFates(withStatementCache(this.#database));
    this.#database
      .prepare('insert into instance (instance_id, store_id, code_salt) values (1, ?, ?)')
      .run('', Buffer.alloc(16));
  }

  /** What a process that has just opened the database works with. */
  open(): Store {
    const row = this.#database
      .prepare<[], { store_id: string; code_salt: Buffer }>('select store_id, code_salt from instance')
      .get();
    if (row === undefined) throw new Error('The database has no identity.');
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: this.#statements }) });
    return {
      db,
      file: null,
      storeId: row.store_id as StoreId,
      codeSalt: row.code_salt,
      gather: async (work) => db.transaction().execute(work),
      snapshot: async (work) => work(db),
      runAlone: async (_job, work) => work().then(() => true),
      checkHealth: async () => undefined,
      close: async () => undefined,
    };
  }

  get storeId(): string {
    return this.all<{ store_id: string }>('select store_id from instance')[0]?.store_id ?? '';
  }

  /** Everything until {@link undo} will not have been. */
  begin(): void {
    this.#backups = 0;
    this.#unfinished = 0;
    this.#database.exec('begin');
  }

  undo(): void {
    this.#database.exec('rollback');
  }

  rename(storeId: string): void {
    this.#database.prepare('update instance set store_id = ?').run(storeId);
  }

  /** Copies the database as it is now; the number is what {@link restore} is given. */
  backUp(): number {
    this.finishLateCommit();
    this.#backups += 1;
    this.#database.exec(`savepoint backup_${this.#backups}`);
    return this.#backups;
  }

  restore(backup: number): void {
    this.dropUnfinished();
    this.#database.exec(`rollback to backup_${backup}`);
  }

  /** The process has died: what it had begun and not committed was never done. */
  dropUnfinished(): void {
    while (this.#unfinished > 0) this.#dropOne();
  }

  finishLateCommit(): void {
    for (; this.#unfinished > 0; this.#unfinished -= 1) this.#database.exec('release work');
  }

  all<Row>(sql: string, ...parameters: unknown[]): Row[] {
    const statement = this.#asked.get(sql) ?? this.#database.prepare<unknown[]>(sql);
    this.#asked.set(sql, statement);
    return statement.all(...parameters) as Row[];
  }

  #withFates(database: SqliteDatabase): SqliteDatabase {
    const { rewrite } = this.#variation;
    return {
      close: () => undefined,
      prepare: (text) => {
        switch (text) {
          case 'begin':
            return this.#doing(() => {
              this.#unfinished += 1;
              this.#database.exec('savepoint work');
            });
          case 'commit':
            return this.#doing(() => this.#commit());
          case 'rollback':
            return this.#doing(() => this.#dropOne());
          default:
            return database.prepare(rewrite === undefined ? text : rewrite(text));
        }
      },
    };
  }

  #commit(): void {
    const fate = this.fateOfCommit();
    if (this.#variation.commitsLate === true) return this.onLateCommit?.(fate !== 'commits');
    if (fate === 'diesBefore') throw new ProcessDied();
    if (fate === 'full') throw new DiskFull();
    this.finishLateCommit();
    if (fate === 'diesAfter') throw new ProcessDied();
  }

  #dropOne(): void {
    if (this.#unfinished === 0) return;
    this.#unfinished -= 1;
    this.#database.exec('rollback to work; release work');
  }

  #doing(work: () => void): ReturnType<SqliteDatabase['prepare']> {
    return {
      reader: false,
      all: () => [],
      run: () => {
        work();
        return { changes: 0, lastInsertRowid: 0 };
      },
      iterate: () => [][Symbol.iterator](),
    };
  }
}
