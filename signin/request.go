package signin

import (
	"context"
	"net/http"
	"strings"

	"entente"
)

// FromRequest gives the officer who asks: by a bearer token, or else by the
// session cookie. Denied: nobody is signed in.
//
// A cookie alone does not prove that the officer meant to ask: whoever serves
// puts http.CrossOriginProtection before it.
func (s *Service) FromRequest(r *http.Request) (entente.Officer, error) {
	if h := r.Header.Get("Authorization"); h != "" {
		scheme, token, _ := strings.Cut(h, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return entente.Officer{}, notSignedIn()
		}
		return s.Bearer(r.Context(), strings.TrimSpace(token))
	}
	token := s.Cookie(r)
	if token == "" {
		return entente.Officer{}, notSignedIn()
	}
	return s.Session(r.Context(), token)
}

// Require lets only signed-in officers through to next. otherwise answers for
// everybody else: a page sends them to sign in, an interface says no.
func (s *Service) Require(next func(http.ResponseWriter, *http.Request, entente.Officer), otherwise func(http.ResponseWriter, *http.Request, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o, err := s.FromRequest(r)
		if err != nil {
			otherwise(w, r, err)
			return
		}
		next(w, r, o)
	})
}

// Cookie gives the session token of the browser that asks, or "".
func (s *Service) Cookie(r *http.Request) string {
	c, err := r.Cookie(s.cookieName())
	if err != nil || len(c.Value) > 64 {
		return ""
	}
	return c.Value
}

// Remember hands the token of a new session to the browser, and notes there that
// its officer signed in on it. The session that the browser had before ends, so
// that a token planted there gains nothing.
func (s *Service) Remember(w http.ResponseWriter, r *http.Request, token string) error {
	o, err := s.Session(r.Context(), token)
	if err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(token, 0))
	if err := s.rememberDevice(w, r, o.ID); err != nil {
		return err
	}
	return s.signOutOld(r.Context(), s.Cookie(r), token)
}

func (s *Service) signOutOld(ctx context.Context, old, token string) error {
	if old == "" || old == token {
		return nil
	}
	return s.SignOut(ctx, old)
}

// Forget ends the session of the browser that asks and clears its cookie.
func (s *Service) Forget(w http.ResponseWriter, r *http.Request) error {
	http.SetCookie(w, s.cookie("", -1))
	return s.signOutOld(r.Context(), s.Cookie(r), "")
}

// cookieName has the prefix __Host- (RFC 6265bis, section 4.1.3.2): no other
// host and no plain connection can plant it.
func (s *Service) cookieName() string {
	if s.cfg.Insecure {
		return s.cfg.Cookie
	}
	return "__Host-" + s.cfg.Cookie
}

// cookie has no lifetime of its own: it goes when the browser is closed, and
// the store knows when the session ends.
func (s *Service) cookie(token string, maxAge int) *http.Cookie {
	return &http.Cookie{
		Name: s.cookieName(), Value: token, Path: "/", MaxAge: maxAge,
		Secure: !s.cfg.Insecure, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	}
}
