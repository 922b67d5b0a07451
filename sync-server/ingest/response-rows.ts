import { sql, type Transaction } from 'kysely';
import type { Answer } from '../../domain/answers.ts';
import { CLOSED_HOURS, isOutsideHours } from '../../domain/integrity.ts';
import { type LocalMoment, localMoment } from '../../domain/local-time.ts';
import type { SurveyVersion } from '../../domain/survey.ts';
import { insertRows } from '../store/insert-rows.ts';
import type { Tables } from '../store/tables.ts';
import { type WantedId, wantedIds } from '../store/wanted-ids.ts';
import { keepTexts, type NewText } from '../verbatims/keep-texts.ts';
import { CLOCK_UNCERTAIN_FLAG, type ClockReadings, correctedInstant } from './clock-correction.ts';
import type { Arrival } from './push-work.ts';
import { isCounted } from './tallies.ts';
import type { Understood } from './understand.ts';

/** A response about to be stored, with what is needed to count it and to keep its words. */
export interface Candidate {
  readonly row: Tables['responses'];
  readonly answers: readonly Answer[];
  readonly surveyVersion: SurveyVersion;
  readonly text: string | null;
  readonly source: Understood;
}

/** A response among all organisations'; neither part can hold a slash. */
export function responseKey(organisationId: string, responseId: string): string {
  return `${organisationId}/${responseId}`;
}

/** The row of an entry. Of the moment only the site's date and half-day remain. */
export function candidateOf(
  { device, receivedAtMs, timeZone }: Arrival,
  source: Understood,
  clock: ClockReadings,
): Candidate {
  const { entry, surveyVersion, serviceId, text, contentHash } = source;
  const { response } = entry;
  const { answeredAtMs, isUncertain } = correctedInstant(
    { answeredAtMs: Date.parse(response.answeredAt), boot: response.bootId },
    clock,
  );
  const moment = localMoment(answeredAtMs, timeZone);
  const { date, halfDay } = moment;
  const raised = isUncertain ? [CLOCK_UNCERTAIN_FLAG] : hoursFlags(source, moment);
  const own = response.paradata.flags;
  const flags = own.length + raised.length > 1 ? [...new Set([...own, ...raised])] : [...own, ...raised];
  return {
    source,
    surveyVersion,
    text,
    answers: response.answers,
    row: {
      organisation_id: device.organisationId,
      response_id: entry.responseId,
      enrolment_id: device.enrolmentId,
      sequence: entry.sequence,
      point_id: response.pointId,
      service_id: serviceId,
      survey_version_id: response.surveyVersionId,
      channel: response.channel,
      language: response.language,
      local_date: date,
      half_day: halfDay,
      received_on: localMoment(receivedAtMs, timeZone).date,
      disposition: response.disposition,
      duration_seconds: Math.round(response.paradata.durationSeconds),
      flags: flags.length === 0 ? '[]' : JSON.stringify(flags),
      integrity_rules: response.paradata.integrityRules ?? null,
      is_counted: isCounted(flags) ? 1 : 0,
      answers: JSON.stringify(response.answers),
      content_hash: contentHash,
    },
  };
}

/** Where and when people are received is known here, and so is the true hour. A visitor's own telephone may answer at any. */
function hoursFlags({ entry, openingHours }: Understood, moment: LocalMoment): readonly string[] {
  const isAtDesk = entry.response.channel === 'tablet';
  return isAtDesk && isOutsideHours(openingHours, moment) ? [CLOSED_HOURS] : [];
}

const RESPONSE_COLUMNS = [
  'organisation_id',
  'response_id',
  'enrolment_id',
  'sequence',
  'point_id',
  'service_id',
  'survey_version_id',
  'channel',
  'language',
  'local_date',
  'half_day',
  'received_on',
  'disposition',
  'duration_seconds',
  'flags',
  'integrity_rules',
  'is_counted',
  'answers',
  'content_hash',
] as const;

/** Inserts what is not there yet; returns the keys of the rows really inserted. */
export async function insertResponses(
  trx: Transaction<Tables>,
  candidates: readonly Candidate[],
): Promise<ReadonlySet<string>> {
  const inserted = await insertRows<'responses', { organisation_id: string; response_id: string }>(
    trx,
    'responses',
    RESPONSE_COLUMNS,
    candidates.map(({ row }) => row),
    'on conflict (organisation_id, response_id) do nothing returning organisation_id, response_id',
  );
  return new Set(
    inserted.map(({ organisation_id, response_id }) => responseKey(organisation_id, response_id)),
  );
}

/** Keeps the words of responses just inserted, exactly as typed. */
export async function insertVerbatims(
  trx: Transaction<Tables>,
  candidates: readonly Candidate[],
): Promise<void> {
  const texts: NewText[] = [];
  for (const { row, text } of candidates) {
    if (text === null || text.trim() === '') continue;
    texts.push({
      organisation_id: row.organisation_id,
      response_id: row.response_id,
      service_id: row.service_id,
      local_date: row.local_date,
      half_day: row.half_day,
      language: row.language,
      text,
    });
  }
  await keepTexts(trx, texts);
}

/** Which of these responses were erased here; by key. */
export async function erasedAmong(
  trx: Transaction<Tables>,
  ids: readonly WantedId[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ organisation_id: string; response_id: string }>`
    select tombstones.organisation_id, tombstones.response_id
    from ${wantedIds(trx, ids)}
    join tombstones
      on tombstones.organisation_id = wanted.organisation_id
      and tombstones.response_id = wanted.id`.execute(trx);
  return new Set(rows.map(({ organisation_id, response_id }) => responseKey(organisation_id, response_id)));
}

/** What is stored under these ids; by key. */
export async function storedHashes(
  trx: Transaction<Tables>,
  ids: readonly WantedId[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ organisation_id: string; response_id: string; content_hash: Uint8Array }>`
    select responses.organisation_id, responses.response_id, responses.content_hash
    from ${wantedIds(trx, ids)}
    join responses
      on responses.organisation_id = wanted.organisation_id
      and responses.response_id = wanted.id`.execute(trx);
  return new Map(
    rows.map(({ organisation_id, response_id, content_hash }) => [
      responseKey(organisation_id, response_id),
      content_hash,
    ]),
  );
}
