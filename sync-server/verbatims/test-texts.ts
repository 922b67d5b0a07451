import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { createResponseId } from '../../domain/response-id.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import type { Store } from '../store/store.ts';
import { keepTexts } from './keep-texts.ts';

export const VILLE = 'ville-de-libourne';
const SERVICE = 'accueil-general';
const POINT = 'accueil-hotel-de-ville';
const ENROLMENT = '00000000-0000-4000-8000-0000000000e1';

/** A text as ingest would keep it; what is left out is a French one of 2026-11-18. */
export interface TestText {
  readonly text: string;
  readonly day?: LocalDate;
  readonly language?: string;
}

/** Keeps texts with their responses in a store of Libourne, past the push; returns the ids of the responses, in order. */
export async function keepTestTexts(
  { db }: Pick<Store, 'db'>,
  texts: readonly TestText[],
): Promise<readonly string[]> {
  return db.transaction().execute(async (trx) => {
    await sql`insert into enrolments (organisation_id, enrolment_id, point_id, token_hash, enrolled_at)
      values (${VILLE}, ${ENROLMENT}, ${POINT}, 'none', '2026-01-01T00:00:00.000Z') on conflict do nothing`.execute(
      trx,
    );
    const { max } = await trx
      .selectFrom('responses')
      .select((is) => is.fn.max('sequence').as('max'))
      .where('enrolment_id', '=', ENROLMENT)
      .executeTakeFirstOrThrow();
    const { survey_version_id } = await trx
      .selectFrom('survey_versions')
      .select('survey_version_id')
      .where('organisation_id', '=', VILLE)
      .executeTakeFirstOrThrow();
    const rows = texts.map(({ text, day = '2026-11-18', language = 'fr' }, index) => ({
      organisation_id: VILLE,
      // The same in every store, so that lists can be held against each other.
      response_id: createResponseId(Date.parse(`${day}T10:00:00Z`), chanceOf(`${index} ${text}`)) as string,
      enrolment_id: ENROLMENT,
      sequence: (max ?? 0) + index + 1,
      point_id: POINT,
      service_id: SERVICE,
      survey_version_id,
      channel: 'tablet',
      language,
      local_date: day,
      half_day: 'am' as const,
      received_on: day,
      disposition: 'complete' as const,
      duration_seconds: 9,
      flags: '[]',
      is_counted: 0,
      integrity_rules: null,
      answers: '[]',
      content_hash: randomBytes(32),
      text,
    }));
    for (const { text: _text, ...row } of rows) await trx.insertInto('responses').values(row).execute();
    await keepTexts(
      trx,
      rows.map(({ organisation_id, response_id, service_id, local_date, half_day, language, text }) => ({
        organisation_id,
        response_id,
        service_id,
        local_date,
        half_day,
        language,
        text,
      })),
    );
    return rows.map(({ response_id }) => response_id);
  });
}

function chanceOf(seed: string): Uint8Array {
  return createHash('sha256').update(seed).digest().subarray(0, 12);
}
