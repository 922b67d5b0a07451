-- What tablets have lost for good, as runs of sequences: the marks pass over them, and a run shrinks when one of its answers turns up after all.
create table known_losses (
  organisation_id text collate "C" not null,
  enrolment_id text collate "C" not null,
  first_sequence bigint not null,
  last_sequence bigint not null,
  -- Of the loss it belongs to: one loss may leave several runs.
  through_sequence bigint not null,
  -- Corrected by the error of the tablet's clock.
  noticed_at text collate "C" not null,
  cause text collate "C" not null,
  constraint known_losses__primary primary key (organisation_id, enrolment_id, first_sequence),
  constraint known_losses__enrolment foreign key (organisation_id, enrolment_id)
    references enrolments (organisation_id, enrolment_id),
  constraint known_losses__run check (first_sequence <= last_sequence and last_sequence <= through_sequence)
);

-- Signs that two tablets share an enrolment, as after a copied disk image. A row exists once a tablet has been started again.
create table shared_enrolments (
  organisation_id text collate "C" not null,
  enrolment_id text collate "C" not null,
  -- The boot that spoke before the one that speaks now: when it speaks again, both are alive.
  former_boot_id text collate "C",
  -- Since the last day without one.
  boot_returns bigint not null default 0,
  -- Answers accepted under a sequence that another answer had already.
  taken_sequences bigint not null default 0,
  last_sign_at text collate "C",
  constraint shared_enrolments__primary primary key (organisation_id, enrolment_id),
  constraint shared_enrolments__enrolment foreign key (organisation_id, enrolment_id)
    references enrolments (organisation_id, enrolment_id)
);
