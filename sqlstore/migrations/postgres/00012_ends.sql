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
