import type { Kysely } from 'kysely';
import type { DatedDecision } from '../ingest/tallies.ts';
import type { Tables } from '../store/tables.ts';

interface ResponseRow {
  readonly organisation_id: string;
  readonly response_id: string;
}

/**
 * What was decided about single responses, oldest first, taken back or not.
 *
 * @param only those of one organisation; of all that there are without it: few answers are ever decided about
 */
export async function decisionsOn(
  db: Kysely<Tables>,
  only?: { readonly organisationId: string; readonly responseIds: readonly string[] },
): Promise<(row: ResponseRow) => readonly DatedDecision[]> {
  let query = db
    .selectFrom('decided_responses as one')
    .innerJoin('integrity_decisions as decision', (join) =>
      join
        .onRef('decision.organisation_id', '=', 'one.organisation_id')
        .onRef('decision.decision_id', '=', 'one.decision_id'),
    )
    .select([
      'one.organisation_id',
      'one.response_id',
      'decision.decided',
      'decision.signed_on',
      'decision.taken_back_on',
    ])
    .orderBy('decision.signed_at')
    .orderBy('decision.decision_id');
  if (only !== undefined)
    query = query
      .where('one.organisation_id', '=', only.organisationId)
      .where('one.response_id', 'in', [...only.responseIds]);
  const found = new Map<string, DatedDecision[]>();
  for (const row of await query.execute()) {
    const decision = {
      decided: row.decided,
      signedOn: row.signed_on,
      takenBackOn: row.taken_back_on,
    };
    const key = keyOf(row);
    const known = found.get(key);
    if (known === undefined) found.set(key, [decision]);
    else known.push(decision);
  }
  return (row) => found.get(keyOf(row)) ?? NONE;
}

const NONE: readonly DatedDecision[] = [];

function keyOf({ organisation_id, response_id }: ResponseRow): string {
  return `${organisation_id}/${response_id}`;
}
