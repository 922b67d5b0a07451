-- The global question's answers that stand in the figures, by day and half-day: what the map of the week's half-days is read from. Kept by the
-- transaction that stores the responses, like the other counts.
create table half_day_tallies (
  organisation_id text collate "C" not null,
  service_id text collate "C" not null,
  item_id text collate "C" not null,
  scale_id text collate "C" not null,
  local_date text collate "C" not null,
  half_day text collate "C" not null,
  code text collate "C" not null,
  count bigint not null,
  constraint half_day_tallies__primary
    primary key (organisation_id, service_id, item_id, local_date, half_day, scale_id, code),
  constraint half_day_tallies__half_day check (half_day in ('am', 'pm')),
  constraint half_day_tallies__count check (count >= 0)
);

-- What is stored already, by the rules of domain/integrity.ts and what was decided since.
insert into half_day_tallies
  (organisation_id, service_id, item_id, scale_id, local_date, half_day, code, count)
select r.organisation_id, r.service_id, g.item_id, g.scale_id, r.local_date, r.half_day, a.value ->> 'code', count(*)
from responses r
join (
  select v.organisation_id, v.survey_version_id, i.value ->> 'itemId' as item_id, i.value ->> 'scaleId' as scale_id
  from survey_versions v, jsonb_array_elements(v.content::jsonb -> 'items') i
  where i.value ->> 'kind' = 'rating' and (i.value ->> 'isGlobal')::boolean
) g on g.organisation_id = r.organisation_id and g.survey_version_id = r.survey_version_id
cross join lateral jsonb_array_elements(r.answers::jsonb) a
left join decided_responses o
  on o.organisation_id = r.organisation_id and o.response_id = r.response_id and o.in_force = 1
left join integrity_decisions d on d.organisation_id = o.organisation_id and d.decision_id = o.decision_id
where a.value ->> 'itemId' = g.item_id and a.value ->> 'kind' = 'rating' and r.is_counted = 1
  and coalesce(d.decided, case when r.flags::jsonb ?| array['burst', 'speeding', 'straight-lining', 'alternation', 'closed-hours'] then 'flagged' else 'clear' end) = 'clear'
group by r.organisation_id, r.service_id, g.item_id, g.scale_id, r.local_date, r.half_day, a.value ->> 'code';
