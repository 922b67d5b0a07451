-- Answers that are set aside for what their flags say (domain/integrity.ts) are counted apart, so that every figure exists without them
-- and with them. What was counted until now is clear: no tablet flagged anything. Of the set-aside responses the reasons are counted too,
-- under item_id '*' and the reason as code.
alter table tallies
  add column integrity text collate "C" not null default 'clear',
  drop constraint tallies__primary,
  add constraint tallies__primary
    primary key (organisation_id, grain, service_id, item_id, starts_on, scale_id, channel, integrity, code),
  add constraint tallies__integrity check (integrity in ('clear', 'flagged'));
alter table tallies alter column integrity drop default;

alter table late_tallies
  add column integrity text collate "C" not null default 'clear',
  drop constraint late_tallies__primary,
  add constraint late_tallies__primary
    primary key (organisation_id, service_id, item_id, week_starts_on, received_on, scale_id, integrity, code),
  add constraint late_tallies__integrity check (integrity in ('clear', 'flagged'));
alter table late_tallies alter column integrity drop default;

-- By which rules the answering was judged; null where nobody judged it.
alter table responses add column integrity_rules bigint;
