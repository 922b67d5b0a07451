-- The key a tablet makes its codes for telephones with. `clock_offset_ms` is how far the tablet's clock was behind when the key was made:
-- it holds for the key's whole life, so that each of its codes is good for one stretch of time and never again. A tablet whose clock is
-- found to have moved gets another key.
create table presence_keys (
  organisation_id text collate "C" not null,
  enrolment_id text collate "C" not null,
  reference text collate "C" not null,
  key bytea not null,
  clock_offset_ms bigint not null,
  constraint presence_keys__primary primary key (organisation_id, enrolment_id),
  constraint presence_keys__enrolment foreign key (organisation_id, enrolment_id)
    references enrolments (organisation_id, enrolment_id),
  constraint presence_keys__key check (octet_length(key) = 32)
);

-- A code names its key and nothing else.
create index presence_keys__reference on presence_keys (reference);

-- Codes that have been used, each kept for as long as it would be taken. Without rowid: their order is that of chance, not of time.
create table presence_claims (
  organisation_id text collate "C" not null,
  reference text collate "C" not null,
  slot bigint not null,
  chance text collate "C" not null,
  forget_after text collate "C" not null,
  constraint presence_claims__primary primary key (organisation_id, reference, slot, chance)
);

-- Visits begun on a telephone. What names the answer is forgotten with the row, an hour and a half at most after the code was opened.
create table visit_grants (
  organisation_id text collate "C" not null,
  grant_hash text collate "C" not null,
  enrolment_id text collate "C" not null,
  expires_at text collate "C" not null,
  forget_after text collate "C" not null,
  response_id text collate "C",
  revision bigint not null default 0,
  constraint visit_grants__primary primary key (organisation_id, grant_hash),
  constraint visit_grants__enrolment foreign key (organisation_id, enrolment_id)
    references enrolments (organisation_id, enrolment_id)
);
