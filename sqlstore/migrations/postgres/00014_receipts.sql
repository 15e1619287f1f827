-- +goose Up

-- The edition of the recipient that signed, and the way that the envelope came.
alter table receipt add column edition bytea not null default '';
alter table receipt add column via text not null default '';

-- Who refused, under which edition, and whether the envelope has its place.
alter table refusal add column party text not null default '';
alter table refusal add column edition bytea not null default '';
alter table refusal add column placed bigint not null default 0;
