-- Whoever is signed in while this step is taken signs in again: nobody knows how they came in.
delete from sessions;
-- How they came in. Who must have a second factor and comes by password has to set it up first.
alter table sessions add column way text not null default 'link'
  constraint sessions__way check (way in ('password', 'link', 'machine'));

-- Made at the machine, by whoever holds it: the way back in for somebody who has lost their second factor.
alter table sign_in_links add column is_from_machine integer not null default 0
  constraint sign_in_links__is_from_machine check (is_from_machine in (0, 1));
