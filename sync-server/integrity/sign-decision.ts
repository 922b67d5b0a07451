import { randomUUID } from 'node:crypto';
import { localMoment } from '../../domain/local-time.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { DecisionMaking } from '../../protocol/integrity.ts';
import { type Clock, instantOf } from '../clock.ts';
import { insertRows } from '../store/insert-rows.ts';
import type { Store } from '../store/store.ts';
import { together } from '../store/together.ts';
import { countAgain } from './count-again.ts';
import { type DayAnswer, type DayKey, readAnswers } from './read-answers.ts';

type Deps = { readonly store: Store; readonly clock: Clock };

export type SigningFailure =
  /** An answer is no longer there, or no longer stands where whoever decides saw it; the decision that holds for it, if one does. */
  { readonly kind: 'conflict'; readonly decisionId: string | null } | { readonly kind: 'several-points' };

/**
 * Sets answers of a day aside, or lets flagged ones in, in one transaction with the tallies. It is signed about the very answers that were shown:
 * what arrives later is judged by the rules again. Where one of them has changed meanwhile nothing is decided.
 */
export async function signDecision(
  { store, clock }: Deps,
  day: DayKey,
  { kind, references, reason }: DecisionMaking,
  by: string,
): Promise<Result<{ readonly decisionId: string }, SigningFailure>> {
  return together(store.db, async (trx) => {
    const answers = new Map(
      (await readAnswers(trx, store, day)).map((answer) => [answer.reference, answer] as const),
    );
    const chosen = references.flatMap((reference) => answers.get(reference) ?? []);
    const moved = chosen.find(
      ({ isSetAside, decisionId }) => decisionId !== null || isSetAside !== (kind === 'include'),
    );
    if (moved !== undefined || chosen.length < references.length)
      return err({ kind: 'conflict' as const, decisionId: moved?.decisionId ?? null });
    const pointId = onlyOne(chosen.map((answer) => answer.pointId));
    if (pointId === null) return err({ kind: 'several-points' as const });
    const decisionId = randomUUID();
    const { time_zone: timeZone } = await trx
      .selectFrom('organisations')
      .select('time_zone')
      .where('organisation_id', '=', day.organisationId)
      .executeTakeFirstOrThrow();
    const { organisationId } = day;
    await countAgain(trx, { organisationId, responseIds: chosen.map(idOf) }, async () => {
      await trx
        .insertInto('integrity_decisions')
        .values({
          organisation_id: organisationId,
          decision_id: decisionId,
          service_id: day.serviceId,
          point_id: pointId,
          local_date: day.date,
          half_day: onlyOne(chosen.map(({ halfDay }) => halfDay)),
          decided: kind === 'include' ? 'clear' : 'flagged',
          responses: chosen.length,
          reason,
          signed_at: instantOf(clock.now()),
          signed_on: localMoment(clock.now(), timeZone).date,
          signed_by: by,
        })
        .execute();
      await insertRows(
        trx,
        'decided_responses',
        ['organisation_id', 'response_id', 'decision_id', 'in_force'],
        chosen.map((answer) => ({
          organisation_id: organisationId,
          response_id: answer.responseId,
          decision_id: decisionId,
          in_force: 1,
        })),
        '',
      );
    });
    return ok({ decisionId });
  });
}

export type WithdrawalFailure =
  | { readonly kind: 'not-found' }
  /** Somebody has taken it back already. */
  | { readonly kind: 'conflict' };

/** Takes a decision back: its answers stand where the rules put them. What was signed stays to be read, with who took it back and why. */
export async function takeDecisionBack(
  { store, clock }: Deps,
  key: { readonly organisationId: string; readonly serviceId: string; readonly decisionId: string },
  { reason, by }: { readonly reason: string; readonly by: string },
): Promise<Result<{ readonly responses: number }, WithdrawalFailure>> {
  const { organisationId, decisionId } = key;
  return together(store.db, async (trx) => {
    const decision = await trx
      .selectFrom('integrity_decisions')
      .innerJoin('organisations', 'organisations.organisation_id', 'integrity_decisions.organisation_id')
      .select(['taken_back_at', 'time_zone'])
      .where('integrity_decisions.organisation_id', '=', organisationId)
      .where('service_id', '=', key.serviceId)
      .where('decision_id', '=', decisionId)
      .executeTakeFirst();
    if (decision === undefined) return err({ kind: 'not-found' as const });
    if (decision.taken_back_at !== null) return err({ kind: 'conflict' as const });
    const rows = await trx
      .selectFrom('decided_responses')
      .select('response_id')
      .where('organisation_id', '=', organisationId)
      .where('decision_id', '=', decisionId)
      .execute();
    const responseIds = rows.map((row) => row.response_id);
    await countAgain(trx, { organisationId, responseIds }, async () => {
      await trx
        .updateTable('integrity_decisions')
        .set({
          taken_back_at: instantOf(clock.now()),
          taken_back_on: localMoment(clock.now(), decision.time_zone).date,
          taken_back_by: by,
          taken_back_reason: reason,
        })
        .where('organisation_id', '=', organisationId)
        .where('decision_id', '=', decisionId)
        .execute();
      await trx
        .updateTable('decided_responses')
        .set({ in_force: 0 })
        .where('organisation_id', '=', organisationId)
        .where('decision_id', '=', decisionId)
        .execute();
    });
    return ok({ responses: responseIds.length });
  });
}

function idOf({ responseId }: DayAnswer): string {
  return responseId;
}

/** The value they all have; null where they differ. */
function onlyOne<Value>(values: readonly Value[]): Value | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}
