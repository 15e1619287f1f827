package parse

import (
	"slices"

	"entente"
)

// Judge reports whether a node with these kinds and extensions can judge a
// statement that was read. The error says what they lack, with the reason
// "kind" or "extension": neither is the fault of the statement, which can be
// judged when the reader has a newer version.
func Judge(v entente.Vocabulary, s entente.Statement) error {
	room, known := v.Rooms.Room(s.Kind)
	if !known || !room.Accepted() {
		return unknownKind(v, s.Kind, known)
	}
	var p *path
	for i, r := range s.Refs {
		if !slices.Contains(room.Carries, r.Rel) {
			return &entente.Error{
				Kind: entente.Invalid, Field: p.dot("refs").at(i).dot("rel").String(), Reason: entente.ReasonKind,
				Detail: "this version knows no " + string(s.Kind) + " that " + string(r.Rel) + " another message", Hint: "use a version that knows it",
			}
		}
	}
	return JudgeExtensions(v, "extensions", s.Extensions)
}

// JudgeExtensions is [Judge] for the extensions of a header, a statement or a
// descriptor, which stand at a path there: what is critical must be known.
func JudgeExtensions(v entente.Vocabulary, at string, list []entente.Extension) error {
	for i, e := range list {
		if e.Critical && !slices.Contains(v.Extensions, e.Name) {
			var p *path
			return &entente.Error{
				Kind: entente.Invalid, Field: p.dot(at).at(i).String(), Reason: entente.ReasonExtension,
				Detail: "this version does not know the extension " + e.Name + ", without which the message cannot be judged", Hint: "use a version that knows it",
			}
		}
	}
	return nil
}

func unknownKind(v entente.Vocabulary, k entente.Kind, reserved bool) *entente.Error {
	e := &entente.Error{
		Kind: entente.Invalid, Field: "kind", Detail: "this version has no such kind of message",
		Hint: "use a version that knows it", Reason: entente.ReasonKind,
	}
	if reserved {
		e.Detail = "messages of kind " + string(k) + " are not built yet: this version neither sends nor accepts them"
	}
	return e
}
