-- What a service's tablets show on their first screen: one result, and what became of what visitors said.
create table published_results (
  organisation_id text collate "C" not null,
  service_id text collate "C" not null,
  share_satisfied double precision not null,
  base bigint not null,
  -- JSON: wording by language, French among them.
  period_label text collate "C" not null,
  published_on text collate "C" not null,
  published_by text collate "C" not null,
  constraint published_results__primary primary key (organisation_id, service_id),
  constraint published_results__service foreign key (organisation_id, service_id)
    references services (organisation_id, service_id),
  constraint published_results__share_satisfied check (share_satisfied between 0 and 1),
  constraint published_results__base check (base >= 1),
  constraint published_results__period_label check ((period_label::json ->> 'fr') is not null)
);

create table improvements (
  organisation_id text collate "C" not null,
  improvement_id text collate "C" not null,
  service_id text collate "C" not null,
  said text collate "C" not null,
  done text collate "C" not null,
  -- A day of the organisation's own calendar.
  shown_from text collate "C" not null,
  created_at text collate "C" not null,
  created_by text collate "C" not null,
  constraint improvements__primary primary key (organisation_id, improvement_id),
  constraint improvements__service foreign key (organisation_id, service_id)
    references services (organisation_id, service_id),
  constraint improvements__said check (length(said) between 1 and 140),
  constraint improvements__done check (length(done) between 1 and 140)
);

create index improvements__service_shown_from on improvements (organisation_id, service_id, shown_from);
