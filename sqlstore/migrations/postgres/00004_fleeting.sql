-- +goose Up

-- What processes of one node share about signing in until it lapses: failures
-- that are counted, challenges that wait. In no backup.
create table fleeting (
	key bytea primary key not null,
	kind text collate "C" not null,
	place bytea not null,
	data bytea not null,
	expires bigint not null
);
create index fleeting_expires on fleeting (kind, expires);
create index fleeting_place on fleeting (kind, place);
