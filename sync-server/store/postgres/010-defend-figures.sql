-- In which quarters of an hour of the local day a point's tablets gave a sign of life: 48 bits each half, bit 0 its first quarter. It says when
-- a tablet was on, and nothing of when anybody answered.
create table alive_quarters (
  organisation_id text collate "C" not null,
  point_id text collate "C" not null,
  local_date text collate "C" not null,
  morning bigint not null,
  afternoon bigint not null,
  constraint alive_quarters__primary primary key (organisation_id, point_id, local_date),
  constraint alive_quarters__point foreign key (organisation_id, point_id) references points (organisation_id, point_id)
);

-- How many people a service received on a day, counted by hand or by its ticket machine.
create table visitor_counts (
  organisation_id text collate "C" not null,
  service_id text collate "C" not null,
  local_date text collate "C" not null,
  visitors bigint not null,
  source text collate "C" not null,
  entered_at text collate "C" not null,
  entered_by text collate "C" not null,
  constraint visitor_counts__primary primary key (organisation_id, service_id, local_date),
  constraint visitor_counts__service foreign key (organisation_id, service_id)
    references services (organisation_id, service_id),
  constraint visitor_counts__visitors check (visitors >= 0),
  constraint visitor_counts__source check (source in ('hand', 'file'))
);

-- Days that explain a figure and that no calendar here holds: elections, school holidays not published yet, works, a closure.
create table calendar_marks (
  organisation_id text collate "C" not null,
  mark_id text collate "C" not null,
  first_day text collate "C" not null,
  last_day text collate "C" not null,
  kind text collate "C" not null,
  label text collate "C" not null,
  created_at text collate "C" not null,
  created_by text collate "C" not null,
  constraint calendar_marks__primary primary key (organisation_id, mark_id),
  constraint calendar_marks__organisation foreign key (organisation_id) references organisations (organisation_id),
  constraint calendar_marks__days check (first_day <= last_day),
  constraint calendar_marks__kind check (kind in ('election', 'school-holidays', 'closure', 'other')),
  constraint calendar_marks__label check (length(label) between 1 and 80)
);
