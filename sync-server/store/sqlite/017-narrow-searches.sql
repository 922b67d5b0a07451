-- What narrows a search stands in the index that a hit is looked up by: a thousand hits are counted, and those of one service or language
-- picked out of tens of thousands, without a text being fetched.
drop index verbatims__place;
create index verbatims__place on verbatims (place, organisation_id, service_id, language, hidden_at, released_at, read_at);
