package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"entente"
)

// signIn is a token for the node at a URL. Whoever has it is the officer.
type signIn struct {
	URL     string            `json:"url"`
	Officer entente.OfficerID `json:"officer"`
	Token   string            `json:"token"`
	Expires time.Time         `json:"expires"`
	Device  string            `json:"device,omitzero"` // says to the node that the officer signed in here before
}

// signIns are those of this user of this machine, the last one first. They are
// kept in his configuration folder, where nobody else can read.
type signIns struct {
	path string
	list []signIn
}

func (e *env) signIns() (*signIns, error) {
	dir := e.getenv("XDG_CONFIG_HOME")
	if dir == "" {
		dir = filepath.Join(e.getenv("HOME"), ".config")
	}
	s := &signIns{path: filepath.Join(dir, "entente", "signins.json")}
	info, err := os.Stat(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		return nil, &entente.Error{Kind: entente.Denied, Detail: "others on this machine can read " + s.path + ", which holds your sign-in", Hint: "run  chmod 600 " + s.path + "  and sign in anew"}
	}
	b, err := readBounded(s.path, 1<<20)
	if err == nil {
		err = json.Unmarshal(b, &s.list)
	}
	if err != nil {
		return nil, &entente.Error{Kind: entente.Invalid, Detail: s.path + " cannot be read", Hint: "remove it and run entente signin", Cause: err}
	}
	return s, nil
}

// find gives the sign-in of an officer at a URL; empty: any, the last one first.
func (s *signIns) find(url string, officer entente.OfficerID) (signIn, error) {
	for _, in := range s.list {
		if (url == "" || in.URL == address(url)) && (officer == "" || in.Officer == officer) {
			return in, nil
		}
	}
	who := "you are not signed in"
	if officer != "" {
		who = string(officer) + " is not signed in"
	}
	if url != "" {
		who += " at " + url
	}
	return signIn{}, &entente.Error{Kind: entente.Denied, Detail: who, Hint: signIn{URL: url, Officer: officer}.again()}
}

// address is a URL as it is kept.
func address(url string) string { return strings.TrimRight(url, "/") }

// put keeps a sign-in before all others.
func (s *signIns) put(in signIn) error {
	s.list = append([]signIn{in}, s.without(in)...)
	return s.save()
}

func (s *signIns) drop(in signIn) error {
	s.list = s.without(in)
	return s.save()
}

func (s *signIns) without(in signIn) []signIn {
	return slices.DeleteFunc(slices.Clone(s.list), func(o signIn) bool { return o.URL == in.URL && o.Officer == in.Officer })
}

func (s *signIns) save() error {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return err
	}
	b, err := json.MarshalIndent(s.list, "", "  ")
	if err != nil {
		return err
	}
	return replace(s.path, append(b, '\n'), 0o600)
}
