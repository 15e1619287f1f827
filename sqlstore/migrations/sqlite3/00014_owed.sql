-- +goose Up

-- What a party says of its own node: it counts for deadlines.
create table outage (
	notice text primary key not null,
	agreement text not null,
	party text not null,
	partner text not null,
	began integer not null,
	ended integer not null,
	sum integer not null
);
create index outage_agreement on outage (agreement);
