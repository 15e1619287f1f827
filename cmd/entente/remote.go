package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/google/uuid"

	"entente"
	"entente/api"
	"entente/policy"
)

// seat is at which node, and as whom, a command speaks.
type seat struct {
	URL string            `help:"Address of the node's desk; the one signed in to last if left out." env:"ENTENTE_URL" placeholder:"URL"`
	As  entente.OfficerID `help:"Which of the officers who signed in here; the last one if left out." env:"ENTENTE_OFFICER" placeholder:"OFFICER"`
	Key string            `help:"For scripts: a UUID of your own for this act. The same command again with the same key does nothing twice, and gives the first answer." env:"ENTENTE_KEY" placeholder:"UUID"`
}

// remote is part of every command that speaks to a running node. Those that have
// a purpose of another kind to say have a seat alone: the one of their look is then
// what the environment says.
type remote struct {
	seat
	Purpose string `help:"Why you ask, for the access log; that of the thing itself if left out." env:"ENTENTE_PURPOSE"`
}

// client gives a client of the node as the officer who signed in, and who that is.
func (r remote) client(e *env) (*api.Client, entente.OfficerID, error) { return r.dial(e, r.Purpose) }

func (s seat) client(e *env) (*api.Client, entente.OfficerID, error) {
	return s.dial(e, e.getenv("ENTENTE_PURPOSE"))
}

func (s seat) dial(e *env, purpose string) (*api.Client, entente.OfficerID, error) {
	known, err := e.signIns()
	if err != nil {
		return nil, "", err
	}
	in, err := known.find(s.URL, s.As)
	if err != nil {
		return nil, "", err
	}
	if !in.Expires.IsZero() && time.Now().After(in.Expires) {
		return nil, "", &entente.Error{Kind: entente.Denied, Detail: "the sign-in of " + string(in.Officer) + " at " + in.URL + " has lapsed", Hint: in.again()}
	}
	c, err := api.New(in.URL, in.Token, caller(in))
	if err != nil {
		return nil, "", err
	}
	if c, err = c.WithPurpose(purpose); err != nil {
		return nil, "", err
	}
	c, err = c.WithKey(cmp.Or(s.Key, uuid.NewString()))
	return c, in.Officer, err
}

// may asks the node who the officer is, and refuses what the role may not do: a
// command asks for consent only when nothing else can refuse the act.
func may(e *env, client *api.Client, op entente.Operation) error {
	me, err := client.WhoAmI(e.ctx)
	if err != nil {
		return err
	}
	return policy.Check(entente.Officer{ID: me.ID, Role: me.Role}, op)
}

// caller is the HTTP client for a node. There is no limit on the whole of a call:
// files of any size go up and down.
func caller(s signIn) *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.DialContext = (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	return &http.Client{Transport: signInAgain{t, s}}
}

// signInAgain tells people what to do when the node does not know them any more:
// the node cannot know what command they use.
type signInAgain struct {
	http.RoundTripper
	as signIn
}

func (t signInAgain) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := t.RoundTripper.RoundTrip(r)
	if err != nil || res.StatusCode != http.StatusUnauthorized || t.as.Token == "" {
		return res, err
	}
	p := api.Problem{
		Title: http.StatusText(res.StatusCode), Status: res.StatusCode, Kind: "denied",
		Detail: "the node at " + t.as.URL + " does not know this sign-in any more", Hint: t.as.again(),
	}
	b, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	err = res.Body.Close()
	res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
	return res, err
}

// again is the next step of whoever is not signed in.
func (s signIn) again() string {
	return "run  entente signin --url " + cmp.Or(s.URL, "URL") + " --as " + cmp.Or(string(s.Officer), "OFFICER")
}
