package screen

import (
	"strings"

	"entente"
	"entente/match"
)

// Unread gives a remark for each name of somebody that comes in and cannot be
// read, or only in part.
func Unread(where, record string, s entente.Subject) (remarks []entente.SetAside) {
	for _, u := range match.UnreadNames(s) {
		remarks = append(remarks, entente.SetAside{Where: where, Record: record, Field: "name", Reason: u.Why, Text: strings.ToValidUTF8(u.Name[:min(len(u.Name), maxRemark)], "")})
	}
	return remarks
}

// maxRemark is how many bytes of a name a remark has.
const maxRemark = 200
