-- +goose Up

-- Targets that are yet to be held against what came in before they were as they
-- are now. Pass is the pass through what is stored that they take part in; empty:
-- they wait for the next.
create table look_back (
	target_kind text collate "C" not null,
	target text collate "C" not null,
	at bigint not null,
	pass text collate "C" not null,
	primary key (target, target_kind)
);
create index look_back_pass on look_back (pass, at, target, target_kind);

-- Events in the order in which they were stored, to be gone through.
create index event_stored on event (stored, id);

-- After a decided hit another of the same pair may follow: was is the decided one.
alter table hit add column was text collate "C" not null default '';
drop index hit_once;
create unique index hit_once on hit (target, target_kind, event, message, subject, was);
