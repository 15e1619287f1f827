-- +goose Up

-- What processes of one node share about signing in until it lapses: failures
-- that are counted, challenges that wait. In no backup.
create table fleeting (
	key blob primary key not null,
	kind text not null,
	place blob not null,
	data blob not null,
	expires integer not null
) strict;
create index fleeting_expires on fleeting (kind, expires);
create index fleeting_place on fleeting (kind, place);
