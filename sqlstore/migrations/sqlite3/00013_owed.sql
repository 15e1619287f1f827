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

-- Messages of ours that were lost in a restore and answered since.
create table lost (
	partner text not null,
	id text not null,
	name text not null,
	agreement text not null,
	sender text not null,
	recipient text not null,
	seq integer not null,
	digest blob not null,
	found integer not null,
	sum integer not null,
	primary key (partner, id)
);
