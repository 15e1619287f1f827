-- +goose Up

-- A message is called by its id, unless a message with another partner has that
-- id here. Then wire is the id that it has between us and its partner; else it
-- is empty.
alter table message add column wire text collate "C" not null default '';
create unique index message_wire on message (partner, wire) where wire <> '';
