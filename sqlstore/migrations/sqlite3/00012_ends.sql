-- +goose Up

-- What the owner of a channel said with each new edition of its descriptor.
create table end_note (
	origin text not null,
	number integer not null,
	owner text not null,
	added integer not null,
	state text not null,
	accepted text not null,
	consent integer not null,
	note blob not null,
	sum integer not null,
	primary key (origin, number)
) strict;
create index end_note_owner on end_note (owner, number, origin);

-- Messages for which an end note does not vouch.
create table void (
	message text primary key not null,
	origin text not null,
	seq integer not null,
	number integer not null,
	at integer not null,
	sum integer not null
) strict;
create index void_origin on void (origin, seq);
