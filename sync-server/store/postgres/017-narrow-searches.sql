-- Only SQLite looks a hit up by its place: here the index of words knows the row itself.
select 1;
