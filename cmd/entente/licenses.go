package main

import (
	_ "embed"
	"io"
)

//go:generate go test -run TestLicenses -update

// licenses has the licence of Entente, of Go, and of every module in this program,
// with their notices.
//
//go:embed licenses.txt
var licenses string

type licensesCmd struct{}

func (licensesCmd) Run(e *env) error {
	return e.print(map[string]string{"licenses": licenses}, func(w io.Writer) { io.WriteString(w, licenses) })
}
