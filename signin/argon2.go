package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"

	"entente"
)

// Params are the costs of argon2id (RFC 9106, section 4).
type Params struct {
	Time    uint32 // passes over the memory
	Memory  uint32 // KiB
	Threads uint8
}

// DefaultParams is the second recommended option of RFC 9106, section 4, for
// machines that cannot spare 2 GiB for a sign-in.
var DefaultParams = Params{Time: 3, Memory: 64 << 10, Threads: 4}

const (
	saltSize = 16
	keySize  = 32
	// hashesAtOnce bounds the memory that people at the door can make us use:
	// twice Params.Memory.
	hashesAtOnce = 2
)

func (p Params) withDefaults() Params {
	if p.Time == 0 {
		p.Time = DefaultParams.Time
	}
	if p.Memory == 0 {
		p.Memory = DefaultParams.Memory
	}
	if p.Threads == 0 {
		p.Threads = DefaultParams.Threads
	}
	return p
}

// check keeps a typing mistake in a configuration, or a row that was tampered
// with, from asking for all memory there is.
func (p Params) check() error {
	if p.Time < 1 || p.Time > 64 || p.Threads < 1 || p.Memory < 8*uint32(p.Threads) || p.Memory > 1<<20 {
		return &entente.Error{
			Kind: entente.Invalid, Field: "argon2",
			Detail: "these costs of the password hash are out of range",
			Hint:   "take 1 to 64 passes and 8 KiB for each thread to 1 GiB of memory",
		}
	}
	return nil
}

// phc is a hashed password in the PHC string format:
// "$argon2id$v=19$m=65536,t=3,p=4$<salt>$<key>", base64 without padding.
type phc struct {
	params    Params
	salt, key []byte
}

var b64 = base64.RawStdEncoding.Strict()

func (h phc) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		h.params.Memory, h.params.Time, h.params.Threads, b64.EncodeToString(h.salt), b64.EncodeToString(h.key))
}

// parsePHC reads what String writes and nothing else.
func parsePHC(s string) (phc, error) {
	bad := &entente.Error{Kind: entente.Invalid, Field: "password", Detail: "the stored password is not in the form that this version writes", Hint: "ask for an invitation and set a new password"}
	if len(s) > 512 {
		return phc{}, bad
	}
	part := strings.Split(s, "$")
	if len(part) != 6 || part[0] != "" || part[1] != "argon2id" || part[2] != "v="+strconv.Itoa(argon2.Version) {
		return phc{}, bad
	}
	var h phc
	if _, err := fmt.Sscanf(part[3], "m=%d,t=%d,p=%d", &h.params.Memory, &h.params.Time, &h.params.Threads); err != nil {
		return phc{}, bad
	}
	var err1, err2 error
	h.salt, err1 = b64.DecodeString(part[4])
	h.key, err2 = b64.DecodeString(part[5])
	if err1 != nil || err2 != nil || len(h.salt) != saltSize || len(h.key) != keySize || h.params.check() != nil || h.String() != s {
		return phc{}, bad
	}
	return h, nil
}

// hasher turns passwords into keys, a few at a time.
type hasher struct {
	params Params
	turns  *turns
	// derive is argon2.IDKey; tests count its calls.
	derive func(password, salt []byte, time, memory uint32, threads uint8, keyLen uint32) []byte
	decoy  phc // what the password of an officer without one is compared with
}

func newHasher(p Params) *hasher {
	return &hasher{
		params: p,
		turns:  newTurns(hashesAtOnce),
		derive: argon2.IDKey,
		decoy:  phc{p, random(saltSize), random(keySize)},
	}
}

func (h *hasher) key(password string, salt []byte, p Params) []byte {
	return h.derive([]byte(password), salt, p.Time, p.Memory, p.Threads, keySize)
}

// make hashes a new password of an officer who is known here.
func (h *hasher) make(ctx context.Context, password string) (string, error) {
	leave, err := h.turns.enter(ctx, "")
	if err != nil {
		return "", err
	}
	defer leave()
	salt := random(saltSize)
	return phc{h.params, salt, h.key(password, salt, h.params)}.String(), nil
}

// matches compares in constant time. The caller has a turn.
func (h *hasher) matches(password string, want phc) bool {
	return subtle.ConstantTimeCompare(h.key(password, want.salt, want.params), want.key) == 1
}

// random gives n bytes that nobody can guess.
func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: crypto/rand, Go 1.24
	return b
}
