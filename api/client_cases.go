package api

import (
	"context"
	"net/http"
	"net/url"

	"entente"
)

// Watches lists watches: all, or those that still hit.
func (c *Client) Watches(ctx context.Context, active bool) ([]entente.Watch, error) {
	v := url.Values{}
	if active {
		v.Set("active", "true")
	}
	return get[[]entente.Watch](ctx, c, "/watches", v)
}

// Watch opens a watch with what it met.
func (c *Client) Watch(ctx context.Context, id entente.WatchID) (WatchView, error) {
	return get[WatchView](ctx, c, at("watches", string(id)), nil)
}

// OpenWatch opens a watch.
func (c *Client) OpenWatch(ctx context.Context, n NewWatch) (WatchRef, error) {
	return call[WatchRef](ctx, c, http.MethodPost, "/watches", nil, n)
}

// CorrectWatch replaces whom a watch is for.
func (c *Client) CorrectWatch(ctx context.Context, id entente.WatchID, w WatchCorrection) error {
	return c.do(ctx, http.MethodPut, at("watches", string(id), "subject"), w)
}

// ContinueWatch decides that a watch goes on.
func (c *Client) ContinueWatch(ctx context.Context, id entente.WatchID, t WatchTerm) error {
	return c.do(ctx, http.MethodPost, at("watches", string(id), "continue"), t)
}

// EndWatch announces the end of a watch.
func (c *Client) EndWatch(ctx context.Context, id entente.WatchID, e WatchEnd) error {
	return c.do(ctx, http.MethodPost, at("watches", string(id), "end"), e)
}

// Cases lists files, newest change first.
func (c *Client) Cases(ctx context.Context, q CaseQuery) ([]entente.Case, error) {
	v := url.Values{}
	set(v, "state", string(q.State))
	set(v, "message", string(q.Message))
	return get[[]entente.Case](ctx, c, "/cases", v)
}

// Case opens a file with all that belongs to it.
func (c *Client) Case(ctx context.Context, id entente.CaseID) (CaseView, error) {
	return get[CaseView](ctx, c, at("cases", string(id)), nil)
}

// OpenCase opens a file.
func (c *Client) OpenCase(ctx context.Context, n NewCase) (CaseRef, error) {
	return call[CaseRef](ctx, c, http.MethodPost, "/cases", nil, n)
}

// AssessCase writes what the officer makes of it into the timeline of a file.
func (c *Client) AssessCase(ctx context.Context, id entente.CaseID, text string) error {
	return c.do(ctx, http.MethodPost, at("cases", string(id), "assessment"), Text{text})
}

// FlagCase notes a reason for concern.
func (c *Client) FlagCase(ctx context.Context, id entente.CaseID, f NewFlag) error {
	return c.do(ctx, http.MethodPost, at("cases", string(id), "flags"), f)
}

// LinkMessage puts a message into a file.
func (c *Client) LinkMessage(ctx context.Context, id entente.CaseID, m entente.MessageID) error {
	return c.do(ctx, http.MethodPost, at("cases", string(id), "messages"), MessageRef{m})
}

// UnlinkMessage takes a message out of a file.
func (c *Client) UnlinkMessage(ctx context.Context, id entente.CaseID, m entente.MessageID, reason string) error {
	return c.do(ctx, http.MethodPost, at("cases", string(id), "messages", string(m), "removal"), Why{reason})
}

// AssignCase gives a file to a role, and to an officer of it.
func (c *Client) AssignCase(ctx context.Context, id entente.CaseID, o CaseOwner) error {
	return c.do(ctx, http.MethodPut, at("cases", string(id), "owner"), o)
}

// CorrectCase replaces whom a file is about.
func (c *Client) CorrectCase(ctx context.Context, id entente.CaseID, n CaseCorrection) error {
	return c.do(ctx, http.MethodPut, at("cases", string(id), "subjects"), n)
}

// CloseCase closes a file with what came of it.
func (c *Client) CloseCase(ctx context.Context, id entente.CaseID, n CaseClosing) error {
	return c.do(ctx, http.MethodPost, at("cases", string(id), "closing"), n)
}

// CloseCaseUndecided closes a file although hits in it wait for a decision.
func (c *Client) CloseCaseUndecided(ctx context.Context, id entente.CaseID, n CaseOverride) error {
	return c.do(ctx, http.MethodPost, at("cases", string(id), "closing-undecided"), n)
}

// ReopenCase opens a closed file again.
func (c *Client) ReopenCase(ctx context.Context, id entente.CaseID, reason string) error {
	return c.do(ctx, http.MethodPost, at("cases", string(id), "reopening"), Why{reason})
}
