package api

import (
	"context"
	"net/http"

	"entente"
)

// SignIn gives a token against a password: c.WithToken(t.Token) is signed in.
func (c *Client) SignIn(ctx context.Context, s SignIn) (SignedIn, error) {
	return call[SignedIn](ctx, c, http.MethodPost, "/sign-in", nil, s)
}

// RedeemInvitation sets a password with an invitation and gives a token.
func (c *Client) RedeemInvitation(ctx context.Context, r Redemption) (SignedIn, error) {
	return call[SignedIn](ctx, c, http.MethodPost, "/invitations", nil, r)
}

// SignOut revokes the client's token.
func (c *Client) SignOut(ctx context.Context) error {
	return c.do(ctx, http.MethodPost, "/sign-out", nil)
}

// SignOutEverywhere ends every session and revokes every token of the officer.
func (c *Client) SignOutEverywhere(ctx context.Context) error {
	return c.do(ctx, http.MethodPost, "/sign-out-everywhere", nil)
}

// WhoAmI gives the officer whose token this is.
func (c *Client) WhoAmI(ctx context.Context) (Officer, error) {
	return get[Officer](ctx, c, "/me", nil)
}

// ChangePassword changes the officer's password and signs him out everywhere.
func (c *Client) ChangePassword(ctx context.Context, p PasswordChange) error {
	return c.do(ctx, http.MethodPut, "/password", p)
}

// Credentials lists what the officer can sign in with.
func (c *Client) Credentials(ctx context.Context) ([]Credential, error) {
	return get[[]Credential](ctx, c, "/credentials", nil)
}

// AddToken makes another token.
func (c *Client) AddToken(ctx context.Context, label string) (Token, error) {
	return call[Token](ctx, c, http.MethodPost, "/tokens", nil, Label{label})
}

// RevokeCredential takes away a way in which the officer can sign in.
func (c *Client) RevokeCredential(ctx context.Context, id string) error {
	return c.do(ctx, http.MethodDelete, at("credentials", id), nil)
}

// Officers lists the officers of this party.
func (c *Client) Officers(ctx context.Context) ([]Officer, error) {
	return get[[]Officer](ctx, c, "/officers", nil)
}

// SetOfficer adds or changes an officer.
func (c *Client) SetOfficer(ctx context.Context, id entente.OfficerID, o OfficerChange) (OfficerSet, error) {
	return call[OfficerSet](ctx, c, http.MethodPut, at("officers", string(id)), nil, o)
}

// ConfirmOfficer confirms what an operator asked for.
func (c *Client) ConfirmOfficer(ctx context.Context, id entente.OfficerID, seen entente.Digest) error {
	return c.do(ctx, http.MethodPost, at("officers", string(id), "confirmation"), SeenChange{seen})
}

// RefuseOfficer refuses what an operator asked for.
func (c *Client) RefuseOfficer(ctx context.Context, id entente.OfficerID, seen entente.Digest) error {
	return c.do(ctx, http.MethodPost, at("officers", string(id), "refusal"), SeenChange{seen})
}

// Invite gives a code with which an officer sets a password or passkey, once.
func (c *Client) Invite(ctx context.Context, id entente.OfficerID) (Invitation, error) {
	return call[Invitation](ctx, c, http.MethodPost, at("officers", string(id), "invitation"), nil, nil)
}

// Status says how the node is.
func (c *Client) Status(ctx context.Context) (Status, error) {
	return get[Status](ctx, c, "/status", nil)
}
