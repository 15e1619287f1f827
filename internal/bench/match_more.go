package main

import (
	"context"

	"entente/internal/fit/corpus"
)

func measureScripts(context.Context, *corpus.Corpus, options) ([]Figure, error) { return nil, nil }
func measureDates(context.Context, *corpus.Corpus, options) ([]Figure, error)   { return nil, nil }
func measureMillion(context.Context, *corpus.Corpus, options) ([]Figure, error) { return nil, nil }
