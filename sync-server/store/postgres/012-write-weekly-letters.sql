-- Timed work that must be done once: written down before it is begun, so that nothing is done twice by a server that was killed in between.
create table job_runs (
  organisation_id text collate "C" not null,
  job text collate "C" not null,
  -- What it was due for, e.g. the week of a letter.
  due text collate "C" not null,
  -- Whom or what it was for.
  subject text collate "C" not null,
  state text collate "C" not null,
  attempts bigint not null,
  tried_at text collate "C" not null,
  fault text collate "C",
  constraint job_runs__primary primary key (organisation_id, job, due, subject),
  constraint job_runs__state check (state in ('begun', 'done', 'failed', 'given-up'))
);

-- Who does not want the letter of Monday. Whoever has no row wants it.
create table letter_preferences (
  organisation_id text collate "C" not null,
  person_id text collate "C" not null,
  wants_weekly bigint not null,
  constraint letter_preferences__primary primary key (organisation_id, person_id),
  constraint letter_preferences__person foreign key (organisation_id, person_id)
    references people (organisation_id, person_id),
  constraint letter_preferences__wants_weekly check (wants_weekly in (0, 1))
);
