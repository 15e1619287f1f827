-- +goose Up

-- What a party holds and where it came from; travel events; watches, cases and
-- tasks. The body is the whole noun as JSON; columns beside it are those that a
-- query asks for. Ids that are not set are empty.

create table holding (
	id text collate "C" primary key not null,
	source text collate "C" not null,
	since bigint not null,
	changed bigint not null,
	removed bigint not null,
	body bytea not null
);
create index holding_source on holding (source, id);
create index holding_since on holding (since, id);
create index holding_changed on holding (changed, id) where changed <> since;
create index holding_removed on holding (removed, id) where removed <> 0;

create table edition (
	source text collate "C" not null,
	number bigint not null,
	body bytea not null
);
create unique index edition_newest on edition (source, number desc);

create table edition_aside (
	source text collate "C" not null,
	number bigint not null,
	place bigint not null,
	body bytea not null,
	primary key (source, number, place)
);

-- A hit may speak of an event: then spoken is 1, and the event stays. Who told it
-- last, and where and when, stand beside what it says.
create table event (
	id text collate "C" primary key not null,
	stored bigint not null,
	spoken bigint not null,
	feed text not null,
	place text not null,
	sent bigint not null,
	body bytea not null
);
create index event_unspoken on event (stored) where spoken = 0;

create table feeding (
	id text collate "C" primary key not null,
	at bigint not null,
	body bytea not null
);
create index feeding_newest on feeding (at, id);

create table feeding_aside (
	feeding text collate "C" not null,
	place bigint not null,
	body bytea not null,
	primary key (feeding, place)
);

create table watch (
	id text collate "C" primary key not null,
	version bigint not null,
	ended bigint not null,
	opened bigint not null,
	body bytea not null
);
create index watch_newest on watch (opened, id);
create index watch_active on watch (opened, id) where ended = 0;

-- Turn rises with every change of any case: the one changed last has the highest.
create table casefile (
	id text collate "C" primary key not null,
	version bigint not null,
	turn bigint not null,
	state text collate "C" not null,
	body bytea not null
);
create unique index casefile_turn on casefile (turn);
create index casefile_state on casefile (state, turn);

create table case_message (
	message text collate "C" not null,
	casefile text collate "C" not null,
	primary key (message, casefile)
);
create index case_message_casefile on case_message (casefile);

create table case_entry (
	casefile text collate "C" not null,
	seq bigint not null,
	body bytea not null,
	primary key (casefile, seq)
);

create table flag (
	id text collate "C" primary key not null,
	casefile text collate "C" not null,
	at bigint not null,
	body bytea not null
);
create index flag_casefile on flag (casefile, at, id);

create table hit (
	id text collate "C" primary key not null,
	target_kind text collate "C" not null,
	target text collate "C" not null,
	event text collate "C" not null,
	message text collate "C" not null,
	subject text collate "C" not null,
	task text collate "C" not null,
	at bigint not null,
	body bytea not null
);
create unique index hit_once on hit (target, target_kind, event, message, subject);
create index hit_newest on hit (at, id);
create index hit_target on hit (target, target_kind, at, id);
create index hit_tasks on hit (at, id) where task <> '';
create index hit_task on hit (task, at, id) where task <> '';
create index hit_event on hit (event, at, id) where event <> '';
create index hit_near on hit (at, id) where task = '';
create index hit_message on hit (message, at, id) where message <> '';

create table clearing (
	id text collate "C" primary key not null,
	target_kind text collate "C" not null,
	target text collate "C" not null,
	at bigint not null,
	body bytea not null
);
create index clearing_oldest on clearing (at, id);
create index clearing_target on clearing (target, target_kind, at, id);

create table task (
	id text collate "C" primary key not null,
	version bigint not null,
	kind text collate "C" not null,
	owner text collate "C" not null,
	target_kind text collate "C" not null,
	target text collate "C" not null,
	casefile text collate "C" not null,
	decided bigint not null,
	seen bigint not null,
	due bigint not null,
	body bytea not null
);
create index task_due on task (due, id);
create index task_open on task (due, id) where decided = 0;
create index task_unseen on task (due, id) where seen = 0;
create index task_kind on task (kind, due, id) where decided = 0;
create index task_owner on task (owner, due, id) where decided = 0;
create index task_target on task (target, target_kind, due, id);
create index task_casefile on task (casefile, due, id) where casefile <> '';

-- Incoming messages that were not yet compared with what is held here.
create table unscreened (
	message text collate "C" primary key not null,
	at bigint not null
);
create index unscreened_oldest on unscreened (at, message);
insert into unscreened (message, at) select id, at from message where direction = 'in' and kind = 'tip';
