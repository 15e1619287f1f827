package signin

import (
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"entente"
)

// A device that signed in before keeps a token that says so, sealed by this node.
// It lets nobody in. It only tells an officer from a stranger before the password
// is checked: failures of strangers do not hold back a known device, and what a
// stranger sends is bounded more closely.

const (
	deviceLife = 180 * 24 * time.Hour // counted again from each sign-in
	maxDevices = 8                    // officers that one browser remembers
)

// device is what the token says.
type device struct {
	Officer entente.OfficerID `json:"officer"`
	ID      string            `json:"id"`
	Since   time.Time         `json:"since"`
}

// newDevice gives the token of a device on which the officer signed in.
func (s *Service) newDevice(officer entente.OfficerID) (string, error) {
	return s.devices.seal(device{officer, base64.RawURLEncoding.EncodeToString(random(16)), s.now()})
}

// devicesOf reads tokens, several of one browser with dots between them.
func (s *Service) devicesOf(tokens string) (known []device, texts []string) {
	for _, text := range strings.SplitN(tokens, ".", maxDevices+1) {
		var d device
		if _, ok := s.devices.open(text, &d); ok && s.now().Sub(d.Since) < deviceLife && len(known) < maxDevices {
			known, texts = append(known, d), append(texts, text)
		}
	}
	return known, texts
}

// knows gives the id of the device if the officer signed in on it before; else "".
func (s *Service) knows(officer entente.OfficerID, tokens string) string {
	known, _ := s.devicesOf(tokens)
	for _, d := range known {
		if d.Officer == officer {
			return d.ID
		}
	}
	return ""
}

// Device gives the tokens of the browser that asks, or "".
func (s *Service) Device(r *http.Request) string {
	c, err := r.Cookie(s.cookieName() + "-device")
	if err != nil || len(c.Value) > 4096 {
		return ""
	}
	return c.Value
}

// Known names the device that asks, if an officer signed in on it before; else "".
func (s *Service) Known(r *http.Request) string {
	if known, _ := s.devicesOf(s.Device(r)); len(known) > 0 {
		return "device " + known[0].ID
	}
	return ""
}

// rememberDevice hands the browser a token for the officer, beside those of others.
func (s *Service) rememberDevice(w http.ResponseWriter, r *http.Request, officer entente.OfficerID) error {
	token, err := s.newDevice(officer)
	if err != nil {
		return err
	}
	keep := []string{token}
	known, texts := s.devicesOf(s.Device(r))
	for i, d := range known {
		if d.Officer != officer && len(keep) < maxDevices {
			keep = append(keep, texts[i])
		}
	}
	c := s.cookie(strings.Join(keep, "."), int(deviceLife/time.Second))
	c.Name += "-device"
	http.SetCookie(w, c)
	return nil
}
