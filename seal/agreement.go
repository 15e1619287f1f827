package seal

import (
	"bytes"
	"slices"
	"strings"

	"entente"
	"entente/parse"
)

// maxAgreementNote leaves room for signature lines below the longest text.
const maxAgreementNote = parse.MaxAgreement + 16<<10

// SignAgreement adds p's signature to an agreement: to the bare text, or to a
// note that others have signed. Lines stand in the order of the parties. Those
// of others are kept as they are and not verified; [OpenAgreement] does that.
// To sign twice with the same key changes nothing; with another: Conflict.
func SignAgreement(note []byte, p entente.PartyID, by IdentityKey) ([]byte, error) {
	text, _ := splitNote(note)
	a, err := readAgreement(note, text)
	if err != nil {
		return nil, err
	}
	if !a.Has(p) {
		return nil, &entente.Error{Kind: entente.Denied, Field: "parties", Detail: string(p) + " is not a party to this agreement"}
	}
	if by.IsZero() {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "keys.identity", Detail: "agreements are signed by the identity key, which is not here", Hint: "unlock the identity key"}
	}
	lines, err := signatureLines(note, a)
	if err != nil {
		return nil, err
	}
	own, err := signNote(text, newNoteSigner(string(p), by.key))
	if err != nil {
		return nil, err
	}
	_, line := splitNote(own)
	if have, ok := lines[p]; ok && have != string(line) {
		return nil, &entente.Error{Kind: entente.Conflict, Field: "signature", Detail: string(p) + " has signed this agreement with another key"}
	}
	lines[p] = string(line)
	signed := append(bytes.Clone(text), '\n')
	for _, q := range a.Parties {
		signed = append(signed, lines[q]...)
	}
	return signed, nil
}

// OpenAgreement verifies an agreement that at least one party has signed. A
// signature that does not hold, stands twice, out of order, or is of somebody
// who is no party, is refused with the name. Each signature must be by the
// identity key of the descriptor that party gives; an agreement signed before
// that key changed needs [OpenAgreementEditions].
func OpenAgreement(note []byte, party func(entente.PartyID) (entente.Party, error)) (entente.AgreementRecord, error) {
	return OpenAgreementEditions(note, func(id entente.PartyID) ([]entente.Party, error) {
		p, err := party(id)
		return []entente.Party{p}, err
	})
}

// OpenAgreementEditions is OpenAgreement with all editions of a descriptor that
// are held, so that what was signed under an earlier identity key stays signed.
func OpenAgreementEditions(note []byte, editions func(entente.PartyID) ([]entente.Party, error)) (entente.AgreementRecord, error) {
	text, lines := splitNote(note)
	a, err := readAgreement(note, text)
	if err != nil {
		return entente.AgreementRecord{}, err
	}
	if lines == nil {
		return entente.AgreementRecord{}, &entente.Error{Kind: entente.Unverified, Field: "signature", Detail: "nobody has signed this agreement yet", Hint: "sign it first", Reason: entente.ReasonSignature}
	}
	signed, err := signatureLines(note, a)
	if err != nil {
		return entente.AgreementRecord{}, err
	}
	r := entente.AgreementRecord{Agreement: a, Terms: entente.DigestOf(a.Text), Note: bytes.Clone(note)}
	var known []noteKey
	for _, p := range a.Parties {
		if _, ok := signed[p]; !ok {
			continue
		}
		keys, err := identityKeys(p, editions)
		if err != nil {
			return entente.AgreementRecord{}, err
		}
		known = append(known, keys...)
		r.Signed = append(r.Signed, p)
	}
	if _, _, err := openNote(note, known...); err != nil {
		return entente.AgreementRecord{}, err
	}
	r.Complete = len(r.Signed) == len(a.Parties)
	return r, nil
}

func readAgreement(note, text []byte) (entente.Agreement, error) {
	if len(note) > maxAgreementNote {
		return entente.Agreement{}, &entente.Error{Kind: entente.Invalid, Field: "agreement", Detail: "too large for an agreement", Reason: entente.ReasonTooLarge}
	}
	return parse.Agreement(text)
}

// identityKeys lists the different identity keys that p ever had.
func identityKeys(p entente.PartyID, editions func(entente.PartyID) ([]entente.Party, error)) ([]noteKey, error) {
	list, err := editions(p)
	if err != nil {
		if k := entente.KindOf(err); k != nil && k != entente.NotFound {
			return nil, err
		}
		return nil, &entente.Error{Kind: entente.Unverified, Field: "signature", Detail: "the signature of " + string(p) + " cannot be checked: its descriptor is not here", Hint: "add the party's descriptor first", Reason: entente.ReasonSignature}
	}
	var keys []noteKey
	for _, e := range list {
		k := noteKey{string(p), e.Keys.Identity}
		if e.ID == p && !slices.ContainsFunc(keys, k.equal) {
			keys = append(keys, k)
		}
	}
	return keys, nil
}

// signatureLines gives each signature line of an agreement's note by its party.
// At most one a party, in the order of the parties, and nobody else's.
func signatureLines(note []byte, a entente.Agreement) (map[entente.PartyID]string, error) {
	_, rest := splitNote(note)
	lines := map[entente.PartyID]string{}
	last := -1
	for line := range strings.Lines(string(rest)) {
		name, _, _ := strings.Cut(strings.TrimPrefix(line, "— "), " ")
		at := slices.Index(a.Parties, entente.PartyID(name))
		switch {
		case !strings.HasPrefix(line, "— ") || !strings.HasSuffix(line, "\n"):
			return nil, malformedNote(nil)
		case at < 0:
			return nil, strangeSigner(name)
		case at <= last:
			return nil, &entente.Error{Kind: entente.Invalid, Field: "signature", Detail: "the signature of " + name + " stands twice or not in the order of the parties", Reason: entente.ReasonMalformed}
		}
		last = at
		lines[a.Parties[at]] = line
	}
	return lines, nil
}
