-- The last finished backup and the last that failed, whoever took them. What each tablet may forget by them is enrolments.safe_through.

alter table instance
  add column backup_finished_at text collate "C",
  add column backup_file text collate "C",
  add column backup_failed_at text collate "C",
  add column backup_fault text collate "C";
