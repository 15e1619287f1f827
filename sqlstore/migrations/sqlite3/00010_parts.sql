-- +goose Up

-- A message keeps what proves it when its sealed bytes are erased: their digest,
-- which the sender signed with the header, and the secret that opens the header's
-- commitment to what is said.
alter table message add column sealed blob not null default x'';
alter table message add column secret blob not null default x'';
