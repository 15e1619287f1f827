-- +goose Up

-- What a party says of its own node: it counts for deadlines.
create table outage (
	notice text collate "C" primary key not null,
	agreement text collate "C" not null,
	party text collate "C" not null,
	partner text collate "C" not null,
	began bigint not null,
	ended bigint not null,
	sum bigint not null
);
create index outage_agreement on outage (agreement);
