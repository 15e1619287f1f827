-- +goose Up

-- What was done under a key, so that a repeat is answered and not done again.
create table deed (
	key blob not null,
	step integer not null,
	request blob not null,
	result blob not null,
	at integer not null,
	primary key (key, step)
) strict;
create index deed_at on deed (at);
