package door

import (
	"strconv"
	"time"
)

// someTime is when to try again where nobody knows how long something lasts.
const someTime = 30 * time.Second

// RetryAfter gives the header Retry-After in whole seconds; of zero, that of some
// time.
func RetryAfter(wait time.Duration) string {
	if wait <= 0 {
		wait = someTime
	}
	return strconv.FormatInt(int64((wait+time.Second-1)/time.Second), 10)
}
