package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"net/url"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// databases makes two empty databases on a PostgreSQL server.
func databases(ctx context.Context, server string) (s stores, drop func() error, err error) {
	db, err := sql.Open("pgx", server)
	if err != nil {
		return s, nil, err
	}
	u, err := url.Parse(server)
	if err != nil {
		return s, nil, err
	}
	var names []string
	drop = func() error {
		var errs []error
		for _, n := range names {
			_, err := db.ExecContext(context.WithoutCancel(ctx), "drop database if exists "+n+" with (force)")
			errs = append(errs, err)
		}
		return errors.Join(append(errs, db.Close())...)
	}
	for _, s := range []*string{&s.from, &s.to} {
		name := "entente_bench_" + strings.ToLower(rand.Text()[:12])
		if _, err := db.ExecContext(ctx, "create database "+name); err != nil {
			return stores{}, nil, errors.Join(err, drop())
		}
		names = append(names, name)
		at := *u
		at.Path = "/" + name
		*s = at.String()
	}
	return s, drop, nil
}
