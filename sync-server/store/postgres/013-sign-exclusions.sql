-- What somebody decided about answers of one point and day: to set them aside, or to let flagged ones in. It is signed, and what was signed is
-- never changed: it can be taken back, which is signed too.
create table integrity_decisions (
  organisation_id text collate "C" not null,
  decision_id text collate "C" not null,
  service_id text collate "C" not null,
  point_id text collate "C" not null,
  local_date text collate "C" not null,
  half_day text collate "C",
  decided text collate "C" not null,
  responses bigint not null,
  reason text collate "C" not null,
  signed_at text collate "C" not null,
  signed_on text collate "C" not null,
  signed_by text collate "C" not null,
  taken_back_at text collate "C",
  taken_back_on text collate "C",
  taken_back_by text collate "C",
  taken_back_reason text collate "C",
  constraint integrity_decisions__primary primary key (organisation_id, decision_id),
  constraint integrity_decisions__service foreign key (organisation_id, service_id)
    references services (organisation_id, service_id),
  constraint integrity_decisions__half_day check (half_day in ('am', 'pm')),
  constraint integrity_decisions__decided check (decided in ('clear', 'flagged')),
  constraint integrity_decisions__responses check (responses > 0),
  constraint integrity_decisions__reason check (length(reason) > 0),
  constraint integrity_decisions__taken_back check (
    (taken_back_at is null) = (taken_back_on is null)
    and (taken_back_at is null) = (taken_back_by is null)
    and (taken_back_at is null) = (taken_back_reason is null)
  )
);
create index integrity_decisions__service_day on integrity_decisions (organisation_id, service_id, local_date);

-- Of which answers. A decision that was taken back keeps them, so that what it did to a closed week can be recounted.
create table decided_responses (
  organisation_id text collate "C" not null,
  response_id text collate "C" not null,
  decision_id text collate "C" not null,
  in_force bigint not null,
  constraint decided_responses__primary primary key (organisation_id, response_id, decision_id),
  constraint decided_responses__response foreign key (organisation_id, response_id)
    references responses (organisation_id, response_id),
  constraint decided_responses__decision foreign key (organisation_id, decision_id)
    references integrity_decisions (organisation_id, decision_id),
  constraint decided_responses__in_force_values check (in_force in (0, 1))
);
create unique index decided_responses__in_force on decided_responses (organisation_id, response_id) where in_force = 1;
create index decided_responses__of_decision on decided_responses (organisation_id, decision_id);

-- The answers of a day, from which somebody chooses.
create index responses__service_day on responses (organisation_id, service_id, local_date);

create or replace function refuse_signed_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was signed is not changed';
end
$$;
create trigger integrity_decisions__signed before update of
  organisation_id, decision_id, service_id, point_id, local_date, half_day, decided, responses, reason, signed_at, signed_on, signed_by
on integrity_decisions for each row execute function refuse_signed_change();
create trigger integrity_decisions__taken_back_once before update on integrity_decisions
  for each row when (old.taken_back_at is not null) execute function refuse_signed_change();

-- A decision about a closed week changes it on its day, as late answers do on theirs.
alter table late_tallies
  drop constraint late_tallies__integrity,
  add constraint late_tallies__integrity check (integrity in ('clear', 'flagged', 'included', 'excluded'));
