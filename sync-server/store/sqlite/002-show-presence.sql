-- The key a tablet makes its codes for telephones with. `clock_offset_ms` is how far the tablet's clock was behind when the key was made:
-- it holds for the key's whole life, so that each of its codes is good for one stretch of time and never again. A tablet whose clock is
-- found to have moved gets another key.
create table presence_keys (
  organisation_id text not null,
  enrolment_id text not null,
  reference text not null,
  key blob not null,
  clock_offset_ms integer not null,
  constraint presence_keys__primary primary key (organisation_id, enrolment_id),
  constraint presence_keys__enrolment foreign key (organisation_id, enrolment_id)
    references enrolments (organisation_id, enrolment_id),
  constraint presence_keys__key check (length(key) = 32)
) strict, without rowid;

-- A code names its key and nothing else.
create index presence_keys__reference on presence_keys (reference);

-- Codes that have been used, each kept for as long as it would be taken. Without rowid: their order is that of chance, not of time.
create table presence_claims (
  organisation_id text not null,
  reference text not null,
  slot integer not null,
  chance text not null,
  forget_after text not null,
  constraint presence_claims__primary primary key (organisation_id, reference, slot, chance)
) strict, without rowid;

-- Visits begun on a telephone. What names the answer is forgotten with the row, an hour and a half at most after the code was opened.
create table visit_grants (
  organisation_id text not null,
  grant_hash text not null,
  enrolment_id text not null,
  expires_at text not null,
  forget_after text not null,
  response_id text,
  revision integer not null default 0,
  constraint visit_grants__primary primary key (organisation_id, grant_hash),
  constraint visit_grants__enrolment foreign key (organisation_id, enrolment_id)
    references enrolments (organisation_id, enrolment_id)
) strict, without rowid;
