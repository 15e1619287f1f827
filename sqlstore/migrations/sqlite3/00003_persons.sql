-- +goose Up

-- What a party holds and where it came from; travel events; watches, cases and
-- tasks. The body is the whole noun as JSON; columns beside it are those that a
-- query asks for. Ids that are not set are empty.

create table holding (
	id text primary key not null,
	source text not null,
	since integer not null,
	changed integer not null,
	removed integer not null,
	body blob not null
) strict;
create index holding_source on holding (source, id);
create index holding_since on holding (since, id);
create index holding_changed on holding (changed, id) where changed <> since;
create index holding_removed on holding (removed, id) where removed <> 0;

create table edition (
	source text not null,
	number integer not null,
	body blob not null
) strict;
create unique index edition_newest on edition (source, number desc);

create table edition_aside (
	source text not null,
	number integer not null,
	place integer not null,
	body blob not null,
	primary key (source, number, place)
) strict;

-- A hit may speak of an event: then spoken is 1, and the event stays. Who told it
-- last, and where and when, stand beside what it says.
create table event (
	id text primary key not null,
	stored integer not null,
	spoken integer not null,
	feed text not null,
	place text not null,
	sent integer not null,
	body blob not null
) strict;
create index event_unspoken on event (stored) where spoken = 0;

create table feeding (
	id text primary key not null,
	at integer not null,
	body blob not null
) strict;
create index feeding_newest on feeding (at, id);

create table feeding_aside (
	feeding text not null,
	place integer not null,
	body blob not null,
	primary key (feeding, place)
) strict;

create table watch (
	id text primary key not null,
	version integer not null,
	ended integer not null,
	opened integer not null,
	body blob not null
) strict;
create index watch_newest on watch (opened, id);
create index watch_active on watch (opened, id) where ended = 0;

-- Turn rises with every change of any case: the one changed last has the highest.
create table casefile (
	id text primary key not null,
	version integer not null,
	turn integer not null,
	state text not null,
	body blob not null
) strict;
create unique index casefile_turn on casefile (turn);
create index casefile_state on casefile (state, turn);

create table case_message (
	message text not null,
	casefile text not null,
	primary key (message, casefile)
) strict;
create index case_message_casefile on case_message (casefile);

create table case_entry (
	casefile text not null,
	seq integer not null,
	body blob not null,
	primary key (casefile, seq)
) strict;

create table flag (
	id text primary key not null,
	casefile text not null,
	at integer not null,
	body blob not null
) strict;
create index flag_casefile on flag (casefile, at, id);

create table hit (
	id text primary key not null,
	target_kind text not null,
	target text not null,
	event text not null,
	message text not null,
	subject text not null,
	task text not null,
	at integer not null,
	body blob not null
) strict;
create unique index hit_once on hit (target, target_kind, event, message, subject);
create index hit_newest on hit (at, id);
create index hit_target on hit (target, target_kind, at, id);
create index hit_tasks on hit (at, id) where task <> '';
create index hit_task on hit (task, at, id) where task <> '';
create index hit_event on hit (event, at, id) where event <> '';
create index hit_near on hit (at, id) where task = '';
create index hit_message on hit (message, at, id) where message <> '';

create table clearing (
	id text primary key not null,
	target_kind text not null,
	target text not null,
	at integer not null,
	body blob not null
) strict;
create index clearing_oldest on clearing (at, id);
create index clearing_target on clearing (target, target_kind, at, id);

create table task (
	id text primary key not null,
	version integer not null,
	kind text not null,
	owner text not null,
	target_kind text not null,
	target text not null,
	casefile text not null,
	decided integer not null,
	seen integer not null,
	due integer not null,
	body blob not null
) strict;
create index task_due on task (due, id);
create index task_open on task (due, id) where decided = 0;
create index task_unseen on task (due, id) where seen = 0;
create index task_kind on task (kind, due, id) where decided = 0;
create index task_owner on task (owner, due, id) where decided = 0;
create index task_target on task (target, target_kind, due, id);
create index task_casefile on task (casefile, due, id) where casefile <> '';

-- Incoming messages that were not yet compared with what is held here.
create table unscreened (
	message text primary key not null,
	at integer not null
) strict;
create index unscreened_oldest on unscreened (at, message);
insert into unscreened (message, at) select id, at from message where direction = 'in' and kind = 'tip';
