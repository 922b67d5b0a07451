import type { Kysely } from 'kysely';
import type { Answer } from '../../domain/answers.ts';
import type { SurveyVersion } from '../../domain/survey.ts';
import { decisionsOn } from '../integrity/decisions-on.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { addTallies } from './add-tallies.ts';
import { TallyBook } from './tallies.ts';

/** A tally that is not what the responses say. */
export interface Difference {
  readonly table: 'tallies' | 'late_tallies' | 'half_day_tallies';
  /** What is counted: organisation, service, item, day or week, code. */
  readonly key: string;
  readonly stored: number;
  readonly recounted: number;
}

export interface Recount {
  readonly responses: number;
  readonly tallies: number;
  readonly differences: readonly Difference[];
}

const PAGE_ROWS = 5_000;
type Row = Readonly<Record<string, string | number>>;

/**
 * Counts every stored response anew, by the rule ingest counts by, and compares with the tallies kept, in one transaction. With
 * `isRepair` the tallies are then replaced by the new count; without it nothing is written, and a running server is not held up.
 */
export async function recount(store: Store, isRepair: boolean): Promise<Recount> {
  if (isRepair) return store.db.transaction().execute(async (trx) => compare(trx, true));
  return store.snapshot(async (db) => compare(db, false));
}

async function compare(db: Kysely<Tables>, isRepair: boolean): Promise<Recount> {
  const { book, responses } = await countAll(db);
  const [tallies, late, halfDays] = [book.tallies(), book.lateTallies(), book.halfDayTallies()];
  const differences = [
    ...differencesOf('tallies', await db.selectFrom('tallies').selectAll().execute(), tallies),
    ...differencesOf('late_tallies', await db.selectFrom('late_tallies').selectAll().execute(), late),
    ...differencesOf(
      'half_day_tallies',
      await db.selectFrom('half_day_tallies').selectAll().execute(),
      halfDays,
    ),
  ];
  if (isRepair && differences.length > 0) {
    await db.deleteFrom('tallies').execute();
    await db.deleteFrom('late_tallies').execute();
    await db.deleteFrom('half_day_tallies').execute();
    await addTallies(db, book);
  }
  return { responses, tallies: tallies.length + late.length + halfDays.length, differences };
}

async function countAll(db: Kysely<Tables>): Promise<{ book: TallyBook; responses: number }> {
  const versions = await versionsOf(db);
  const decisionsOf = await decisionsOn(db);
  const book = new TallyBook();
  let responses = 0;
  let after = { organisation_id: '', response_id: '' };
  for (;;) {
    const page = await db
      .selectFrom('responses')
      .select([
        'organisation_id',
        'response_id',
        'service_id',
        'survey_version_id',
        'channel',
        'disposition',
        'local_date',
        'half_day',
        'received_on',
        'flags',
        'answers',
        'is_counted',
      ])
      .where((where) =>
        where(
          where.refTuple('organisation_id', 'response_id'),
          '>',
          where.tuple(after.organisation_id, after.response_id),
        ),
      )
      .orderBy('organisation_id')
      .orderBy('response_id')
      .limit(PAGE_ROWS)
      .execute();
    for (const row of page) {
      responses += 1;
      const version = versions.get(`${row.organisation_id}/${row.survey_version_id}`);
      if (version === undefined) throw new Error(`There is no survey version ${row.survey_version_id}.`);
      if (row.is_counted === 0) continue;
      const answers = JSON.parse(row.answers) as Answer[];
      book.count({ ...row, answers, decisions: decisionsOf(row) }, version);
    }
    const last = page.at(-1);
    if (last === undefined) return { book, responses };
    after = last;
  }
}

async function versionsOf(db: Kysely<Tables>): Promise<ReadonlyMap<string, SurveyVersion>> {
  const rows = await db
    .selectFrom('survey_versions')
    .select(['organisation_id', 'survey_version_id', 'content'])
    .execute();
  return new Map(
    rows.map((row) => [
      `${row.organisation_id}/${row.survey_version_id}`,
      JSON.parse(row.content) as SurveyVersion,
    ]),
  );
}

function differencesOf(
  table: Difference['table'],
  stored: readonly (Row & { readonly count: number })[],
  recounted: readonly (Row & { readonly count: number })[],
): Difference[] {
  const counts = new Map<string, { stored: number; recounted: number }>();
  const note = (row: Row & { readonly count: number }, side: 'stored' | 'recounted') => {
    const key = keyOf(row);
    const known = counts.get(key) ?? { stored: 0, recounted: 0 };
    known[side] = row.count;
    counts.set(key, known);
  };
  for (const row of stored) note(row, 'stored');
  for (const row of recounted) note(row, 'recounted');
  return [...counts]
    .filter(([, both]) => both.stored !== both.recounted)
    .map(([key, both]) => ({ table, key, ...both }));
}

function keyOf(row: Row): string {
  return Object.keys(row)
    .filter((name) => name !== 'count')
    .toSorted()
    .map((name) => `${name}=${String(row[name])}`)
    .join(' ');
}
