import type { Kysely } from 'kysely';
import type { Theme } from '../../domain/themes.ts';
import type { Tables } from '../store/tables.ts';
import DEFAULT_THEMES from './default-themes.json' with { type: 'json' };

/** An organisation's list as it stands. */
export interface StoredThemes {
  readonly version: number;
  readonly themes: readonly Theme[];
  /** Null for the list that Parvis comes with. */
  readonly changed: { readonly at: string; readonly by: string } | null;
}

/** The list of an organisation that nobody has changed yet; its version is the first. */
const FIRST: StoredThemes = { version: 1, themes: DEFAULT_THEMES, changed: null };

/** The lists of these organisations, by organisation. */
export async function readThemeLists(
  db: Kysely<Tables>,
  organisationIds: readonly string[],
): Promise<ReadonlyMap<string, StoredThemes>> {
  const rows =
    organisationIds.length === 0
      ? []
      : await db
          .selectFrom('theme_lists')
          .selectAll()
          .where('organisation_id', 'in', [...organisationIds])
          .execute();
  const stored = new Map(
    rows.map((row): [string, StoredThemes] => [
      row.organisation_id,
      {
        version: row.version,
        themes: JSON.parse(row.themes) as readonly Theme[],
        changed: { at: row.changed_at, by: row.changed_by },
      },
    ]),
  );
  return new Map(organisationIds.map((id) => [id, stored.get(id) ?? FIRST]));
}

export async function readThemeList(db: Kysely<Tables>, organisationId: string): Promise<StoredThemes> {
  return (await readThemeLists(db, [organisationId])).get(organisationId) ?? FIRST;
}
