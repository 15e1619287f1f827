-- +goose Up

-- The digest of an agreement's text, which headers name.
alter table agreement add column terms bytea not null default '';
create index agreement_terms on agreement (terms);

-- Every public key that a descriptor here ever had, by its digest.
create table party_key (
	key bytea primary key not null,
	party text collate "C" not null,
	role text collate "C" not null,
	edition bigint not null,
	sum bigint not null
);

-- Which text of each epoch our own identity key has signed.
create table signed_terms (
	agreement text collate "C" not null,
	epoch bigint not null,
	terms bytea not null,
	at bigint not null,
	sum bigint not null,
	primary key (agreement, epoch)
);
