package web

import (
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message/catalog"
)

// words makes the catalogue. The key of a text is its English; testdata/keys.txt
// lists them all, for whoever adds a language (a test keeps it true). English
// itself needs entries only where it bends with a number.
func words() catalog.Catalog {
	b := catalog.NewBuilder(catalog.Fallback(language.English))
	for _, c := range counted {
		// Set fails only for a malformed message, which every test would meet.
		if err := b.Set(language.English, c.many, plural.Selectf(1, "%d", plural.One, c.one, plural.Other, c.many)); err != nil {
			panic(err)
		}
	}
	return b
}

// counted are the texts that bend with their first number.
var counted = []struct{ one, many string }{
	{"%d minute ago", "%d minutes ago"},
	{"%d hour ago", "%d hours ago"},
	{"%d day ago", "%d days ago"},
	{"in %d minute", "in %d minutes"},
	{"in %d hour", "in %d hours"},
	{"in %d day", "in %d days"},
	{"due in %d minute", "due in %d minutes"},
	{"due in %d hour", "due in %d hours"},
	{"due in %d day", "due in %d days"},
	{"overdue by %d minute", "overdue by %d minutes"},
	{"overdue by %d hour", "overdue by %d hours"},
	{"overdue by %d day", "overdue by %d days"},
	{"within %d minute", "within %d minutes"},
	{"within %d hour", "within %d hours"},
	{"within %d day", "within %d days"},
	{"%d byte", "%d bytes"},
	{"Waiting: %d message", "Waiting: %d messages"},
	{"%d record", "%d records"},
	{"%d match", "%d matches"},
	{"%d match in all; what waits for a decision comes first", "%d matches in all; what waits for a decision comes first"},
	{"%d match waits for a decision", "%d matches wait for a decision"},
	{"%d time", "%d times"},
	{"%d reason", "%d reasons"},
	{"%d clause was asked", "%d clauses were asked"},
	{"%d attempt has failed", "%d attempts have failed"},
	{"%d field needs your attention", "%d fields need your attention"},
	{"their clock is %d second ahead of ours", "their clock is %d seconds ahead of ours"},
	{"Try again in %d second.", "Try again in %d seconds."},
	{"their clock is %d second behind ours", "their clock is %d seconds behind ours"},
}

// rightToLeft names the languages that are written from right to left.
var rightToLeft = map[string]bool{"ar": true, "fa": true, "he": true, "ur": true, "ps": true}
