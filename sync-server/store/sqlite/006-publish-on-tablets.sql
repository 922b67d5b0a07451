-- What a service's tablets show on their first screen: one result, and what became of what visitors said.
create table published_results (
  organisation_id text not null,
  service_id text not null,
  share_satisfied real not null,
  base integer not null,
  -- JSON: wording by language, French among them.
  period_label text not null,
  published_on text not null,
  published_by text not null,
  constraint published_results__primary primary key (organisation_id, service_id),
  constraint published_results__service foreign key (organisation_id, service_id)
    references services (organisation_id, service_id),
  constraint published_results__share_satisfied check (share_satisfied between 0 and 1),
  constraint published_results__base check (base >= 1),
  constraint published_results__period_label check (json_extract(period_label, '$.fr') is not null)
) strict;

create table improvements (
  organisation_id text not null,
  improvement_id text not null,
  service_id text not null,
  said text not null,
  done text not null,
  -- A day of the organisation's own calendar.
  shown_from text not null,
  created_at text not null,
  created_by text not null,
  constraint improvements__primary primary key (organisation_id, improvement_id),
  constraint improvements__service foreign key (organisation_id, service_id)
    references services (organisation_id, service_id),
  constraint improvements__said check (length(said) between 1 and 140),
  constraint improvements__done check (length(done) between 1 and 140)
) strict;

create index improvements__service_shown_from on improvements (organisation_id, service_id, shown_from);
