-- +goose Up

-- The edition of the recipient that signed, and the way that the envelope came.
alter table receipt add column edition blob not null default x'';
alter table receipt add column via text not null default '';
