package policy

import (
	"strconv"
	"strings"
	"time"

	"entente"
)

// words turns values of a string type into strings.
func words[T ~string](values []T) []string {
	if values == nil {
		return nil
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// list joins words as in "a, b and c".
func list(items []string, last string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	n := len(items) - 1
	return strings.Join(items[:n], ", ") + " " + last + " " + items[n]
}

func quoted(items []string) []string {
	out := make([]string, len(items))
	for i, s := range items {
		out[i] = strconv.Quote(s)
	}
	return out
}

// count says how many: "1 entry", "3 entries".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func kindWords(k entente.Kind) string {
	if _, ok := entente.Rooms.Room(k); ok {
		return entente.Rooms.Words(k)
	}
	return "messages of an unknown kind"
}

func kindWord(k entente.Kind) string {
	if r, ok := entente.Rooms.Room(k); ok {
		return strings.TrimSuffix(r.Plural, "s")
	}
	return "message of an unknown kind"
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// span says a duration: "1 hour", "30 days", "1 hour 30 minutes".
func span(d time.Duration) string {
	if d >= 48*time.Hour && d%(24*time.Hour) == 0 {
		return count(int(d/(24*time.Hour)), "day", "days")
	}
	var parts []string
	for _, u := range []struct {
		of        time.Duration
		one, many string
	}{{time.Hour, "hour", "hours"}, {time.Minute, "minute", "minutes"}, {time.Second, "second", "seconds"}} {
		if n := int(d / u.of); n > 0 {
			parts = append(parts, count(n, u.one, u.many))
			d %= u.of
		}
	}
	if len(parts) == 0 || d > 0 {
		parts = append(parts, d.String())
	}
	return strings.Join(parts, " ")
}

// upper begins a sentence.
func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
