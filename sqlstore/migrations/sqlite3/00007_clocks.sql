-- +goose Up

-- A task that is due climbs, whether somebody has acknowledged it or not.
drop index task_unseen;
alter table task drop column seen;
