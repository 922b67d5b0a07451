import type pg from 'pg';
import { type Migration, pendingMigrations, readMigrations } from './migrations.ts';
import { BEGIN_ALONE, LOCK_MIGRATIONS, UNLOCK_MIGRATIONS } from './postgres-locks.ts';

/**
 * Brings the tables up to date, each step in a transaction of its own. Of several processes that start together one does it, the others wait.
 *
 * @throws PlainFault when the database was written by a newer version
 */
export async function migratePostgres(
  client: pg.ClientBase,
  nowIso: string,
  migrations: readonly Migration[] = readMigrations('postgres'),
): Promise<void> {
  // A step over a large table takes as long as it takes, and whoever waits for it waits.
  await client.query('set statement_timeout = 0; set lock_timeout = 0');
  await client.query(LOCK_MIGRATIONS);
  try {
    await client.query(`create table if not exists migrations (
      number bigint not null,
      name text collate "C" not null,
      applied_at text collate "C" not null,
      constraint migrations__primary primary key (number)
    )`);
    const { rows: applied } = await client.query<{ number: number; name: string }>(
      'select number::int as number, name from migrations order by number',
    );
    for (const migration of pendingMigrations(applied, migrations)) await take(client, migration, nowIso);
  } finally {
    await client.query(UNLOCK_MIGRATIONS);
    await client.query('reset statement_timeout; reset lock_timeout');
  }
}

async function take(client: pg.ClientBase, { number, name, sql }: Migration, nowIso: string): Promise<void> {
  await client.query(BEGIN_ALONE);
  try {
    await client.query(sql);
    await client.query('insert into migrations (number, name, applied_at) values ($1, $2, $3)', [
      number,
      name,
      nowIso,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
