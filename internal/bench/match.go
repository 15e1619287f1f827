package main

import (
	"context"
	"os"
	"runtime"

	"entente/internal/fit/corpus"
	"entente/match"
)

// measureMatch measures finding people on the data that ENTENTE_DATA names.
func measureMatch(context.Context, options) ([]Figure, error) {
	c, err := corpus.Load(os.Getenv("ENTENTE_DATA"))
	if err != nil {
		return nil, err
	}
	runtime.LockOSThread() // so that its time can be told from the others'
	defer runtime.UnlockOSThread()
	var all []Figure
	for _, part := range []func(*corpus.Corpus) ([]Figure, error){
		measureAliases, measureScripts, measureDates, measureCalibration, measureMillion,
	} {
		figures, err := part(c)
		if err != nil {
			return nil, err
		}
		all = append(all, figures...)
	}
	return all, nil
}

func index(people ...[]corpus.Person) *match.Index {
	x := match.New()
	for _, list := range people {
		for _, p := range list {
			x.Put(p.ID, p.Subject)
		}
	}
	return x
}

// summarised puts figures into the summary, with the aims of the first.
func summarised(fs []Figure, aims ...string) []Figure {
	for i := range fs {
		fs[i].Summary = true
		if i < len(aims) {
			fs[i].Aim = aims[i]
		}
	}
	return fs
}
