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

-- Messages of ours that were lost in a restore and answered since.
create table lost (
	partner text collate "C" not null,
	id text collate "C" not null,
	name text collate "C" not null,
	agreement text collate "C" not null,
	sender text collate "C" not null,
	recipient text collate "C" not null,
	seq bigint not null,
	digest bytea not null,
	found bigint not null,
	sum bigint not null,
	primary key (partner, id)
);
