import type pg from 'pg';
import { PlainFault } from '../plain-fault.ts';

/** There for as long as a database is being filled from another: what is in it is not all of it. */
const TABLE = 'unfinished_move';

/** Says durably that what follows is not finished. */
export async function markUnfinished(client: pg.ClientBase, startedAt: string): Promise<void> {
  await client.query(`create table if not exists ${TABLE} (started_at text not null)`);
  await client.query(`insert into ${TABLE} (started_at) values ($1)`, [startedAt]);
}

export async function markFinished(client: pg.ClientBase): Promise<void> {
  await client.query(`drop table ${TABLE}`);
}

export async function isUnfinished(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ is_there: boolean }>(
    'select to_regclass($1) is not null as is_there',
    [TABLE],
  );
  return rows[0]?.is_there === true;
}

/** @throws PlainFault where a move into this database was broken off: a server on it would look like a loss. */
export async function refuseUnfinishedMove(client: pg.ClientBase): Promise<void> {
  if (await isUnfinished(client))
    throw new PlainFault(
      'A move into this database was broken off, and not everything is in it. Run npm run move-to-postgres again; it starts over. The SQLite database is as it was.',
    );
}
