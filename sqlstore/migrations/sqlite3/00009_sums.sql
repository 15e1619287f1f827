-- +goose Up

-- Each row carries a check value over its columns: see rows.go. 0: an earlier
-- version wrote the row.
alter table party add column sum integer not null default 0;
alter table agreement add column sum integer not null default 0;
alter table level_change add column sum integer not null default 0;
alter table draft add column sum integer not null default 0;
alter table message add column sum integer not null default 0;
alter table assessment add column sum integer not null default 0;
alter table receipt add column sum integer not null default 0;
alter table refusal add column sum integer not null default 0;
alter table ledger add column sum integer not null default 0;
alter table ledger_record add column sum integer not null default 0;
alter table ledger_hash add column sum integer not null default 0;
alter table queue add column sum integer not null default 0;
alter table line add column sum integer not null default 0;
alter table attachment add column sum integer not null default 0;
alter table piece add column sum integer not null default 0;
alter table officer add column sum integer not null default 0;
alter table credential add column sum integer not null default 0;
alter table session add column sum integer not null default 0;
alter table fleeting add column sum integer not null default 0;
alter table access add column sum integer not null default 0;
alter table setting add column sum integer not null default 0;
alter table holding add column sum integer not null default 0;
alter table edition add column sum integer not null default 0;
alter table edition_aside add column sum integer not null default 0;
alter table event add column sum integer not null default 0;
alter table feeding add column sum integer not null default 0;
alter table feeding_aside add column sum integer not null default 0;
alter table watch add column sum integer not null default 0;
alter table casefile add column sum integer not null default 0;
alter table case_message add column sum integer not null default 0;
alter table case_entry add column sum integer not null default 0;
alter table flag add column sum integer not null default 0;
alter table hit add column sum integer not null default 0;
alter table clearing add column sum integer not null default 0;
alter table task add column sum integer not null default 0;
alter table unscreened add column sum integer not null default 0;
alter table look_back add column sum integer not null default 0;
alter table deed add column sum integer not null default 0;
