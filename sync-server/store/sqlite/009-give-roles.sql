-- A role is given in an organisation. 'referent' sees the sites and services named in grant_places, the others the whole organisation.
create table role_grants (
  organisation_id text not null,
  home_organisation_id text not null,
  person_id text not null,
  role text not null,
  constraint role_grants__primary primary key (organisation_id, home_organisation_id, person_id),
  constraint role_grants__organisation foreign key (organisation_id) references organisations (organisation_id),
  constraint role_grants__role check (role in ('administrator', 'quality', 'referent', 'auditor'))
) strict;
insert into role_grants (organisation_id, home_organisation_id, person_id, role)
  select organisation_id, home_organisation_id, person_id, role from grants;
drop table grants;

-- What a référent was given, as it was given: a site is every service of it, those to come included.
create table grant_places (
  organisation_id text not null,
  home_organisation_id text not null,
  person_id text not null,
  kind text not null,
  place_id text not null,
  constraint grant_places__primary primary key (organisation_id, home_organisation_id, person_id, kind, place_id),
  constraint grant_places__grant foreign key (organisation_id, home_organisation_id, person_id)
    references role_grants (organisation_id, home_organisation_id, person_id),
  constraint grant_places__kind check (kind in ('site', 'service'))
) strict;

-- An account that is not to be used any more stays: what it did bears its name.
alter table people add column deactivated_at text;
-- The secret of the second factor, sealed with a key that is in no backup; null where there is none.
alter table people add column totp_secret text;
-- Null until a first code has shown that the secret arrived on the telephone.
alter table people add column totp_confirmed_at text;
-- The half minute of the last code that was taken: none is taken twice, nor an older one.
alter table people add column totp_last_step integer;

create table recovery_codes (
  organisation_id text not null,
  person_id text not null,
  code_hash text not null,
  used_at text,
  constraint recovery_codes__primary primary key (organisation_id, person_id, code_hash),
  constraint recovery_codes__person foreign key (organisation_id, person_id) references people (organisation_id, person_id)
) strict;

-- Whoever is signed in while this step is taken signs in again.
drop table sessions;
create table sessions (
  organisation_id text not null,
  token_hash text not null,
  -- What a person knows a session by: it opens nothing.
  session_id text not null,
  person_id text not null,
  created_at text not null,
  last_seen_at text not null,
  expires_at text not null,
  -- The browser and the system, as a person would say them.
  device text not null,
  constraint sessions__primary primary key (organisation_id, token_hash),
  constraint sessions__id unique (organisation_id, session_id),
  constraint sessions__person foreign key (organisation_id, person_id) references people (organisation_id, person_id)
) strict;

-- Who saw or changed what, never the words themselves. It refers to no other table: it outlives what it tells of.
create table audit_entries (
  organisation_id text not null,
  entry_id text not null,
  recorded_at text not null,
  -- Null where the server itself, or nobody known, did it.
  person_id text,
  person_name text not null,
  action text not null,
  -- What it was done to, as kind:identity; '' where the action says it all.
  subject text not null,
  -- '' where it is not of one service.
  service_id text not null,
  -- JSON: counts, a format, a role: sync-server/audit/trail.ts says which.
  detail text not null,
  constraint audit_entries__primary primary key (organisation_id, entry_id)
) strict;
create index audit_entries__by_time on audit_entries (organisation_id, recorded_at, entry_id);

-- Only ever added to: by whatever program, the database itself refuses the rest.
create trigger audit_entries__no_update before update on audit_entries begin
  select raise(abort, 'the audit trail is only ever added to');
end;
-- But for what is older than a year, which retention takes away.
create trigger audit_entries__no_delete before delete on audit_entries
when old.recorded_at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-365 days') begin
  select raise(abort, 'the audit trail is only ever added to');
end;
-- A row that is replaced is not deleted in the sense of the trigger above.
create trigger audit_entries__no_replace before insert on audit_entries
when exists (select 1 from audit_entries where organisation_id = new.organisation_id and entry_id = new.entry_id) begin
  select raise(abort, 'the audit trail is only ever added to');
end;
