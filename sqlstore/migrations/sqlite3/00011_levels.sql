-- +goose Up

-- A level belongs to a pair of parties, and the ledger orders what was declared.
drop table level_change;
create table level_change (
	agreement text not null,
	party text not null,
	message text not null,
	partner text not null,
	level text not null,
	towards text not null,
	number integer not null,
	seq integer not null,
	at integer not null,
	sum integer not null,
	primary key (agreement, party, message)
) strict;

-- What has no receipt waits, is held, is put off or is dead.
drop table queue;
create table queue (
	message text primary key not null,
	partner text not null,
	agreement text not null,
	sender text not null,
	recipient text not null,
	seq integer not null,
	precedence text not null,
	queued integer not null,
	state text not null,
	why text not null,
	since integer not null,
	again integer not null,
	seen text not null,
	sum integer not null
) strict;
create index queue_order on queue (partner, agreement, sender, recipient, seq);

-- Places of partners' ledgers that are known and not filled.
create table gap (
	origin text not null,
	seq integer not null,
	state text not null,
	why text not null,
	since integer not null,
	sum integer not null,
	primary key (origin, seq)
) strict;
