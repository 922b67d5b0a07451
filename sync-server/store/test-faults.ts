import { sql } from 'kysely';
import { engineOf } from './engine.ts';
import type { Store } from './store.ts';

/** Runs something while the database's disk is full. PostgreSQL's is not filled: it answers as it does when it is. */
export async function withFullDisk({ db }: Store, work: () => Promise<void>): Promise<void> {
  if (engineOf(db) === 'postgres') return withRefusal({ db }, 'responses', '53100', work);
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
  await sql`pragma max_page_count = ${sql.raw(String(rows[0]?.page_count))}`.execute(db);
  try {
    await work();
  } finally {
    await sql`pragma max_page_count = 1000000`.execute(db);
  }
}

/** Runs something while the database can be read and not written to. */
export async function withoutWrites({ db }: Store, work: () => Promise<void>): Promise<void> {
  if (engineOf(db) === 'postgres') return withRefusal({ db }, 'instance', '25006', work);
  await sql`pragma query_only = on`.execute(db);
  try {
    await work();
  } finally {
    await sql`pragma query_only = off`.execute(db);
  }
}

/** Runs something while nothing can be added to the audit trail: what is cut off between a change and its entry. */
export async function withoutTrail({ db }: Store, work: () => Promise<void>): Promise<void> {
  if (engineOf(db) === 'postgres') return withRefusal({ db }, 'audit_entries', 'P0001', work);
  await sql`create trigger refusing before insert on audit_entries begin select raise(abort, 'refused'); end`.execute(
    db,
  );
  try {
    await work();
  } finally {
    await sql`drop trigger refusing`.execute(db);
  }
}

async function withRefusal(
  { db }: Pick<Store, 'db'>,
  table: 'responses' | 'instance' | 'audit_entries',
  code: string,
  work: () => Promise<void>,
): Promise<void> {
  await sql`create function refuse() returns trigger language plpgsql as
    ${sql.raw(`$$ begin raise exception 'refused' using errcode = '${code}'; end $$`)}`.execute(db);
  await sql`create trigger refusing before insert or update on ${sql.table(table)} execute function refuse()`.execute(
    db,
  );
  try {
    await work();
  } finally {
    await sql`drop trigger refusing on ${sql.table(table)}`.execute(db);
    await sql`drop function refuse()`.execute(db);
  }
}
