package prove

import (
	"fmt"

	"entente"
)

// saysNotice sums a notice up.
func saysNotice(s entente.Statement) []string {
	n := s.Notice
	says := "Notice of " + string(n.What)
	switch n.What {
	case entente.NoticeLevel:
		says += " " + string(n.Level)
	case entente.NoticeKey:
		says += fmt.Sprintf(": edition %d", n.Edition)
	case entente.NoticeCustody:
		says += fmt.Sprintf(": it holds the file %s since %s", n.Digest.Short(), utc(n.Held))
	case entente.NoticeOutage:
		says += fmt.Sprintf(": its node could not be reached from %s until %s", utc(n.From), utc(n.Until))
	}
	if n.Reason == "" {
		return []string{says + "."}
	}
	return []string{says + ".", "Reason: " + n.Reason}
}
