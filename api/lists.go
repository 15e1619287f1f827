package api

import (
	"context"
	"net/http"

	"entente"
	"entente/casework"
	"entente/lists"
	"entente/policy"
	"entente/screen"
)

// ListFormat is a format of lists.
type ListFormat string

// ListView is one edition of a list.
type ListView struct {
	Edition  entente.Edition    `json:"edition"`
	Editions []entente.Edition  `json:"editions" doc:"Of the list, newest first."`
	Changes  []entente.Holding  `json:"changes" doc:"Added, changed or removed by this edition; the first 500 of them."`
	Aside    []entente.SetAside `json:"aside" doc:"What of it could not be used; the first 10,000."`
}

// ListPath names a list in a path.
type ListPath struct {
	Source entente.SourceID `path:"source" doc:"The list."`
}

// ListOptions say of a list what its files do not say themselves.
type ListOptions struct {
	Format ListFormat      `query:"format" doc:"Absent: told by the files."`
	Delist bool            `query:"delist" doc:"A person has seen that the edition lacks many who were listed, and means it."`
	Grade  entente.Grade   `query:"grade" doc:"Of the birth dates that the list claims; absent: F6."`
	Split  string          `query:"split" maxLength:"10" doc:"For tables: what parts several values in one cell, beside semicolons, words such as alias, and enumerations, which do so anyway." example:"|"`
	Dates  lists.DateOrder `query:"dates" doc:"For tables: how 03/04/1987 is meant; absent: only its year is used."`
}

func (o ListOptions) options(source entente.SourceID) lists.Options {
	return lists.Options{Source: source, Grade: o.Grade, Split: o.Split, Dates: o.Dates}
}

func (s *server) lists() {
	const tag = "Lists and feeds"
	answer(s, route{
		id: "listLists", method: http.MethodGet, path: "/lists", op: entente.OpReadHoldings, tag: tag,
		summary: "List the lists that are held, each with its newest edition",
	}, func(ctx context.Context, by entente.Officer, _ *struct{}) ([]entente.Edition, error) {
		return s.cfg.Desk.Lists(ctx, by)
	})
	answer(s, route{
		id: "readList", method: http.MethodGet, path: "/lists/{source}", op: entente.OpReadHoldings, tag: tag,
		summary: "Read what an edition of a list changed, and what of it was set aside",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		ListPath
		Number int `query:"number" minimum:"1" doc:"Of the edition; absent: the newest." example:"2"`
	},
	) (ListView, error) {
		v, err := s.cfg.Desk.Edition(ctx, by, in.Source, in.Number)
		return listOf(v), err
	})
	s.importing(tag)
}

func listOf(v casework.EditionView) ListView {
	return ListView{Edition: v.Edition, Editions: v.Editions, Changes: v.Changes, Aside: v.Aside}
}

// listUpload is a list as it is sent.
type listUpload struct {
	ListPath
	ListOptions
	Upload
	Name  string `query:"name" maxLength:"200" doc:"For a body that is the file itself: its name." example:"sdn.csv"`
	Media string `header:"Content-Type" hidden:"true"`
}

func (s *server) importing(tag string) {
	r := route{
		id: "importList", method: http.MethodPost, path: "/lists/{source}", op: entente.OpImport, tag: tag,
		summary: "Import an edition of a list",
		about: "The body is the file, or multipart/form-data with one part for each file where a list has several. It is read whole before anything changes: a file that was cut short changes nothing. The same files again change nothing. " +
			"Who is not on this edition any more is taken off; if that is more than one in five, delist must say that it is meant. Ask for application/jsonl to be told how far it is: each line an edition so far, the last one done, or a problem.",
	}
	op := r.operation()
	op.RequestBody = fileBody("The file, or each file as a part with a file name.", "*/*")
	long(s, r, op, s.importList)
}

// importList keeps the files aside first: they are read twice.
func (s *server) importList(ctx context.Context, by entente.Officer, in *listUpload, progress func(entente.Edition)) (entente.Edition, error) {
	if policy.Check(by, entente.OpImport) != nil {
		// Whoever may not is refused, on record, before he fills the disk.
		return s.cfg.Screen.Import(ctx, by, screen.Import{Options: in.options(in.Source)}, nil)
	}
	files, err := spool(in.body, in.Media, in.Name, maxLists)
	if err != nil {
		return entente.Edition{}, err
	}
	defer files.remove()
	askedFor(ctx, files.digest())
	format, err := files.format(string(in.Format))
	if err != nil {
		return entente.Edition{}, err
	}
	return s.cfg.Screen.Import(ctx, by, screen.Import{
		Options: in.options(in.Source), Format: format, Open: files.open, File: files.names(), Digest: files.digest(), Delist: in.Delist,
	}, progress)
}
