-- +goose Up

-- What an entry of the access log is about, so that the log can be asked who
-- looked at one thing: entente.Access.Thing. Entries stay as they are; what the
-- older ones are about stands in them.
alter table access add column thing text not null default '';
update access set thing = coalesce(cast(entry as text) ->> '$.object', '');
update access set thing = substr(thing, 1, instr(thing, ' file ') - 1)
	where (substr(thing, 1, 8) = 'message ' or substr(thing, 1, 6) = 'draft ') and instr(thing, ' file ') > 0;
create index access_thing on access (thing, seq);
