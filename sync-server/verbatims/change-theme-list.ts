import type { Theme } from '../../domain/themes.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type Clock, instantOf } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { together } from '../store/together.ts';
import { readThemeList, type StoredThemes } from './theme-lists.ts';

/**
 * Puts a list in place of the version it was made from. The texts are held against it afterwards (`applyThemes`); where somebody has
 * changed the list meanwhile, nothing is changed and the list as it is now is told.
 */
export async function changeThemeList(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  organisationId: string,
  {
    version,
    themes,
    by,
  }: { readonly version: number; readonly themes: readonly Theme[]; readonly by: string },
): Promise<Result<void, StoredThemes>> {
  return together(store.db, async (trx) => {
    const current = await readThemeList(trx, organisationId);
    if (current.version !== version) return err(current);
    const row = {
      version: version + 1,
      themes: JSON.stringify(themes),
      changed_at: instantOf(clock.now()),
      changed_by: by,
    };
    await trx
      .insertInto('theme_lists')
      .values({ organisation_id: organisationId, ...row })
      .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(row))
      .execute();
    // What a theme that is no more was given by hand goes with it: nothing could show it.
    const kept = themes.map(({ themeId }) => themeId);
    await trx
      .deleteFrom('verbatim_themes')
      .where('organisation_id', '=', organisationId)
      .$if(kept.length > 0, (query) => query.where('theme_id', 'not in', kept))
      .execute();
    return ok(undefined);
  });
}
