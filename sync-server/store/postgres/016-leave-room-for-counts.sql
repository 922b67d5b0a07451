-- A count that changes is written anew. Where its page has room, no index need hear of it: half of each page is left free for that.
alter table tallies set (fillfactor = 50);
alter table half_day_tallies set (fillfactor = 50);
alter table late_tallies set (fillfactor = 50);
alter table enrolments set (fillfactor = 50);
