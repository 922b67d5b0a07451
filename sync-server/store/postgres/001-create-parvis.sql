-- Text is compared byte by byte (collate "C"), as SQLite does: both engines put everything in the same order. Integers have 64 bits there too.
-- Keys are led by organisation_id, so that the tables can one day be distributed by it. Instants are UTC text ending in Z,
-- days are the site's own calendar, counts are counts: percentages are never stored.

create table instance (
  instance_id bigint not null,
  store_id text collate "C" not null,
  code_salt bytea not null,
  constraint instance__primary primary key (instance_id),
  constraint instance__single check (instance_id = 1)
);

create table organisations (
  organisation_id text collate "C" not null,
  name text collate "C" not null,
  time_zone text collate "C" not null,
  notice text collate "C" not null,
  position bigint not null,
  is_demonstration bigint not null default 0,
  constraint organisations__primary primary key (organisation_id),
  constraint organisations__is_demonstration check (is_demonstration in (0, 1))
);

create table sites (
  organisation_id text collate "C" not null,
  site_id text collate "C" not null,
  name text collate "C" not null,
  constraint sites__primary primary key (organisation_id, site_id),
  constraint sites__organisation foreign key (organisation_id) references organisations (organisation_id)
);

create table services (
  organisation_id text collate "C" not null,
  service_id text collate "C" not null,
  site_id text collate "C" not null,
  name text collate "C" not null,
  status text collate "C" not null,
  target_percent bigint not null,
  position bigint not null,
  constraint services__primary primary key (organisation_id, service_id),
  constraint services__site foreign key (organisation_id, site_id) references sites (organisation_id, site_id),
  constraint services__status check (status in ('active', 'in-preparation')),
  constraint services__target_percent check (target_percent between 0 and 100)
);

create table surveys (
  organisation_id text collate "C" not null,
  survey_id text collate "C" not null,
  name text collate "C" not null,
  constraint surveys__primary primary key (organisation_id, survey_id),
  constraint surveys__organisation foreign key (organisation_id) references organisations (organisation_id)
);

create table survey_versions (
  organisation_id text collate "C" not null,
  survey_version_id text collate "C" not null,
  survey_id text collate "C" not null,
  number bigint not null,
  content text collate "C" not null,
  published_at text collate "C" not null,
  constraint survey_versions__primary primary key (organisation_id, survey_version_id),
  constraint survey_versions__number unique (organisation_id, survey_id, number),
  constraint survey_versions__survey foreign key (organisation_id, survey_id) references surveys (organisation_id, survey_id),
  constraint survey_versions__content check ((content::json) is not null)
);

create function refuse_change_of_survey_version() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a published survey version is kept for as long as its answers';
  end if;
  raise exception 'a published survey version is immutable';
end
$$;

create trigger survey_versions__immutable before update on survey_versions
  for each row execute function refuse_change_of_survey_version();

create trigger survey_versions__kept before delete on survey_versions
  for each row execute function refuse_change_of_survey_version();

create table points (
  organisation_id text collate "C" not null,
  point_id text collate "C" not null,
  service_id text collate "C" not null,
  survey_id text collate "C" not null,
  name text collate "C" not null,
  opening_hours text collate "C" not null,
  constraint points__primary primary key (organisation_id, point_id),
  constraint points__service foreign key (organisation_id, service_id) references services (organisation_id, service_id),
  constraint points__survey foreign key (organisation_id, survey_id) references surveys (organisation_id, survey_id),
  constraint points__opening_hours check ((opening_hours::json) is not null)
);

create table enrolment_codes (
  organisation_id text collate "C" not null,
  code_hash text collate "C" not null,
  link_hash text collate "C" not null,
  point_id text collate "C" not null,
  created_at text collate "C" not null,
  expires_at text collate "C" not null,
  used_at text collate "C",
  constraint enrolment_codes__primary primary key (organisation_id, code_hash),
  constraint enrolment_codes__link unique (organisation_id, link_hash),
  constraint enrolment_codes__point foreign key (organisation_id, point_id) references points (organisation_id, point_id)
);

create table enrolments (
  organisation_id text collate "C" not null,
  enrolment_id text collate "C" not null,
  point_id text collate "C" not null,
  token_hash text collate "C" not null,
  enrolled_at text collate "C" not null,
  revoked_at text collate "C",
  last_seen_at text collate "C",
  high_water_mark bigint not null default 0,
  largest_sequence bigint not null default 0,
  safe_through bigint not null default 0,
  boot_id text collate "C",
  clock_offset_ms bigint,
  report text collate "C",
  is_demonstration bigint not null default 0,
  constraint enrolments__primary primary key (organisation_id, enrolment_id),
  constraint enrolments__point foreign key (organisation_id, point_id) references points (organisation_id, point_id),
  constraint enrolments__marks check (high_water_mark <= largest_sequence),
  constraint enrolments__is_demonstration check (is_demonstration in (0, 1))
);

-- Sequences that arrived ahead of a gap; a row leaves when the high-water mark passes it.
create table early_arrivals (
  organisation_id text collate "C" not null,
  enrolment_id text collate "C" not null,
  sequence bigint not null,
  constraint early_arrivals__primary primary key (organisation_id, enrolment_id, sequence),
  constraint early_arrivals__enrolment foreign key (organisation_id, enrolment_id)
    references enrolments (organisation_id, enrolment_id)
);

-- What each respondent left. Of the moment only the site's date and half-day are kept.
create table responses (
  organisation_id text collate "C" not null,
  response_id text collate "C" not null,
  enrolment_id text collate "C" not null,
  sequence bigint not null,
  point_id text collate "C" not null,
  service_id text collate "C" not null,
  survey_version_id text collate "C" not null,
  channel text collate "C" not null,
  language text collate "C" not null,
  local_date text collate "C" not null,
  half_day text collate "C" not null,
  received_on text collate "C" not null,
  disposition text collate "C" not null,
  duration_seconds bigint not null,
  flags text collate "C" not null,
  is_counted bigint not null,
  answers text collate "C" not null,
  content_hash bytea not null,
  constraint responses__primary primary key (organisation_id, response_id),
  constraint responses__enrolment foreign key (organisation_id, enrolment_id)
    references enrolments (organisation_id, enrolment_id),
  constraint responses__survey_version foreign key (organisation_id, survey_version_id)
    references survey_versions (organisation_id, survey_version_id),
  constraint responses__channel check (channel in ('tablet', 'phone', 'paper', 'web')),
  constraint responses__half_day check (half_day in ('am', 'pm')),
  constraint responses__disposition check (disposition in ('complete', 'partial')),
  constraint responses__is_counted check (is_counted in (0, 1))
);

create table verbatims (
  organisation_id text collate "C" not null,
  response_id text collate "C" not null,
  service_id text collate "C" not null,
  local_date text collate "C" not null,
  half_day text collate "C" not null,
  language text collate "C" not null,
  text text collate "C" not null,
  -- Lower case without accents, for searching.
  folded_text text collate "C" not null,
  read_at text collate "C",
  read_by text collate "C",
  hidden_at text collate "C",
  hidden_by text collate "C",
  hidden_reason text collate "C",
  constraint verbatims__primary primary key (organisation_id, response_id),
  constraint verbatims__response foreign key (organisation_id, response_id)
    references responses (organisation_id, response_id),
  constraint verbatims__hidden check ((hidden_at is null) = (hidden_reason is null))
);

create index verbatims__organisation_id__local_date on verbatims (organisation_id, local_date, response_id);
-- What waits to be read, and nothing else: the weekly page counts it however many texts there are. The last two columns are always null
-- in it; SQLite needs them, and both engines have the same indexes.
create index verbatims__unread on verbatims (organisation_id, service_id, local_date, read_at, hidden_at)
  where read_at is null and hidden_at is null;

-- Counts, kept by the transaction that stores the responses. `grain` is 'day' or 'week' and `starts_on` its first day: a weekly page
-- reads weeks, any other period reads days. A whole response is counted under item_id '' and its disposition as code.
create table tallies (
  organisation_id text collate "C" not null,
  grain text collate "C" not null,
  service_id text collate "C" not null,
  item_id text collate "C" not null,
  scale_id text collate "C" not null,
  starts_on text collate "C" not null,
  channel text collate "C" not null,
  code text collate "C" not null,
  count bigint not null,
  constraint tallies__primary primary key (organisation_id, grain, service_id, item_id, starts_on, scale_id, channel, code),
  constraint tallies__grain check (grain in ('day', 'week')),
  constraint tallies__count check (count >= 0)
);

-- The part of a week's tallies that arrived after the week was closed, by the day of arrival: what revisions are told from.
create table late_tallies (
  organisation_id text collate "C" not null,
  service_id text collate "C" not null,
  item_id text collate "C" not null,
  scale_id text collate "C" not null,
  week_starts_on text collate "C" not null,
  received_on text collate "C" not null,
  code text collate "C" not null,
  count bigint not null,
  constraint late_tallies__primary
    primary key (organisation_id, service_id, item_id, week_starts_on, received_on, scale_id, code),
  constraint late_tallies__count check (count >= 0)
);

-- What could not be understood, kept whole until somebody has looked at it.
create table quarantine (
  organisation_id text collate "C" not null,
  quarantine_id text collate "C" not null,
  enrolment_id text collate "C" not null,
  content_hash bytea not null,
  response_id text collate "C",
  sequence bigint,
  received_at text collate "C" not null,
  reason text collate "C" not null,
  body text collate "C" not null,
  constraint quarantine__primary primary key (organisation_id, quarantine_id),
  constraint quarantine__content unique (organisation_id, enrolment_id, content_hash),
  constraint quarantine__enrolment foreign key (organisation_id, enrolment_id)
    references enrolments (organisation_id, enrolment_id)
);

-- What was erased stays erased, whatever is sent again.
create table tombstones (
  organisation_id text collate "C" not null,
  response_id text collate "C" not null,
  erased_on text collate "C" not null,
  constraint tombstones__primary primary key (organisation_id, response_id)
);

create table people (
  organisation_id text collate "C" not null,
  person_id text collate "C" not null,
  name text collate "C" not null,
  email text collate "C" not null,
  password_hash text collate "C",
  created_at text collate "C" not null,
  constraint people__primary primary key (organisation_id, person_id),
  constraint people__email unique (organisation_id, email),
  constraint people__organisation foreign key (organisation_id) references organisations (organisation_id)
);

-- Which organisations a person may see: organisation_id is the one granted, home_organisation_id where the person is kept.
create table grants (
  organisation_id text collate "C" not null,
  home_organisation_id text collate "C" not null,
  person_id text collate "C" not null,
  role text collate "C" not null,
  constraint grants__primary primary key (organisation_id, home_organisation_id, person_id),
  constraint grants__organisation foreign key (organisation_id) references organisations (organisation_id),
  constraint grants__role check (role in ('administrator'))
);

create table sessions (
  organisation_id text collate "C" not null,
  token_hash text collate "C" not null,
  person_id text collate "C" not null,
  created_at text collate "C" not null,
  last_seen_at text collate "C" not null,
  expires_at text collate "C" not null,
  constraint sessions__primary primary key (organisation_id, token_hash),
  constraint sessions__person foreign key (organisation_id, person_id) references people (organisation_id, person_id)
);

create table sign_in_links (
  organisation_id text collate "C" not null,
  token_hash text collate "C" not null,
  person_id text collate "C" not null,
  expires_at text collate "C" not null,
  used_at text collate "C",
  constraint sign_in_links__primary primary key (organisation_id, token_hash),
  constraint sign_in_links__person foreign key (organisation_id, person_id) references people (organisation_id, person_id)
);
