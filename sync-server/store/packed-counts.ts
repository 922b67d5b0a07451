import { type RawBuilder, sql } from 'kysely';

/**
 * The counts of all rows of a group as one text, each with its days. To a driver a row is an object with a string for each column, which costs several
 * times what the database takes to find it: thousands of counts come in a few rows instead. The order of the counts in it is nobody's.
 *
 * @param days columns that hold days
 */
export function packedCounts(...days: readonly string[]): RawBuilder<string> {
  const parts = [...days, 'count'].map((column) => sql.ref(column));
  return sql<string>`string_agg(${sql.join(parts, sql` || ' ' || `)}, ';')`;
}

/** What was packed: the days of each count, parted by a space, and the count. */
export function unpackedCounts(text: string): (readonly [days: string, count: number])[] {
  return text.split(';').map((part) => {
    const end = part.lastIndexOf(' ');
    return [part.slice(0, end), Number(part.slice(end + 1))];
  });
}
