-- +goose Up

-- What was done under a key, so that a repeat is answered and not done again.
create table deed (
	key bytea not null,
	step bigint not null,
	request bytea not null,
	result bytea not null,
	at bigint not null,
	primary key (key, step)
);
create index deed_at on deed (at);
