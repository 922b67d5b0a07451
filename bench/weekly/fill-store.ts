import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Answer } from '../../domain/answers.ts';
import { createResponseId } from '../../domain/response-id.ts';
import { NOT_APPLICABLE, scaleOf } from '../../domain/scales.ts';
import { searchTextOf } from '../../domain/search-terms.ts';
import { type Item, type SurveyVersion, drawableItemsOf, globalItemOf } from '../../domain/survey.ts';
import { type LocalDate, addDays } from '../../domain/weeks.ts';
import { SYSTEM_CLOCK } from '../../sync-server/clock.ts';
import { pick, seededRandom } from '../../sync-server/demo/random.ts';
import { TallyBook } from '../../sync-server/ingest/tallies.ts';
import { DATABASE_FILE, openSqliteStore } from '../../sync-server/store/open-sqlite-store.ts';
import { loadTown } from '../../sync-server/surveys/load-town.ts';
import { type Town, readTownFile } from '../../sync-server/surveys/town-file.ts';
import { placeOfText } from '../../sync-server/verbatims/place.ts';
import { createInsert } from './insert.ts';
import { suggestionOf } from './suggestion.ts';

const TOWN_FILE = new URL('../../sync-server/surveys/libourne.json', import.meta.url).pathname;
const WEEKS = 52;
const OPEN_DAYS = 5;
/** One visitor in ten leaves a suggestion; nobody has read any yet. */
const TEXT_EVERY = 10;
/** One answer in fifty waited on a tablet without network until its week was closed. */
const LATE_EVERY = 50;
const LATE_DAYS = 9;

interface Place {
  readonly organisationId: string;
  readonly serviceId: string;
  readonly pointId: string;
  readonly enrolmentId: string;
  readonly surveyVersion: SurveyVersion;
}

/**
 * Makes a store of the town as if its active receptions had sent this many answers, as many each week, over the 52 weeks that end with the
 * one that begins on `monday`; of that one only its Monday has come. It goes round the push, which would take minutes, and writes the rows as ingest does: the tallies come from
 * ingest's own book, and `npm run recount` finds no difference.
 */
export async function fillStore(dataDir: string, responses: number, monday: LocalDate): Promise<void> {
  const path = join(dataDir, DATABASE_FILE);
  const town = readTownFile(TOWN_FILE);
  const store = openSqliteStore(path, SYSTEM_CLOCK);
  await loadTown(store, town, SYSTEM_CLOCK);
  await store.close();
  const database = new Database(path);
  try {
    for (const pragma of ['journal_mode = off', 'synchronous = off', 'foreign_keys = off'])
      database.pragma(pragma);
    database.transaction(() => writeRows(database, placesOf(town), responses, monday))();
  } finally {
    database.close();
  }
}

function writeRows(
  database: Database.Database,
  places: readonly Place[],
  responses: number,
  monday: LocalDate,
): void {
  const random = seededRandom(responses);
  const chance = createByteSource();
  const book = new TallyBook();
  const weeks = openDays(monday);
  const lateUntil = addDays(monday, -LATE_DAYS);
  const sequences = new Map<string, number>();
  const insertResponse = createInsert(database, 'responses');
  const insertVerbatim = createInsert(database, 'verbatims');
  for (let number = 0; number < responses; number += 1) {
    const place = pick(places, random);
    // In the order of the days, as answers come, so that the keys are local.
    const day = at(at(weeks, number / responses), ((number / responses) * WEEKS) % 1);
    const halfDay = number % 2 === 0 ? 'am' : 'pm';
    const sequence = (sequences.get(place.enrolmentId) ?? 0) + 1;
    sequences.set(place.enrolmentId, sequence);
    const row = {
      organisation_id: place.organisationId,
      response_id: createResponseId(Date.parse(`${day}T09:00:00Z`), chance(12)),
      enrolment_id: place.enrolmentId,
      sequence,
      point_id: place.pointId,
      service_id: place.serviceId,
      survey_version_id: place.surveyVersion.surveyVersionId,
      channel: 'tablet',
      language: random() < 0.05 ? 'en' : 'fr',
      local_date: day,
      half_day: halfDay,
      received_on: day < lateUntil && random() < 1 / LATE_EVERY ? addDays(day, LATE_DAYS) : day,
      disposition: random() < 0.1 ? 'partial' : 'complete',
      duration_seconds: 5 + Math.floor(random() * 30),
      flags: '[]',
    } as const;
    const answers = answersTo(place.surveyVersion, random);
    insertResponse({
      ...row,
      is_counted: 1,
      answers: JSON.stringify(answers),
      content_hash: chance(32),
    });
    book.count({ ...row, answers }, place.surveyVersion);
    if (number % TEXT_EVERY === 0) {
      const text = suggestionOf(random);
      insertVerbatim({
        organisation_id: row.organisation_id,
        response_id: row.response_id,
        service_id: row.service_id,
        local_date: day,
        half_day: halfDay,
        language: row.language,
        text,
        place: placeOfText({ ...row, response_id: row.response_id }),
        search_terms: searchTextOf(text),
        // As if the list of words had been held against it: the server would else do it while it is measured.
        themes_version: 1,
      });
    }
  }
  const insertTally = createInsert(database, 'tallies');
  for (const tally of book.tallies()) insertTally(tally);
  const insertLateTally = createInsert(database, 'late_tallies');
  for (const tally of book.lateTallies()) insertLateTally(tally);
  const insertHalfDayTally = createInsert(database, 'half_day_tallies');
  for (const tally of book.halfDayTallies()) insertHalfDayTally(tally);
  const insertEnrolment = createInsert(database, 'enrolments');
  for (const { organisationId, enrolmentId, pointId } of places) {
    const last = sequences.get(enrolmentId) ?? 0;
    insertEnrolment({
      organisation_id: organisationId,
      enrolment_id: enrolmentId,
      point_id: pointId,
      token_hash: randomBytes(32).toString('hex'),
      enrolled_at: `${addDays(monday, (1 - WEEKS) * 7)}T07:00:00.000Z`,
      last_seen_at: `${monday}T16:00:00.000Z`,
      high_water_mark: last,
      largest_sequence: last,
    });
  }
}

function placesOf(town: Town): readonly Place[] {
  return town.organisations.flatMap(({ organisationId, services, surveys }) =>
    services
      .filter(({ status }) => status === 'active')
      .flatMap(({ serviceId, points }) =>
        points.flatMap(({ pointId, surveyId }) => {
          const version = surveys.find((survey) => survey.surveyId === surveyId)?.versions.at(-1);
          if (version === undefined) return [];
          const surveyVersion: SurveyVersion = { ...version, surveyId };
          return [{ organisationId, serviceId, pointId, enrolmentId: randomUUID(), surveyVersion }];
        }),
      ),
  );
}

/** The days of each week on which people came. */
function openDays(monday: LocalDate): readonly (readonly LocalDate[])[] {
  return Array.from({ length: WEEKS }, (_, index) => {
    const first = addDays(monday, (index - WEEKS + 1) * 7);
    return Array.from({ length: first === monday ? 1 : OPEN_DAYS }, (__, day) => addDays(first, day));
  });
}

/** What stands at a share, from 0 to 1, of a list. */
function at<Value>(values: readonly Value[], share: number): Value {
  const value = values[Math.floor(share * values.length)];
  if (value === undefined) throw new RangeError(`Nothing stands at ${share} of ${values.length}.`);
  return value;
}

/** The global item and three others, mostly satisfied, as in a certified town. */
function answersTo(version: SurveyVersion, random: () => number): readonly Answer[] {
  const others = [...drawableItemsOf(version)];
  const first = Math.floor(random() * others.length);
  const drawn = [0, 1, 2].map((step) => others[(first + step) % others.length]);
  return [globalItemOf(version), ...drawn].flatMap((item) =>
    item === undefined ? [] : answerTo(item, random),
  );
}

function answerTo(item: Item, random: () => number): readonly Answer[] {
  const { itemId, kind } = item;
  if (kind === 'verbatim') return [];
  if (kind === 'choice') return [{ itemId, kind, codes: [pick(item.options, random).code] }];
  const { points } = scaleOf(item.scaleId);
  const level = points[Math.floor(random() ** 3 * points.length)];
  return [{ itemId, kind, code: level === undefined || random() < 0.03 ? NOT_APPLICABLE : level.code }];
}

/** Random bytes out of large draws: a draw for each row would take a quarter of the time. */
function createByteSource(): (size: number) => Buffer {
  let drawn = Buffer.alloc(0);
  return (size) => {
    if (drawn.length < size) drawn = randomBytes(2 ** 20);
    const bytes = Buffer.from(drawn.subarray(0, size));
    drawn = drawn.subarray(size);
    return bytes;
  };
}
