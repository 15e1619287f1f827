package api

import (
	"context"
	"io"
	"net/http"
	"net/url"

	"entente"
)

// Drafts lists drafts, newest change first.
func (c *Client) Drafts(ctx context.Context, q DraftQuery) ([]Draft, error) {
	v := url.Values{}
	set(v, "state", join(q.State))
	set(v, "author", string(q.Author))
	return get[[]Draft](ctx, c, "/drafts", v)
}

// WriteDraft makes a draft.
func (c *Client) WriteDraft(ctx context.Context, d NewDraft) (Draft, error) {
	return call[Draft](ctx, c, http.MethodPost, "/drafts", nil, d)
}

// Draft reads a draft with the verdict and the exact bytes that would leave.
func (c *Client) Draft(ctx context.Context, id entente.DraftID) (Proposal, error) {
	return get[Proposal](ctx, c, at("drafts", string(id)), nil)
}

// ChangeDraft replaces what a draft says.
func (c *Client) ChangeDraft(ctx context.Context, id entente.DraftID, d DraftChange) (Draft, error) {
	return call[Draft](ctx, c, http.MethodPut, at("drafts", string(id)), nil, d)
}

// Submit puts a draft before a releaser.
func (c *Client) Submit(ctx context.Context, id entente.DraftID, version int) (Draft, error) {
	return call[Draft](ctx, c, http.MethodPost, at("drafts", string(id), "submission"), nil, Version{version})
}

// Release lets a draft leave. seen is the digest that Draft gave.
func (c *Client) Release(ctx context.Context, id entente.DraftID, seen entente.Digest) (Sent, error) {
	return call[Sent](ctx, c, http.MethodPost, at("drafts", string(id), "release"), nil, Seen{seen})
}

// Return sends a draft back to its author, with a reason.
func (c *Client) Return(ctx context.Context, id entente.DraftID, reason string) error {
	return c.do(ctx, http.MethodPost, at("drafts", string(id), "return"), Why{reason})
}

// Withdraw gives up a draft that has not left.
func (c *Client) Withdraw(ctx context.Context, id entente.DraftID) error {
	return c.do(ctx, http.MethodPost, at("drafts", string(id), "withdrawal"), nil)
}

// Send writes, submits and releases in one step where one officer may.
func (c *Client) Send(ctx context.Context, d NewDraft) (Sent, error) {
	return call[Sent](ctx, c, http.MethodPost, "/messages", nil, d)
}

// AddAttachment adds a file to a draft as it is read from r.
func (c *Client) AddAttachment(ctx context.Context, id entente.DraftID, name, media string, r io.Reader) (Attachment, error) {
	if media == "" {
		media = fileMedia
	}
	return upload[Attachment](ctx, c, at("drafts", string(id), "attachments"), url.Values{"name": {name}}, media, r)
}

// FetchDraftAttachment reads a file of a draft, as FetchAttachment does.
func (c *Client) FetchDraftAttachment(ctx context.Context, id entente.DraftID, file entente.Digest) (name string, r io.ReadCloser, err error) {
	return c.fetch(ctx, at("drafts", string(id), "attachments", file.String()))
}

// RemoveAttachment takes a file off a draft.
func (c *Client) RemoveAttachment(ctx context.Context, id entente.DraftID, file entente.Digest) error {
	return c.do(ctx, http.MethodDelete, at("drafts", string(id), "attachments", file.String()), nil)
}

// Queue sees what waits and what was refused.
func (c *Client) Queue(ctx context.Context) (QueueState, error) {
	return get[QueueState](ctx, c, "/queue", nil)
}

// Retry tries to reach a partner now.
func (c *Client) Retry(ctx context.Context, partner entente.PartyID) error {
	return c.do(ctx, http.MethodPost, at("partners", string(partner), "retry"), nil)
}

// TakeNote takes note of a message that was refused for good.
func (c *Client) TakeNote(ctx context.Context, id entente.MessageID) error {
	return c.do(ctx, http.MethodPost, at("queue", string(id), "seen"), nil)
}

// DeclareLevel declares how far we keep an agreement open, and gives what is held
// because of that.
func (c *Client) DeclareLevel(ctx context.Context, id entente.AgreementID, d LevelDeclaration) (LevelDeclared, error) {
	return call[LevelDeclared](ctx, c, http.MethodPost, at("agreements", string(id), "level"), nil, d)
}

// SendHeld lets held mail of a channel leave; no ids: all of it.
func (c *Client) SendHeld(ctx context.Context, partner entente.PartyID, d HeldDecision) error {
	return c.do(ctx, http.MethodPost, at("partners", string(partner), "held", "send"), d)
}

// WithdrawHeld takes held mail of a channel back; no ids: all of it.
func (c *Client) WithdrawHeld(ctx context.Context, partner entente.PartyID, d HeldDecision) error {
	return c.do(ctx, http.MethodPost, at("partners", string(partner), "held", "withdraw"), d)
}

// OfferAgain offers a message again that was refused for good.
func (c *Client) OfferAgain(ctx context.Context, id entente.MessageID) error {
	return c.do(ctx, http.MethodPost, at("queue", string(id), "again"), nil)
}

// DeclareOutage tells the partners that our node could not be reached for a time.
func (c *Client) DeclareOutage(ctx context.Context, id entente.AgreementID, d OutageDeclaration) error {
	return c.do(ctx, http.MethodPost, at("agreements", string(id), "outage"), d)
}

// Pack reads a courier file for a partner, as FetchAttachment does: the part that
// comes after another, or the first. end is where it ends; empty: it is the last.
func (c *Client) Pack(ctx context.Context, partner entente.PartyID, after string) (end string, r io.ReadCloser, err error) {
	query := url.Values{}
	if after != "" {
		query.Set("after", after)
	}
	res, err := c.request(ctx, http.MethodPost, at("partners", string(partner), "courier"), query, nil, "")
	if err != nil {
		return "", nil, err
	}
	return res.Header.Get(courierEnd), res.Body, nil
}

// Unpack takes in a file that a courier brought, as it is read from r.
func (c *Client) Unpack(ctx context.Context, r io.Reader) (Unpacked, error) {
	return upload[Unpacked](ctx, c, "/courier", nil, fileMedia, r)
}

// upload sends a stream and reads a T.
func upload[T any](ctx context.Context, c *Client, path string, query url.Values, media string, r io.Reader) (out T, err error) {
	// Whatever r is, it is not looked into: files of any size are streams.
	res, err := c.request(ctx, http.MethodPost, path, query, struct{ io.Reader }{r}, media)
	if err != nil {
		return out, err
	}
	return decode[T](c, res)
}
