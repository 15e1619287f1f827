package api

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"entente"
	"entente/prove"
)

// Inbox lists messages by urgency.
func (c *Client) Inbox(ctx context.Context, q InboxQuery) ([]Item, error) {
	v := url.Values{}
	set(v, "direction", string(q.Direction))
	set(v, "kind", join(q.Kind))
	set(v, "before", string(q.Before))
	if q.Open {
		v.Set("open", "true")
	}
	if q.Limit != 0 {
		v.Set("limit", strconv.Itoa(q.Limit))
	}
	return get[[]Item](ctx, c, "/inbox", v)
}

// Obligations lists what is owed, ours and theirs.
func (c *Client) Obligations(ctx context.Context) ([]Obligation, error) {
	return get[[]Obligation](ctx, c, "/obligations", nil)
}

// Message opens a message. purpose may be empty.
func (c *Client) Message(ctx context.Context, id entente.MessageID, purpose string) (Message, error) {
	v := url.Values{}
	set(v, "purpose", purpose)
	return get[Message](ctx, c, at("messages", string(id)), v)
}

// Acknowledge tells the sender that a person has seen the message.
func (c *Client) Acknowledge(ctx context.Context, id entente.MessageID) error {
	return c.do(ctx, http.MethodPost, at("messages", string(id), "acknowledgement"), nil)
}

// Assign gives a message to an officer.
func (c *Client) Assign(ctx context.Context, id entente.MessageID, to entente.OfficerID) error {
	return c.do(ctx, http.MethodPut, at("messages", string(id), "officer"), Handover{to})
}

// Assess notes what the officer makes of a message.
func (c *Client) Assess(ctx context.Context, id entente.MessageID, a AssessmentChange) (Assessment, error) {
	return call[Assessment](ctx, c, http.MethodPut, at("messages", string(id), "assessment"), nil, a)
}

// Dispose says what came of a message.
func (c *Client) Dispose(ctx context.Context, id entente.MessageID, d entente.Disposition) (Sent, error) {
	return call[Sent](ctx, c, http.MethodPost, at("messages", string(id), "disposition"), nil, d)
}

// Note writes a note on the thread of a message.
func (c *Client) Note(ctx context.Context, id entente.MessageID, text string) (Sent, error) {
	return call[Sent](ctx, c, http.MethodPost, at("messages", string(id), "notes"), nil, Text{text})
}

// FetchAttachment reads a file of a message. The reader is the caller's to
// close; an error while reading means that the file is not whole.
func (c *Client) FetchAttachment(ctx context.Context, id entente.MessageID, file entente.Digest) (name string, r io.ReadCloser, err error) {
	return c.fetch(ctx, at("messages", string(id), "attachments", file.String()))
}

func (c *Client) fetch(ctx context.Context, path string) (name string, r io.ReadCloser, err error) {
	res, err := c.request(ctx, http.MethodGet, path, nil, nil, "")
	if err != nil {
		return "", nil, err
	}
	return fileName(res), res.Body, nil
}

// Evidence reads evidence.zip for a message, as FetchAttachment does. It opens the
// message to the extent that show names; empty: all but the keys of attached files.
func (c *Client) Evidence(ctx context.Context, id entente.MessageID, show prove.Extent) (io.ReadCloser, error) {
	path := at("messages", string(id), "evidence")
	if show != "" {
		path += "?" + url.Values{"show": {string(show)}}.Encode()
	}
	res, err := c.request(ctx, http.MethodGet, path, nil, nil, "")
	if err != nil {
		return nil, err
	}
	return res.Body, nil
}

// AccessLog reads who looked at or did what, newest first.
func (c *Client) AccessLog(ctx context.Context, q AccessQuery) ([]AccessEntry, error) {
	v := url.Values{}
	if q.Object != "" {
		v.Set("object", q.Object)
	}
	if q.Before != 0 {
		v.Set("before", strconv.FormatInt(q.Before, 10))
	}
	if q.Limit != 0 {
		v.Set("limit", strconv.Itoa(q.Limit))
	}
	return get[[]AccessEntry](ctx, c, "/access", v)
}

// Verify recomputes every ledger of the node.
func (c *Client) Verify(ctx context.Context) ([]LedgerCheck, error) {
	return call[[]LedgerCheck](ctx, c, http.MethodPost, "/verification", nil, nil)
}

// Refusals lists what we refused, newest first.
func (c *Client) Refusals(ctx context.Context) ([]Refusal, error) {
	return get[[]Refusal](ctx, c, "/refusals", nil)
}

// Agreements lists the agreements, with how far each is open.
func (c *Client) Agreements(ctx context.Context) ([]Agreement, error) {
	return get[[]Agreement](ctx, c, "/agreements", nil)
}

// Agreement reads an agreement, and what it lets pass in sentences.
func (c *Client) Agreement(ctx context.Context, id entente.AgreementID) (Agreement, error) {
	return get[Agreement](ctx, c, at("agreements", string(id)), nil)
}

// Partners lists the parties that the node knows, itself among them.
func (c *Client) Partners(ctx context.Context) ([]Partner, error) {
	return get[[]Partner](ctx, c, "/partners", nil)
}

// set leaves out what is empty.
func set(v url.Values, name, value string) {
	if value != "" {
		v.Set(name, value)
	}
}

func join[T ~string](words []T) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return strings.Join(out, ",")
}
