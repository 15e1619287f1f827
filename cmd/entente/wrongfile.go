package main

import (
	"os"

	"entente"
	"entente/parse"
)

// expect says what a file is that is not the wanted one. A text that may be the
// wanted one, with a mistake in it, is left to its reader, which names the line.
func expect(path string, want parse.Form) error {
	f, err := open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if want != parse.FormAge && parse.Recognise(f, sizeOf(f)) == parse.FormText {
		return nil
	}
	return ofFile(path, parse.Expect(want, f, sizeOf(f)))
}

// ofFile names the file that an error is about.
func ofFile(path string, err error) error {
	e, ok := err.(*entente.Error)
	if !ok {
		return err
	}
	named := *e
	named.Detail, named.Reason = path+": "+named.Detail, ""
	return &named
}

// folder refuses a folder where a file is wanted.
func folder(f *os.File) error {
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return &entente.Error{Kind: entente.Invalid, Detail: f.Name() + " is a folder", Hint: "name the file in it"}
	}
	return nil
}
