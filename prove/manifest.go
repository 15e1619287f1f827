package prove

import (
	"bytes"

	"entente"
	"entente/parse"
)

// manifest lists the digests of all other files, so that a report can name one
// value for the whole and a damaged file is told from a forged one.
type manifest struct {
	Version int      `json:"version"`
	What    string   `json:"what"`
	Files   []listed `json:"files"`
}

type listed struct {
	Name   string         `json:"name"`
	Size   int64          `json:"size"`
	Digest entente.Digest `json:"digest"`
}

const what = "entente/1 evidence"

func manifestOf(fs []file) ([]byte, error) {
	m := manifest{Version: 1, What: what}
	for _, f := range fs {
		m.Files = append(m.Files, listed{f.name, int64(len(f.data)), entente.DigestOf(f.data)})
	}
	return parse.Encode(m)
}

func checkManifest(fs []file) error {
	if len(fs) == 0 || fs[0].name != nameManifest {
		return malformed(nameManifest, "the manifest does not stand first")
	}
	m, err := parse.Canonical[manifest](fs[0].data, maxManifest)
	if err != nil {
		return in(nameManifest, err)
	}
	if m.Version != 1 || m.What != what {
		return &unjudged{&entente.Error{Kind: entente.Invalid, Field: nameManifest, Detail: "it is not evidence in a form that this program knows", Hint: "check it with a newer version of the program", Reason: entente.ReasonVersion}}
	}
	want, err := manifestOf(fs[1:])
	if err != nil {
		return err
	}
	if !bytes.Equal(fs[0].data, want) {
		return malformed(nameManifest, "a file is not the one that the manifest lists: the evidence was damaged or changed")
	}
	return nil
}
