-- +goose Up

-- What the owner of a channel said with each new edition of its descriptor.
create table end_note (
	origin text collate "C" not null,
	number bigint not null,
	owner text collate "C" not null,
	added bigint not null,
	state text collate "C" not null,
	accepted text collate "C" not null,
	consent bigint not null,
	note bytea not null,
	sum bigint not null,
	primary key (origin, number)
);
create index end_note_owner on end_note (owner, number, origin);

-- Messages for which an end note does not vouch.
create table void (
	message text collate "C" primary key not null,
	origin text collate "C" not null,
	seq bigint not null,
	number bigint not null,
	at bigint not null,
	sum bigint not null
);
create index void_origin on void (origin, seq);
