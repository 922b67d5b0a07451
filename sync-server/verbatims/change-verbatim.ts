import type { UpdateObject } from 'kysely';
import { tidyMasks, unmaskedWords } from '../../domain/masking.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { searchTextOf } from '../../domain/search-terms.ts';
import type { ModerationConflict, VerbatimChange } from '../../protocol/verbatims.ts';
import { type Clock, instantOf } from '../clock.ts';
import { holdsService } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { together } from '../store/together.ts';
import { masksColumn, masksOf } from './masks.ts';
import { moderationOf } from './moderation.ts';
import { setTheme } from './set-theme.ts';
import { readThemeList } from './theme-lists.ts';

export type ChangeFailure =
  | { readonly kind: 'not-found' }
  /** Somebody has decided something else meanwhile. */
  | { readonly kind: 'conflict'; readonly current: ModerationConflict };

type Row = Tables['verbatims'];
type Columns = UpdateObject<Tables, 'verbatims'>;
type Decision = Extract<VerbatimChange, { readonly version: number }>;

/**
 * Makes one change to one text, with who made it and when. Asking for what is already so changes nothing, so that two people who read at
 * once do not undo each other: the first to read stays the reader. A decision is made on a version of the text's moderation: where
 * somebody has decided otherwise since, nothing is changed and the `conflict` tells what they decided.
 */
export async function changeVerbatim(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  key: { readonly organisationId: string; readonly responseId: string },
  { change, by }: { readonly change: VerbatimChange; readonly by: string },
): Promise<Result<{ readonly serviceId: string }, ChangeFailure>> {
  return together(store.db, async (trx) => {
    const row = await trx
      .selectFrom('verbatims')
      .selectAll()
      .where('organisation_id', '=', key.organisationId)
      .where('response_id', '=', key.responseId)
      .executeTakeFirst();
    if (row === undefined || !holdsService(scope, { ...key, serviceId: row.service_id }))
      return err({ kind: 'not-found' as const });
    const at = instantOf(clock.now());
    if (change.change === 'set-theme') {
      const { themes } = await readThemeList(trx, key.organisationId);
      if (!themes.some(({ themeId }) => themeId === change.themeId))
        return err({ kind: 'not-found' as const });
      await setTheme(trx, key, { ...change, by, at });
      return ok({ serviceId: row.service_id });
    }
    const wanted = columnsAfter(row, change, { at, by });
    if (wanted === 'conflict')
      return err({
        kind: 'conflict' as const,
        current: { ...moderationOf(row), masks: [...masksOf(row.masks)] },
      });
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

interface Signature {
  readonly at: string;
  readonly by: string;
}

function columnsAfter(
  row: Row,
  change: Exclude<VerbatimChange, { readonly change: 'set-theme' }>,
  { at, by }: Signature,
): Columns | 'nothing' | 'conflict' {
  switch (change.change) {
    case 'mark-read':
      return row.read_at === null ? { read_at: at, read_by: by } : 'nothing';
    case 'mark-unread':
      return row.read_at === null ? 'nothing' : { read_at: null, read_by: null };
    default: {
      const decided = decidedColumns(row, change, { at, by });
      if (decided === 'nothing') return 'nothing';
      return change.version === row.version ? { ...decided, version: row.version + 1 } : 'conflict';
    }
  }
}

const NOT_HIDDEN = { hidden_at: null, hidden_by: null, hidden_category: null, hidden_reason: null };
const NOT_RELEASED = { released_at: null, released_by: null };

function decidedColumns(row: Row, change: Decision, { at, by }: Signature): Columns | 'nothing' {
  switch (change.change) {
    case 'release':
      if (row.released_at !== null) return 'nothing';
      return { ...NOT_HIDDEN, released_at: at, released_by: by };
    case 'hide':
      if (
        row.hidden_at !== null &&
        row.hidden_category === change.category &&
        row.hidden_reason === change.reason
      )
        return 'nothing';
      return {
        ...NOT_RELEASED,
        hidden_at: at,
        hidden_by: by,
        hidden_category: change.category,
        hidden_reason: change.reason,
      };
    case 'reopen':
      return row.released_at === null && row.hidden_at === null
        ? 'nothing'
        : { ...NOT_HIDDEN, ...NOT_RELEASED };
    case 'mask': {
      const masks = tidyMasks(row.text, change.masks);
      const column = masksColumn(masks);
      if (column === row.masks) return 'nothing';
      return {
        masks: column,
        masked_at: at,
        masked_by: by,
        // What is masked can no longer be searched for, and what it was about is told from the rest.
        search_terms: searchTextOf(unmaskedWords(row.text, masks)),
        themes_version: 0,
      };
    }
  }
}
