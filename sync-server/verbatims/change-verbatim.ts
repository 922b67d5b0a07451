import type { UpdateObject } from 'kysely';
import { err, ok, type Result } from '../../domain/result.ts';
import type { VerbatimChange } from '../../protocol/verbatims.ts';
import { type Clock, instantOf } from '../clock.ts';
import { holdsService } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

export type ChangeFailure = { readonly kind: 'not-found' | 'conflict' };

type Row = Pick<Tables['verbatims'], 'read_at' | 'hidden_at' | 'hidden_reason'>;

/**
 * Makes one change to one text, with who made it and when. Asking again for what is already so changes nothing, so that two people who
 * read at once do not undo each other: the first to read stays the reader. Hiding what somebody else hid for another reason is a
 * `conflict`: one of the two reasons would be lost.
 */
export async function changeVerbatim(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  key: { readonly organisationId: string; readonly responseId: string },
  { change, by }: { readonly change: VerbatimChange; readonly by: string },
): Promise<Result<{ readonly serviceId: string }, ChangeFailure>> {
  return store.db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('verbatims')
      .select(['service_id', 'read_at', 'hidden_at', 'hidden_reason'])
      .where('organisation_id', '=', key.organisationId)
      .where('response_id', '=', key.responseId)
      .executeTakeFirst();
    if (row === undefined || !holdsService(scope, { ...key, serviceId: row.service_id }))
      return err({ kind: 'not-found' as const });
    const wanted = contentAfter(row, change, { at: instantOf(clock.now()), by });
    if (wanted === 'conflict') return err({ kind: 'conflict' as const });
    if (wanted !== 'nothing')
      await trx
        .updateTable('verbatims')
        .set(wanted)
        .where('organisation_id', '=', key.organisationId)
        .where('response_id', '=', key.responseId)
        .execute();
    return ok({ serviceId: row.service_id });
  });
}

function contentAfter(
  row: Row,
  change: VerbatimChange,
  { at, by }: { readonly at: string; readonly by: string },
): UpdateObject<Tables, 'verbatims'> | 'nothing' | 'conflict' {
  switch (change.change) {
    case 'mark-read':
      return row.read_at === null ? { read_at: at, read_by: by } : 'nothing';
    case 'mark-unread':
      return row.read_at === null ? 'nothing' : { read_at: null, read_by: null };
    case 'hide':
      if (row.hidden_at === null) return { hidden_at: at, hidden_by: by, hidden_reason: change.reason };
      return row.hidden_reason === change.reason ? 'nothing' : 'conflict';
    case 'show':
      return row.hidden_at === null ? 'nothing' : { hidden_at: null, hidden_by: null, hidden_reason: null };
  }
}
