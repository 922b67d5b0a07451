import Database from 'better-sqlite3';

/*
 * The independent half of `npm run verify-figures`: it counts raw responses and works figures out of them in its own way. It shares no line with what makes
 * the screens: no tally, no measure, no scale, no interval of theirs. What it knows of the rules is written here again.
 */

/** Which answers stand in the figures where nobody decided otherwise: flagged with none of these, and not given in test mode. */
const SET_ASIDE = ['burst', 'speeding', 'straight-lining', 'alternation', 'closed-hours'];
const SCORES: Readonly<Record<string, number>> = {
  'very-satisfied': 100,
  'fairly-satisfied': 200 / 3,
  'fairly-dissatisfied': 100 / 3,
  'very-dissatisfied': 0,
};
const SATISFIED = ['very-satisfied', 'fairly-satisfied'];
/** The 97.5th percentile of the normal law. */
const Z = 1.959963984540054;

/** A response as far as figures go. */
export interface RawResponse {
  readonly organisationId: string;
  readonly serviceId: string;
  readonly day: string;
  readonly halfDay: string;
  readonly channel: string;
  readonly isCounted: boolean;
  readonly isSetAside: boolean;
  /** Item → code; an item asked on two scales is two items, by version. */
  readonly ratings: ReadonlyMap<string, string>;
}

/** What a list of given codes comes to. */
export interface Counted {
  readonly base: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly share: number;
  readonly net: number;
  readonly mean: number;
  readonly index: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: 'reached' | 'not-reached' | 'not-yet-demonstrated';
}

/** Reads every response of a SQLite database, and what scale each version asks each item on. */
export function readRaw(file: string): {
  readonly responses: readonly RawResponse[];
  readonly unread: (serviceId: string, from: string, to: string) => number;
} {
  const database = new Database(file, { readonly: true });
  const scales = new Map<string, string>();
  for (const { content } of database
    .prepare<[], { content: string }>('select content from survey_versions')
    .all()) {
    const version = JSON.parse(content) as {
      surveyVersionId: string;
      items: { itemId: string; scaleId?: string }[];
    };
    for (const { itemId, scaleId } of version.items)
      scales.set(`${version.surveyVersionId} ${itemId}`, scaleId ?? '');
  }
  const decided = new Map(
    database
      .prepare<[], { response_id: string; decided: string }>(
        `select response_id, decided from decided_responses
        join integrity_decisions using (organisation_id, decision_id) where taken_back_at is null`,
      )
      .all()
      .map((row) => [row.response_id, row.decided]),
  );
  const rows = database
    .prepare<
      [],
      {
        organisation_id: string;
        response_id: string;
        service_id: string;
        local_date: string;
        half_day: string;
        channel: string;
        is_counted: number;
        flags: string;
        answers: string;
        survey_version_id: string;
      }
    >('select * from responses')
    .all();
  const responses = rows.map((row): RawResponse => {
    const given = JSON.parse(row.answers) as { itemId: string; kind: string; code?: string }[];
    return {
      organisationId: row.organisation_id,
      serviceId: row.service_id,
      day: row.local_date,
      halfDay: row.half_day,
      channel: row.channel,
      isCounted: row.is_counted === 1,
      isSetAside: (decided.get(row.response_id) ?? flaggedByRules(row.flags)) === 'flagged',
      ratings: new Map(
        given
          .filter(({ kind }) => kind === 'rating')
          .map(({ itemId, code = '' }) => [
            `${itemId}.${scales.get(`${row.survey_version_id} ${itemId}`) ?? ''}`,
            code,
          ]),
      ),
    };
  });
  const texts = database
    .prepare<[], { service_id: string; local_date: string }>(
      'select service_id, local_date from verbatims where read_at is null and hidden_at is null',
    )
    .all();
  database.close();
  return {
    responses,
    unread: (serviceId, from, to) =>
      texts.filter(
        (text) => text.service_id === serviceId && text.local_date >= from && text.local_date <= to,
      ).length,
  };
}

function flaggedByRules(flags: string): string {
  return (JSON.parse(flags) as string[]).some((flag) => SET_ASIDE.includes(flag)) ? 'flagged' : 'clear';
}

/** Works the figures of one item out of what was given, answer by answer. */
export function countItem(responses: readonly RawResponse[], item: string, target: number): Counted {
  const counts: Record<string, number> = { 'not-applicable': 0 };
  for (const code of Object.keys(SCORES)) counts[code] = 0;
  let base = 0;
  let satisfied = 0;
  let score = 0;
  for (const { ratings } of responses) {
    const code = ratings.get(item);
    if (code === undefined) continue;
    counts[code] = (counts[code] ?? 0) + 1;
    const worth = SCORES[code];
    if (worth === undefined) continue;
    base += 1;
    score += worth;
    if (SATISFIED.includes(code)) satisfied += 1;
  }
  const share = satisfied / base;
  // Wilson's interval as the two roots of (p − share)² = z² p (1 − p) ÷ n, solved as a quadratic.
  const [a, b, c] = [1 + Z ** 2 / base, -(2 * share + Z ** 2 / base), share ** 2];
  const spread = Math.sqrt(Math.max(0, b ** 2 - 4 * a * c));
  const low = satisfied === 0 ? 0 : (-b - spread) / (2 * a);
  const high = satisfied === base ? 1 : (-b + spread) / (2 * a);
  return {
    base,
    counts,
    share,
    net: (2 * satisfied - base) / base,
    mean: score / base / 10,
    index: score / base,
    low,
    high,
    verdict: low >= target ? 'reached' : high < target ? 'not-reached' : 'not-yet-demonstrated',
  };
}
