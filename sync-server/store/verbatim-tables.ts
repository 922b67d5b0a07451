/** The tables of what visitors wrote, as Kysely sees them. Column names and rules are explained in `sqlite/*.sql`. */
export interface VerbatimTables {
  verbatims: {
    organisation_id: string;
    response_id: string;
    service_id: string;
    local_date: string;
    half_day: 'am' | 'pm';
    language: string;
    text: string;
    read_at: string | null;
    read_by: string | null;
    hidden_at: string | null;
    hidden_by: string | null;
    hidden_reason: string | null;
    version: number;
    released_at: string | null;
    released_by: string | null;
    hidden_category: string | null;
    /** JSON: list of domain/masking.ts Mask; null when nothing is masked. */
    masks: string | null;
    masked_at: string | null;
    masked_by: string | null;
    /** 0 until it has been looked through. */
    place: number;
    search_terms: string;
    /** Of the list its themes were read with; 0 before the first. */
    themes_version: number;
  };
  theme_lists: {
    organisation_id: string;
    version: number;
    /** JSON: list of domain/themes.ts Theme. */
    themes: string;
    changed_at: string;
    changed_by: string;
  };
  verbatim_themes: {
    organisation_id: string;
    response_id: string;
    theme_id: string;
    source: 'hand' | 'words';
    /** 0 where somebody has decided that the text is not about it. */
    is_set: number;
    /** Of the list, as it is written there. */
    word: string | null;
    decided_by: string | null;
    decided_at: string | null;
  };
}
