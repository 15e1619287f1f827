package parse

import (
	"strconv"
	"time"

	"entente"
)

// units of durations as agreements write them. A day has 24 hours and a year
// 365 days, so that both sides compute the same deadline in every calendar.
var units = map[byte]time.Duration{
	'm': time.Minute,
	'h': time.Hour,
	'd': 24 * time.Hour,
	'w': 7 * 24 * time.Hour,
	'y': 365 * 24 * time.Hour,
}

const maxDuration = 100 * 365 * 24 * time.Hour

// Duration reads a whole number, without leading zeros, and one unit: minutes,
// hours, days, weeks or years, as in "90m", "24h", "30d", "2w" or "3y"; at most a
// hundred years.
func Duration(s string) (time.Duration, error) {
	bad := &entente.Error{Kind: entente.Invalid, Field: "duration", Detail: "it is not a length of time", Hint: `write a number and one of m, h, d, w or y, as in "90m", "24h" or "30d"`}
	if len(s) < 2 || len(s) > 10 || s[0] < '1' || s[0] > '9' {
		return 0, bad
	}
	unit, ok := units[s[len(s)-1]]
	n, err := strconv.ParseInt(s[:len(s)-1], 10, 64)
	if !ok || err != nil || n > int64(maxDuration/unit) {
		return 0, bad
	}
	return time.Duration(n) * unit, nil
}
