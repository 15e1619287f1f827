-- +goose Up

-- A level belongs to a pair of parties, and the ledger orders what was declared.
drop table level_change;
create table level_change (
	agreement text collate "C" not null,
	party text collate "C" not null,
	message text collate "C" not null,
	partner text collate "C" not null,
	level text collate "C" not null,
	towards text collate "C" not null,
	number bigint not null,
	seq bigint not null,
	at bigint not null,
	sum bigint not null,
	primary key (agreement, party, message)
);

-- What has no receipt waits, is held, is put off or is dead.
drop table queue;
create table queue (
	message text collate "C" primary key not null,
	partner text collate "C" not null,
	agreement text collate "C" not null,
	sender text collate "C" not null,
	recipient text collate "C" not null,
	seq bigint not null,
	precedence text collate "C" not null,
	queued bigint not null,
	state text collate "C" not null,
	why text collate "C" not null,
	since bigint not null,
	again bigint not null,
	seen text collate "C" not null,
	sum bigint not null
);
create index queue_order on queue (partner, agreement, sender, recipient, seq);

-- Places of partners' ledgers that are known and not filled.
create table gap (
	origin text collate "C" not null,
	seq bigint not null,
	state text collate "C" not null,
	why text collate "C" not null,
	since bigint not null,
	sum bigint not null,
	primary key (origin, seq)
);
