-- A role is given in an organisation. 'referent' sees the sites and services named in grant_places, the others the whole organisation.
create table role_grants (
  organisation_id text collate "C" not null,
  home_organisation_id text collate "C" not null,
  person_id text collate "C" not null,
  role text collate "C" not null,
  constraint role_grants__primary primary key (organisation_id, home_organisation_id, person_id),
  constraint role_grants__organisation foreign key (organisation_id) references organisations (organisation_id),
  constraint role_grants__role check (role in ('administrator', 'quality', 'referent', 'auditor'))
);
insert into role_grants (organisation_id, home_organisation_id, person_id, role)
  select organisation_id, home_organisation_id, person_id, role from grants;
drop table grants;

-- What a référent was given, as it was given: a site is every service of it, those to come included.
create table grant_places (
  organisation_id text collate "C" not null,
  home_organisation_id text collate "C" not null,
  person_id text collate "C" not null,
  kind text collate "C" not null,
  place_id text collate "C" not null,
  constraint grant_places__primary primary key (organisation_id, home_organisation_id, person_id, kind, place_id),
  constraint grant_places__grant foreign key (organisation_id, home_organisation_id, person_id)
    references role_grants (organisation_id, home_organisation_id, person_id),
  constraint grant_places__kind check (kind in ('site', 'service'))
);

-- An account that is not to be used any more stays: what it did bears its name.
alter table people add column deactivated_at text collate "C";
-- The secret of the second factor, sealed with a key that is in no backup; null where there is none.
alter table people add column totp_secret text collate "C";
-- Null until a first code has shown that the secret arrived on the telephone.
alter table people add column totp_confirmed_at text collate "C";
-- The half minute of the last code that was taken: none is taken twice, nor an older one.
alter table people add column totp_last_step bigint;

create table recovery_codes (
  organisation_id text collate "C" not null,
  person_id text collate "C" not null,
  code_hash text collate "C" not null,
  used_at text collate "C",
  constraint recovery_codes__primary primary key (organisation_id, person_id, code_hash),
  constraint recovery_codes__person foreign key (organisation_id, person_id) references people (organisation_id, person_id)
);

-- Whoever is signed in while this step is taken signs in again.
drop table sessions;
create table sessions (
  organisation_id text collate "C" not null,
  token_hash text collate "C" not null,
  -- What a person knows a session by: it opens nothing.
  session_id text collate "C" not null,
  person_id text collate "C" not null,
  created_at text collate "C" not null,
  last_seen_at text collate "C" not null,
  expires_at text collate "C" not null,
  -- The browser and the system, as a person would say them.
  device text collate "C" not null,
  constraint sessions__primary primary key (organisation_id, token_hash),
  constraint sessions__id unique (organisation_id, session_id),
  constraint sessions__person foreign key (organisation_id, person_id) references people (organisation_id, person_id)
);

-- Who saw or changed what, never the words themselves. It refers to no other table: it outlives what it tells of.
create table audit_entries (
  organisation_id text collate "C" not null,
  entry_id text collate "C" not null,
  recorded_at text collate "C" not null,
  -- Null where the server itself, or nobody known, did it.
  person_id text collate "C",
  person_name text collate "C" not null,
  action text collate "C" not null,
  -- What it was done to, as kind:identity; '' where the action says it all.
  subject text collate "C" not null,
  -- '' where it is not of one service.
  service_id text collate "C" not null,
  -- JSON: counts, a format, a role: sync-server/audit/trail.ts says which.
  detail text collate "C" not null,
  constraint audit_entries__primary primary key (organisation_id, entry_id)
);
create index audit_entries__by_time on audit_entries (organisation_id, recorded_at, entry_id);

-- Only ever added to: by whatever program, the database itself refuses the rest.
create or replace function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is only ever added to';
end
$$;
create trigger audit_entries__no_update before update on audit_entries
  for each row execute function refuse_audit_change();
-- But for what is older than a year, which retention takes away.
create trigger audit_entries__no_delete before delete on audit_entries for each row
  when (old.recorded_at > to_char(now() at time zone 'UTC' - interval '365 days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  execute function refuse_audit_change();
create trigger audit_entries__no_truncate before truncate on audit_entries
  for each statement execute function refuse_audit_change();
