package parse

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"strconv"

	"entente"
)

const partyFormat = "party/1"

// Sizes of public keys in bytes.
const (
	sealKeySize = 1216 // MLKEM768-X25519: an ML-KEM-768 encapsulation key and an X25519 share
	maxTLSRoot  = 4 << 10
)

// Party reads the text of a descriptor, without the signatures of the note that
// carries it. The text must be the one that FormatParty writes.
func Party(text []byte) (entente.Party, error) {
	doc, err := readSigned(text, MaxDescriptor, entente.ReasonMalformed)
	if err != nil {
		return entente.Party{}, err
	}
	c := &checker{reason: entente.ReasonMalformed, lines: doc.lines}
	p := c.readParty(doc.tree)
	if err := c.Err(); err != nil {
		return entente.Party{}, err
	}
	if n := differ(FormatParty(p), text); n >= 0 {
		line := 1 + bytes.Count(text[:min(n, len(text))], []byte("\n"))
		return entente.Party{}, malformed("", "line "+strconv.Itoa(line)+": the descriptor is not in canonical form", nil)
	}
	return p, nil
}

func (c *checker) readParty(tree map[string]any) entente.Party {
	t := c.table(nil, tree)
	if t.str("entente") != partyFormat {
		c.badFor(otherFormat(t.str("entente"), "party/", c.reason), t.p.dot("entente"), "it is not a descriptor of this version", firstLine(partyFormat))
	}
	p := entente.Party{
		ID: entente.PartyID(t.str("id")), Edition: t.num("edition"), Name: t.str("name"),
		Country: entente.Country(t.str("country")), Issued: t.moment("issued"), Endpoint: t.str("endpoint"),
		Speaks: t.nums("speaks"), Accepts: words[entente.Kind](t, "accepts"), Extensions: t.strs("extensions"), Successor: t.digest("successor"),
	}
	k := t.sub("keys")
	p.Keys = entente.PartyKeys{
		Identity: k.base64("identity"), Message: k.base64("message"), Ledger: k.base64("ledger"),
		Seal: k.base64("seal"), TLSRoot: k.base64("tls-root"),
	}
	k.done()
	for _, ct := range t.subs("contact") {
		p.Contacts = append(p.Contacts, entente.Contact{Role: ct.str("role"), Phone: ct.str("phone"), Email: ct.str("email"), Hours: ct.str("hours")})
		ct.done()
	}
	t.done()
	c.partyRules(p)
	return p
}

func (t table) base64(key string) []byte {
	b, err := base64.StdEncoding.Strict().DecodeString(t.str(key))
	if err != nil {
		t.bad(t.p.dot(key), "it is not base64", "")
	}
	return b
}

// CheckParty holds a descriptor to the rules of the format, before it is signed.
func CheckParty(p entente.Party) error {
	c := &checker{reason: entente.ReasonMalformed}
	c.partyRules(p)
	return c.Err()
}

func (c *checker) partyRules(v entente.Party) {
	var p *path
	c.party(p.dot("id"), v.ID)
	if v.Edition < 1 || v.Edition > MaxWhole {
		c.bad(p.dot("edition"), "editions count from 1", "")
	}
	c.line(p.dot("name"), v.Name, maxName)
	c.country(p.dot("country"), v.Country)
	c.utc(p.dot("issued"), v.Issued)
	c.abilities(p, v)
	if v.Endpoint != "" {
		c.endpoint(p.dot("endpoint"), v.Endpoint)
	}
	if v.Successor != nil && *v.Successor == entente.DigestOf(v.Keys.Identity) {
		c.bad(p.dot("successor"), "it names the identity key itself", "name another key, whose private half is kept elsewhere")
	}
	c.partyKeys(p.dot("keys"), v.Keys)
	c.few(p.dot("contact"), len(v.Contacts), maxContacts)
	for i, ct := range v.Contacts {
		p := p.dot("contact").at(i)
		c.line(p.dot("role"), ct.Role, maxLabel)
		c.maybeLine(p.dot("phone"), ct.Phone, maxLabel)
		c.maybeLine(p.dot("email"), ct.Email, maxLabel)
		c.maybeLine(p.dot("hours"), ct.Hours, maxLabel)
	}
}

func (c *checker) partyKeys(p *path, k entente.PartyKeys) {
	for i, key := range []ed25519.PublicKey{k.Identity, k.Message, k.Ledger} {
		if len(key) != ed25519.PublicKeySize {
			c.bad(p.dot([]string{"identity", "message", "ledger"}[i]), "it is not an Ed25519 public key of 32 bytes", "")
		}
	}
	if len(k.Seal) != sealKeySize {
		c.bad(p.dot("seal"), "it is not an MLKEM768-X25519 public key of 1216 bytes", "")
	}
	if len(k.TLSRoot) > maxTLSRoot {
		c.bad(p.dot("tls-root"), "the certificate has more than 4096 bytes", "")
		return
	}
	if root, err := x509.ParseCertificate(k.TLSRoot); err != nil || !root.BasicConstraintsValid || !root.IsCA {
		c.bad(p.dot("tls-root"), "it is not the certificate of an authority", "")
	}
	seen := map[entente.Digest]bool{}
	for _, use := range KeysOf(k) {
		if seen[use.Key] {
			c.bad(p.dot(use.Role), "the key has another use already: each key has one", "generate a key for each use")
		}
		seen[use.Key] = true
	}
}
