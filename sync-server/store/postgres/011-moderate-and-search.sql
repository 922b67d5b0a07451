-- What becomes of a text: to be moderated until it is released or hidden; `version` counts the decisions, so that two people who decide at
-- once do not undo each other.
alter table verbatims add column version bigint not null default 1;
alter table verbatims add column released_at text collate "C"
  constraint verbatims__released check (released_at is null or hidden_at is null);
alter table verbatims add column released_by text collate "C";
-- One of protocol/verbatims.ts HIDE_CATEGORIES; hidden_reason says it in free words, and may be empty.
alter table verbatims add column hidden_category text collate "C";
update verbatims set hidden_category = 'other' where hidden_at is not null;
-- JSON: list of domain/masking.ts Mask, or null when nothing is masked. The text itself is never changed.
alter table verbatims add column masks text collate "C";
alter table verbatims add column masked_at text collate "C";
alter table verbatims add column masked_by text collate "C";

-- Where a text stands in time: its half-day in front, chance behind. 0 until it has been looked through.
alter table verbatims add column place bigint not null default 0;
-- Its words as domain/search-terms.ts reads them, the masked ones left out.
alter table verbatims add column search_terms text collate "C" not null default '';
alter table verbatims drop column folded_text;

drop index verbatims__organisation_id__local_date;
create index verbatims__organisation_id__place on verbatims (organisation_id, place);
create index verbatims__to_moderate on verbatims (organisation_id, place) where released_at is null and hidden_at is null;

-- The index of words, read off the text's own row: it is kept by whatever keeps the row.
create index verbatims__search on verbatims using gin (to_tsvector('pg_catalog.simple', search_terms));

-- What texts are about, and the words that tell it: one list for each organisation.
create table theme_lists (
  organisation_id text collate "C" not null,
  version bigint not null,
  -- JSON: list of domain/themes.ts Theme.
  themes text collate "C" not null,
  changed_at text collate "C" not null,
  changed_by text collate "C" not null,
  constraint theme_lists__primary primary key (organisation_id),
  constraint theme_lists__organisation foreign key (organisation_id) references organisations (organisation_id),
  constraint theme_lists__themes check (themes::json is not null)
);

-- Which version of the list a text's themes were read with; 0 before the first.
alter table verbatims add column themes_version bigint not null default 0;
create index verbatims__themes_version on verbatims (organisation_id, themes_version);

create table verbatim_themes (
  organisation_id text collate "C" not null,
  response_id text collate "C" not null,
  theme_id text collate "C" not null,
  -- 'hand': somebody has decided, and no list of words changes it; 'words': a word of the list is in the text.
  source text collate "C" not null,
  -- 0 where somebody has decided that the text is not about it.
  is_set bigint not null,
  word text collate "C",
  decided_by text collate "C",
  decided_at text collate "C",
  constraint verbatim_themes__primary primary key (organisation_id, response_id, theme_id),
  constraint verbatim_themes__verbatim foreign key (organisation_id, response_id)
    references verbatims (organisation_id, response_id) on delete cascade,
  constraint verbatim_themes__source check (source in ('hand', 'words')),
  constraint verbatim_themes__is_set check (is_set in (0, 1)),
  constraint verbatim_themes__reason check ((source = 'words') = (word is not null)),
  constraint verbatim_themes__author check ((source = 'hand') = (decided_by is not null))
);

create index verbatim_themes__theme on verbatim_themes (organisation_id, theme_id, response_id);
