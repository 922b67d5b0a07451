-- The code that opens the menu of an organisation's tablets. `shown_code` holds it in clear as long as it is the one made here, for
-- administrators to read; one that somebody has chosen is kept as its proof only.
create table staff_codes (
  organisation_id text collate "C" not null,
  iterations bigint not null,
  salt bytea not null,
  hash bytea not null,
  shown_code text collate "C",
  changed_at text collate "C" not null,
  constraint staff_codes__primary primary key (organisation_id),
  constraint staff_codes__organisation foreign key (organisation_id) references organisations (organisation_id),
  constraint staff_codes__hash check (octet_length(hash) = 32)
);

-- Answers that are kept and not counted are few; the page of the tablets says how many each has sent.
create index responses__not_counted on responses (organisation_id, enrolment_id) where is_counted = 0;
