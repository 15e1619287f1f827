package web

import "entente/signin"

// Package signin fulfils what the desk asks of it, Passkeys but for the type of
// a challenge, which main turns into JSON. Only a test may know both.
var _ SignIn = (*signin.Service)(nil)
