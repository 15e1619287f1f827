-- +goose Up

-- What an entry of the access log is about, so that the log can be asked who
-- looked at one thing: entente.Access.Thing. Entries stay as they are; what the
-- older ones are about stands in them.
alter table access add column thing text collate "C" not null default '';
update access set thing = coalesce(convert_from(entry, 'UTF8')::json ->> 'object', '');
update access set thing = split_part(thing, ' file ', 1)
	where (left(thing, 8) = 'message ' or left(thing, 6) = 'draft ') and strpos(thing, ' file ') > 0;
create index access_thing on access (thing, seq);
