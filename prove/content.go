package prove

import (
	"fmt"

	"entente"
)

// saysContent sums up what is opened of a statement. What is withheld is absent:
// the sentences pass over it.
func saysContent(s entente.Statement, withheld int) []Line {
	all := "The whole of it stands in " + nameParts + "."
	if withheld > 0 {
		all = "What is opened of it stands in " + nameParts + "."
	}
	lines := []Line{{fmt.Sprintf("A %s for the purpose %s. %s", s.Kind, s.Purpose, all)}}
	for _, r := range s.Refs {
		lines = append(lines, Line{saysRef(r)})
	}
	if says, ok := contents[s.Kind]; ok && s.Body() != nil {
		for _, says := range says(s) {
			lines = append(lines, Line{says})
		}
	}
	for _, name := range entente.This.Unknown(s.Extensions) {
		lines = append(lines, Line{fmt.Sprintf("Not understood by this version: the extension %s.", name)})
	}
	return lines
}

// contents sums up the body of each kind that this version accepts.
var contents = map[entente.Kind]func(entente.Statement) []string{
	entente.KindTip:             saysTip,
	entente.KindAcknowledgement: saysAcknowledgement,
	entente.KindDisposition:     saysDisposition,
	entente.KindNote:            saysNote,
	entente.KindNotice:          saysNotice,
}

func saysRef(r entente.Ref) string {
	says, ok := relations[r.Rel]
	if !ok {
		says = fmt.Sprintf("It refers, by a relation that this version does not know (%s), to", r.Rel)
	}
	return fmt.Sprintf("%s message %s, whose envelope has the record %s.", says, r.ID, r.Digest.Short())
}

var relations = map[entente.Rel]string{
	entente.Answers:   "It answers",
	entente.Corrects:  "It corrects",
	entente.Recalls:   "It recalls",
	entente.Draws:     "It draws on",
	entente.Under:     "It rests on",
	entente.Replaces:  "It says again what could not be read in",
	entente.Grants:    "It grants what is asked for in",
	entente.Returns:   "It returns what was handed over in",
	entente.Withdraws: "It withdraws",
	entente.Clarifies: "It clarifies",
	entente.Disputes:  "It disputes",
}
