import type pg from 'pg';
import { PlainFault } from '../plain-fault.ts';

const OLDEST_VERSION = 150_000;
const SECOND_MS = 1_000;

/**
 * What each connection asks for, and what the promises rest on. `fsync` and `full_page_writes` are the server's own to set; without either
 * a power cut can lose acknowledged rows or tear pages. The time-outs bound what one stuck query or peer can hold up.
 */
const SETTINGS: readonly { readonly name: string; readonly read: string; readonly isOurs: boolean }[] = [
  { name: 'synchronous_commit', read: 'on', isOurs: true },
  { name: 'fsync', read: 'on', isOurs: false },
  { name: 'full_page_writes', read: 'on', isOurs: false },
  { name: 'zero_damaged_pages', read: 'off', isOurs: false },
  { name: 'server_encoding', read: 'UTF8', isOurs: false },
  { name: 'client_encoding', read: 'UTF8', isOurs: true },
  { name: 'TimeZone', read: 'UTC', isOurs: true },
  { name: 'standard_conforming_strings', read: 'on', isOurs: true },
  // Each statement sees what is committed before it; the locks of postgres-locks.ts do the rest.
  { name: 'default_transaction_isolation', read: 'read committed', isOurs: true },
  { name: 'default_transaction_read_only', read: 'off', isOurs: true },
  { name: 'statement_timeout', read: String(30 * SECOND_MS), isOurs: true },
  { name: 'lock_timeout', read: String(15 * SECOND_MS), isOurs: true },
  { name: 'idle_in_transaction_session_timeout', read: String(60 * SECOND_MS), isOurs: true },
];

/** The `options` of a connection that set what is ours to set. */
export function sessionOptions(): string {
  return SETTINGS.filter(({ isOurs }) => isOurs)
    .map(({ name, read }) => `-c ${name}=${read.replaceAll(' ', '\\ ')}`)
    .join(' ');
}

/**
 * Reads each back.
 *
 * @throws PlainFault naming the first that does not hold
 */
export async function assertSettings(client: pg.ClientBase): Promise<void> {
  const { rows: settings } = await client.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1) order by name',
    [SETTINGS.map(({ name }) => name)],
  );
  for (const { name, read } of SETTINGS) {
    const held = settings.find((one) => one.name === name)?.setting;
    if (held !== read)
      throw new PlainFault(
        `PostgreSQL holds ${name} = ${held ?? 'nothing'} where Parvis needs ${read}. Parvis does not promise to keep answers that way: set it in postgresql.conf, or let DATABASE_URL connect without a pooler in between.`,
      );
  }
  const { rows } = await client.query<{ version: number; name: string; is_standby: boolean }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as name,
      pg_is_in_recovery() as is_standby`,
  );
  const [server] = rows;
  if (server === undefined || server.version < OLDEST_VERSION)
    throw new PlainFault(
      `PostgreSQL ${server?.name} is older than Parvis is tried on. It needs PostgreSQL ${OLDEST_VERSION / 10_000} or later.`,
    );
  if (server.is_standby)
    throw new PlainFault(
      'DATABASE_URL leads to a standby, which cannot be written to. Give it the primary’s address.',
    );
}
