import { sql } from 'kysely';
import { engineOf } from './engine.ts';
import type { Store } from './store.ts';

/** A key or an index that makes rows unique, as the database itself tells it. */
export interface UniqueKey {
  readonly table: string;
  readonly columns: readonly string[];
}

/** A foreign key, column by column. */
export interface ForeignKey {
  readonly table: string;
  readonly to: string;
  readonly pairs: readonly (readonly [from: string, to: string])[];
}

/** What the database's own catalogue says of its tables, in the order of their names. */
export interface Catalogue {
  readonly tables: readonly string[];
  /** Primary keys, unique constraints and unique indexes: whatever `on conflict` may name. */
  readonly uniqueKeys: readonly UniqueKey[];
  readonly foreignKeys: readonly ForeignKey[];
  /** By `table.column`: its type and whether it may be null. */
  readonly columns: Readonly<Record<string, string>>;
}

/** Reads the catalogue of either engine, in one shape. */
export async function readCatalogue(store: Store): Promise<Catalogue> {
  return engineOf(store.db) === 'postgres' ? ofPostgres(store) : ofSqlite(store);
}

async function ofSqlite({ db }: Store): Promise<Catalogue> {
  // Plain tables: the index of words is made of tables too, which are SQLite's own.
  const { rows: tables } = await sql<{ name: string }>`
    select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite_%' order by name`.execute(
    db,
  );
  const { rows: unique } = await sql<{ table_name: string; index_name: string; column_name: string | null }>`
    select t.name as table_name, i.name as index_name, c.name as column_name
    from pragma_table_list t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
    where t.schema = 'main' and t.type = 'table' and i."unique" = 1
    order by t.name, i.name, c.seqno`.execute(db);
  // An integer primary key is the table itself and has no index.
  const { rows: rowids } = await sql<{ table_name: string; column_name: string }>`
    select t.name as table_name, c.name as column_name
    from pragma_table_list t, pragma_table_info(t.name) c
    where t.schema = 'main' and t.type = 'table' and c.pk > 0
      and not exists (select 1 from pragma_index_list(t.name) i where i.origin = 'pk')
    order by t.name, c.pk`.execute(db);
  const { rows: foreign } = await sql<{
    table_name: string;
    id: number;
    to_table: string;
    f: string;
    t: string;
  }>`
    select t.name as table_name, k.id, k."table" as to_table, k."from" as f, k."to" as t
    from pragma_table_list t, pragma_foreign_key_list(t.name) k
    where t.schema = 'main' and t.type = 'table' order by t.name, k.id, k.seq`.execute(db);
  const { rows: columns } = await sql<{ table_name: string; name: string; type: string; required: number }>`
    select t.name as table_name, c.name, lower(c.type) as type, c."notnull" as required
    from pragma_table_list t, pragma_table_info(t.name) c
    where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite_%' order by t.name, c.name`.execute(
    db,
  );
  return {
    tables: tables.map(({ name }) => name),
    uniqueKeys: [
      ...grouped(unique, ({ table_name, index_name }) => `${table_name} ${index_name}`),
      ...grouped(rowids, ({ table_name }) => table_name),
    ].map((rows) => ({
      table: rows[0]?.table_name ?? '',
      columns: rows.map(({ column_name }) => column_name ?? 'an expression'),
    })),
    foreignKeys: grouped(foreign, ({ table_name, id }) => `${table_name} ${id}`).map((rows) => ({
      table: rows[0]?.table_name ?? '',
      to: rows[0]?.to_table ?? '',
      pairs: rows.map(({ f, t }) => [f, t] as const),
    })),
    columns: Object.fromEntries(
      columns.map((one) => [
        `${one.table_name}.${one.name}`,
        `${one.type}${one.required === 1 ? ' not null' : ''}`,
      ]),
    ),
  };
}

const SQLITE_TYPES: Readonly<Record<string, string>> = {
  bigint: 'integer',
  bytea: 'blob',
  'double precision': 'real',
};

async function ofPostgres({ db }: Store): Promise<Catalogue> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname collate "C"`.execute(db);
  const { rows: unique } = await sql<{ table_name: string; columns: string[] }>`
    select i.indrelid::regclass::text as table_name,
      array(select coalesce(a.attname::text, 'an expression')
        from unnest(i.indkey::int[]) with ordinality as k(attnum, place)
        left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum and k.attnum > 0
        order by k.place) as columns
    from pg_index i join pg_class c on c.oid = i.indrelid
    where i.indisunique and c.relnamespace = 'public'::regnamespace
    order by c.relname collate "C"`.execute(db);
  const { rows: foreign } = await sql<{ table_name: string; to_table: string; f: string[]; t: string[] }>`
    select conrelid::regclass::text as table_name, confrelid::regclass::text as to_table,
      array(select attname::text from unnest(conkey) with ordinality k(n, place)
        join pg_attribute on attrelid = conrelid and attnum = n order by place) as f,
      array(select attname::text from unnest(confkey) with ordinality k(n, place)
        join pg_attribute on attrelid = confrelid and attnum = n order by place) as t
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
    order by conrelid::regclass::text collate "C", conname collate "C"`.execute(db);
  const { rows: columns } = await sql<{ table_name: string; name: string; type: string; required: boolean }>`
    select table_name::text, column_name::text as name, data_type::text as type, is_nullable = 'NO' as required
    from information_schema.columns where table_schema = 'public'`.execute(db);
  return {
    tables: tables.map(({ name }) => name),
    uniqueKeys: unique.map(({ table_name, columns: names }) => ({ table: table_name, columns: names })),
    foreignKeys: foreign.map(({ table_name, to_table, f, t }) => ({
      table: table_name,
      to: to_table,
      pairs: f.map((from, index) => [from, t[index] ?? ''] as const),
    })),
    columns: Object.fromEntries(
      columns.map((one) => [
        `${one.table_name}.${one.name}`,
        `${SQLITE_TYPES[one.type] ?? one.type}${one.required ? ' not null' : ''}`,
      ]),
    ),
  };
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups.values()];
}
