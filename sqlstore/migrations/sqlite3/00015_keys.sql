-- +goose Up

-- The digest of an agreement's text, which headers name.
alter table agreement add column terms blob not null default x'';
create index agreement_terms on agreement (terms);

-- Every public key that a descriptor here ever had, by its digest.
create table party_key (
	key blob primary key not null,
	party text not null,
	role text not null,
	edition integer not null,
	sum integer not null
) strict;

-- Which text of each epoch our own identity key has signed.
create table signed_terms (
	agreement text not null,
	epoch integer not null,
	terms blob not null,
	at integer not null,
	sum integer not null,
	primary key (agreement, epoch)
) strict;
