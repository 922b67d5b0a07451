-- The global question's answers that stand in the figures, by day and half-day: what the map of the week's half-days is read from. Kept by the
-- transaction that stores the responses, like the other counts.
create table half_day_tallies (
  organisation_id text not null,
  service_id text not null,
  item_id text not null,
  scale_id text not null,
  local_date text not null,
  half_day text not null,
  code text not null,
  count integer not null,
  constraint half_day_tallies__primary
    primary key (organisation_id, service_id, item_id, local_date, half_day, scale_id, code),
  constraint half_day_tallies__half_day check (half_day in ('am', 'pm')),
  constraint half_day_tallies__count check (count >= 0)
) strict, without rowid;

-- What is stored already, by the rules of domain/integrity.ts and what was decided since.
insert into half_day_tallies
  (organisation_id, service_id, item_id, scale_id, local_date, half_day, code, count)
select r.organisation_id, r.service_id, g.item_id, g.scale_id, r.local_date, r.half_day, json_extract(a.value, '$.code'), count(*)
from responses r
join (
  select v.organisation_id, v.survey_version_id, json_extract(i.value, '$.itemId') as item_id, json_extract(i.value, '$.scaleId') as scale_id
  from survey_versions v, json_each(v.content, '$.items') i
  where json_extract(i.value, '$.kind') = 'rating' and json_extract(i.value, '$.isGlobal')
) g on g.organisation_id = r.organisation_id and g.survey_version_id = r.survey_version_id
join json_each(r.answers) a on json_extract(a.value, '$.itemId') = g.item_id and json_extract(a.value, '$.kind') = 'rating'
left join decided_responses o
  on o.organisation_id = r.organisation_id and o.response_id = r.response_id and o.in_force = 1
left join integrity_decisions d on d.organisation_id = o.organisation_id and d.decision_id = o.decision_id
where r.is_counted = 1
  and coalesce(d.decided, case when exists (select 1 from json_each(r.flags) f where f.value in ('burst', 'speeding', 'straight-lining', 'alternation', 'closed-hours')) then 'flagged' else 'clear' end) = 'clear'
group by r.organisation_id, r.service_id, g.item_id, g.scale_id, r.local_date, r.half_day, json_extract(a.value, '$.code');
