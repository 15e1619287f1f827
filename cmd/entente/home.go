package main

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"entente"
	"entente/parse"
	"entente/sqlstore"
)

// home is the folder of a node:
//
//	config.toml        settings
//	entente.db         the store, unless settings name another
//	keys/node.age      the keys that the running node needs, encrypted
//	keys/identity.age  all keys with the identity key, encrypted; may be kept elsewhere
//	keys/anchor.json   how long our ledgers are (see docs/operations.md)
//	parties/           our own descriptor, to hand to partners
type home string

func defaultHome(getenv func(string) string) string {
	if h := getenv("ENTENTE_HOME"); h != "" {
		return h
	}
	if h := getenv("HOME"); h != "" {
		return filepath.Join(h, ".entente")
	}
	return ".entente"
}

func (h home) path(parts ...string) string {
	return filepath.Join(append([]string{string(h)}, parts...)...)
}

const (
	maxSettings    = 64 << 10
	settingsListed = "docs/operations.md lists the settings"
)

// settings are what config.toml says.
type settings struct {
	Party         entente.PartyID `toml:"party"`
	Store         string          `toml:"store" comment:"a file in this folder, or postgres://… "`
	Wire          string          `toml:"wire" comment:"where partners reach this node; empty: it only dials out"`
	Desk          string          `toml:"desk" comment:"where the desk and the API listen"`
	DeskURL       string          `toml:"desk-url" comment:"where officers find the desk; passkeys are bound to its host name for ever"`
	DeskCert      string          `toml:"desk-cert,omitempty" comment:"PEM certificate for the desk; empty: plain HTTP, for a reverse proxy on this machine"`
	DeskKey       string          `toml:"desk-key,omitempty"`
	TrustedProxy  []string        `toml:"trusted-proxy,omitempty" comment:"addresses of reverse proxies whose word about a visitor's address is believed; empty: none"`
	ProxySays     string          `toml:"proxy-says,omitempty" comment:"how they say it: proxy-protocol, forwarded or x-forwarded-for"`
	KeyFile       string          `toml:"key-file,omitempty" comment:"age identity that opens keys/; empty: a passphrase"`
	MaxAttachment int64           `toml:"max-attachment" comment:"bytes, before encryption"`
	MessagesADay  int             `toml:"messages-a-day,omitempty" comment:"taken of one partner; 0: 20000"`
	BytesADay     int64           `toml:"bytes-a-day,omitempty" comment:"taken of one partner, with the files that its messages name; 0: 64 GiB"`
}

func (h home) settings() (settings, error) {
	var s settings
	f, err := os.Open(h.path("config.toml"))
	if errors.Is(err, fs.ErrNotExist) {
		return s, &entente.Error{Kind: entente.NotFound, Detail: "there is no node in " + string(h), Hint: "set one up with entente init, or name its folder with --home", Cause: err}
	}
	if err != nil {
		return s, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxSettings+1))
	if err != nil {
		return s, err
	}
	err = parse.Settings(text, maxSettings, &s)
	if e, ok := err.(*entente.Error); ok {
		told := *e
		told.Field = strings.TrimSuffix(h.path("config.toml")+", "+e.Field, ", ")
		told.Hint = strings.TrimPrefix(e.Hint+"; "+settingsListed, "; ")
		if strings.HasPrefix(e.Hint, "check its spelling") {
			told.Hint = settingsListed
		}
		return s, &told
	}
	return s, err
}

func (h home) save(s settings) error {
	b, err := toml.Marshal(s)
	if err != nil {
		return err
	}
	return replace(h.path("config.toml"), b, 0o600)
}

// storeURL gives the address of the node's store.
func (h home) storeURL(s settings) string {
	if strings.Contains(s.Store, "://") || filepath.IsAbs(s.Store) {
		return s.Store
	}
	return h.path(s.Store)
}

// store opens the node's store.
func (h home) store(e *env, s settings) (*sqlstore.Store, error) {
	return sqlstore.Open(e.ctx, h.storeURL(s))
}

// stopped holds that the node does not run: what its memory holds would not be
// true any more.
func (s settings) stopped() error {
	l, err := net.Listen("tcp", s.Desk)
	if err != nil {
		return &entente.Error{Kind: entente.Conflict, Detail: "the node runs, or something else listens at " + s.Desk, Hint: "stop the node, and run the command again", Cause: err}
	}
	return l.Close()
}
