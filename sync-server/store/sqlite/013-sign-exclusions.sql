-- What somebody decided about answers of one point and day: to set them aside, or to let flagged ones in. It is signed, and what was signed is
-- never changed: it can be taken back, which is signed too.
create table integrity_decisions (
  organisation_id text not null,
  decision_id text not null,
  service_id text not null,
  point_id text not null,
  local_date text not null,
  half_day text,
  decided text not null,
  responses integer not null,
  reason text not null,
  signed_at text not null,
  signed_on text not null,
  signed_by text not null,
  taken_back_at text,
  taken_back_on text,
  taken_back_by text,
  taken_back_reason text,
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
) strict;
create index integrity_decisions__service_day on integrity_decisions (organisation_id, service_id, local_date);

-- Of which answers. A decision that was taken back keeps them, so that what it did to a closed week can be recounted.
create table decided_responses (
  organisation_id text not null,
  response_id text not null,
  decision_id text not null,
  in_force integer not null,
  constraint decided_responses__primary primary key (organisation_id, response_id, decision_id),
  constraint decided_responses__response foreign key (organisation_id, response_id)
    references responses (organisation_id, response_id),
  constraint decided_responses__decision foreign key (organisation_id, decision_id)
    references integrity_decisions (organisation_id, decision_id),
  constraint decided_responses__in_force_values check (in_force in (0, 1))
) strict, without rowid;
create unique index decided_responses__in_force on decided_responses (organisation_id, response_id) where in_force = 1;
create index decided_responses__of_decision on decided_responses (organisation_id, decision_id);

-- The answers of a day, from which somebody chooses.
create index responses__service_day on responses (organisation_id, service_id, local_date);

create trigger integrity_decisions__signed before update of
  organisation_id, decision_id, service_id, point_id, local_date, half_day, decided, responses, reason, signed_at, signed_on, signed_by
on integrity_decisions begin
  select raise(abort, 'what was signed is not changed');
end;
create trigger integrity_decisions__taken_back_once before update on integrity_decisions when old.taken_back_at is not null begin
  select raise(abort, 'what was signed is not changed');
end;
create trigger integrity_decisions__no_replace before insert on integrity_decisions
when exists (
  select 1 from integrity_decisions where organisation_id = new.organisation_id and decision_id = new.decision_id
) begin
  select raise(abort, 'what was signed is not changed');
end;

-- A decision about a closed week changes it on its day, as late answers do on theirs.
create table late_tallies_decided (
  organisation_id text not null,
  service_id text not null,
  item_id text not null,
  scale_id text not null,
  week_starts_on text not null,
  received_on text not null,
  integrity text not null,
  code text not null,
  count integer not null,
  constraint late_tallies__primary
    primary key (organisation_id, service_id, item_id, week_starts_on, received_on, scale_id, integrity, code),
  constraint late_tallies__integrity check (integrity in ('clear', 'flagged', 'included', 'excluded')),
  constraint late_tallies__count check (count >= 0)
) strict, without rowid;

insert into late_tallies_decided
  (organisation_id, service_id, item_id, scale_id, week_starts_on, received_on, integrity, code, count)
  select organisation_id, service_id, item_id, scale_id, week_starts_on, received_on, integrity, code, count from late_tallies;
drop table late_tallies;
alter table late_tallies_decided rename to late_tallies;
