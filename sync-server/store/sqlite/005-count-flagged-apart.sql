-- Answers that are set aside for what their flags say (domain/integrity.ts) are counted apart, so that every figure exists without them
-- and with them. What was counted until now is clear: no tablet flagged anything. Of the set-aside responses the reasons are counted too,
-- under item_id '*' and the reason as code.
create table tallies_apart (
  organisation_id text not null,
  grain text not null,
  service_id text not null,
  item_id text not null,
  scale_id text not null,
  starts_on text not null,
  channel text not null,
  integrity text not null,
  code text not null,
  count integer not null,
  constraint tallies__primary
    primary key (organisation_id, grain, service_id, item_id, starts_on, scale_id, channel, integrity, code),
  constraint tallies__grain check (grain in ('day', 'week')),
  constraint tallies__integrity check (integrity in ('clear', 'flagged')),
  constraint tallies__count check (count >= 0)
) strict, without rowid;

insert into tallies_apart
  (organisation_id, grain, service_id, item_id, scale_id, starts_on, channel, integrity, code, count)
  select organisation_id, grain, service_id, item_id, scale_id, starts_on, channel, 'clear', code, count from tallies;
drop table tallies;
alter table tallies_apart rename to tallies;

create table late_tallies_apart (
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
  constraint late_tallies__integrity check (integrity in ('clear', 'flagged')),
  constraint late_tallies__count check (count >= 0)
) strict, without rowid;

insert into late_tallies_apart
  (organisation_id, service_id, item_id, scale_id, week_starts_on, received_on, integrity, code, count)
  select organisation_id, service_id, item_id, scale_id, week_starts_on, received_on, 'clear', code, count
  from late_tallies;
drop table late_tallies;
alter table late_tallies_apart rename to late_tallies;

-- By which rules the answering was judged; null where nobody judged it.
alter table responses add column integrity_rules integer;
