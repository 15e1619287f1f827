-- +goose Up

-- Times are microseconds since 1970 in UTC; 0: not set. Digests are 32 bytes;
-- empty: not set. Flags are 0 or 1. The folder postgres says the same.

create table party (
	id text not null,
	edition integer not null,
	added integer not null,
	checked text not null,
	body blob not null,
	note blob not null,
	primary key (id, edition)
) strict;

create table agreement (
	id text not null,
	epoch integer not null,
	complete integer not null,
	signed text not null,
	added integer not null,
	body blob not null,
	note blob not null,
	primary key (id, epoch)
) strict;

create table level_change (
	agreement text not null,
	party text not null,
	message text not null,
	level text not null,
	at integer not null,
	primary key (agreement, party, message)
) strict;

create table draft (
	id text primary key not null,
	version integer not null,
	state text not null,
	author text not null,
	recipient text not null,
	agreement text not null,
	expires integer not null,
	returned text not null,
	created integer not null,
	changed integer not null,
	statement blob not null,
	payload blob not null
) strict;
create index draft_state on draft (state, changed);
create index draft_author on draft (author, changed);

-- The big columns stand last, so that lists do not read through them.
create table message (
	id text primary key not null,
	direction text not null,
	thread text not null,
	kind text not null,
	partner text not null,
	agreement text not null,
	precedence text not null,
	created integer not null,
	at integer not null,
	digest blob not null,
	author text not null,
	releaser text not null,
	clause text not null,
	header blob not null,
	checkpoint blob not null,
	signature blob not null,
	payload blob not null,
	envelope blob not null
) strict;
create index message_direction on message (direction, id);
create index message_kind on message (direction, kind, id);
create index message_partner on message (partner, id);
create index message_agreement on message (agreement, id);
create index message_thread on message (thread, id);

create table assessment (
	message text primary key not null,
	version integer not null,
	officer text not null,
	body text not null,
	changed integer not null
) strict;

create table receipt (
	message text primary key not null,
	agreement text not null,
	sender text not null,
	recipient text not null,
	seq integer not null,
	envelope blob not null,
	at integer not null,
	body blob not null
) strict;

create table refusal (
	n integer primary key not null,
	direction text not null,
	digest blob not null,
	message text not null,
	agreement text not null,
	sender text not null,
	recipient text not null,
	envelope blob not null,
	reason text not null,
	final integer not null,
	field text not null,
	expected integer not null,
	at integer not null,
	body blob not null,
	unique (direction, digest)
) strict;
create index refusal_message on refusal (message);
create index refusal_envelope on refusal (envelope);
create index refusal_newest on refusal (direction, at);

create table ledger (
	origin text primary key not null,
	size integer not null,
	checkpoint blob not null,
	cosigned blob not null
) strict;

create table ledger_record (
	origin text not null,
	place integer not null,
	digest blob not null,
	primary key (origin, place)
) strict, without rowid;

create table ledger_hash (
	origin text not null,
	place integer not null,
	digest blob not null,
	primary key (origin, place)
) strict, without rowid;

create table queue (
	message text primary key not null,
	partner text not null,
	agreement text not null,
	sender text not null,
	recipient text not null,
	seq integer not null,
	precedence text not null,
	queued integer not null,
	dead text not null,
	dead_at integer not null,
	seen text not null
) strict;
create index queue_order on queue (dead, partner, agreement, sender, recipient, seq);

create table line (
	partner text primary key not null,
	next_try integer not null,
	attempts integer not null,
	last_error text not null,
	contact integer not null,
	compared integer not null,
	blocked text not null,
	skew integer not null -- nanoseconds
) strict;

create table lease (
	partner text primary key not null,
	holder text not null,
	until integer not null
) strict;

create table attachment (
	handle text primary key not null,
	digest blob not null,
	size integer not null,
	held integer not null,
	message text not null,
	partner text not null,
	draft text not null,
	complete integer not null
) strict;
create index attachment_digest on attachment (digest);
create index attachment_message on attachment (message, complete);
create index attachment_draft on attachment (draft);
create index attachment_partner on attachment (partner, draft);

create table piece (
	handle text not null,
	start integer not null,
	body blob not null,
	primary key (handle, start)
) strict;

create table officer (
	id text primary key not null,
	name text not null,
	role text not null,
	added integer not null,
	disabled integer not null
) strict;

create table credential (
	id text primary key not null,
	officer text not null,
	kind text not null,
	label text not null,
	data blob not null,
	added integer not null,
	used integer not null
) strict;
create index credential_officer on credential (officer);

create table session (
	token blob primary key not null,
	officer text not null,
	created integer not null,
	seen integer not null,
	expires integer not null
) strict;
create index session_officer on session (officer);
create index session_expires on session (expires);

create table access (
	seq integer primary key not null,
	entry blob not null
) strict;

create table setting (
	name text primary key not null,
	value blob not null
) strict;
