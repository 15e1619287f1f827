package web

import (
	"strings"

	"entente"
)

// spoken writes a local time of a journey for a reader.
func spoken(t entente.LocalTime) string { return strings.Replace(string(t), "T", " ", 1) }

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
