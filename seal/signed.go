package seal

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"entente"
)

// Signed is what an identity key has signed. It is kept with the key, so that a
// node whose store was lost does not sign another text under the same number.
type Signed struct {
	Edition int // the highest number of a descriptor
	terms   []signedTerms
}

type signedTerms struct {
	agreement entente.AgreementID
	epoch     int
	terms     entente.Digest
}

func (s signedTerms) compare(t signedTerms) int {
	return cmp.Or(cmp.Compare(s.agreement, t.agreement), cmp.Compare(s.epoch, t.epoch))
}

// WithTerms adds the text of an agreement that is about to be signed. The text
// that was signed before changes nothing; another one of the epoch: Conflict.
func (s Signed) WithTerms(a entente.Agreement) (Signed, error) {
	t := signedTerms{a.ID, a.Epoch, entente.DigestOf(a.Text)}
	at, found := slices.BinarySearchFunc(s.terms, t, signedTerms.compare)
	if found && s.terms[at] != t {
		return s, &entente.Error{
			Kind: entente.Conflict, Field: "epoch", Detail: fmt.Sprintf("our identity key has signed another text of %s, epoch %d", a.ID, a.Epoch),
			Hint: "give the new text the next epoch and have every party sign it",
		}
	}
	if !found {
		s.terms = slices.Insert(slices.Clone(s.terms), at, t)
	}
	return s, nil
}

// WithEdition adds the number of a descriptor that is about to be signed: higher
// than every one before, else Conflict.
func (s Signed) WithEdition(n int) (Signed, error) {
	if n <= s.Edition {
		return s, &entente.Error{
			Kind: entente.Conflict, Field: "edition", Detail: fmt.Sprintf("our identity key has signed edition %d of our descriptor, so edition %d is not signed", s.Edition, n),
			Hint: "number the descriptor higher than that",
		}
	}
	s.Edition = n
	return s, nil
}

// lines writes what stands in a key file, as base64 like every line there.
func (s Signed) lines(line func(name string, value []byte)) {
	if s.Edition > 0 {
		line("signed-edition", strconv.AppendInt(nil, int64(s.Edition), 10))
	}
	for _, t := range s.terms {
		line("signed-terms", fmt.Appendf(nil, "%s %d %s", t.agreement, t.epoch, t.terms))
	}
}

var errSigned = errors.New("not what an identity key has signed")

// read takes one line of a key file, in any order: the file is written again and
// compared.
func (s *Signed) read(name string, value []byte) (err error) {
	if name == "signed-edition" {
		s.Edition, err = strconv.Atoi(string(value))
		return err
	}
	words := strings.Split(string(value), " ")
	if len(words) != 3 {
		return errSigned
	}
	var t signedTerms
	if t.agreement, err = entente.ParseAgreementID(words[0]); err != nil {
		return errSigned
	}
	if t.epoch, err = strconv.Atoi(words[1]); err != nil {
		return errSigned
	}
	if t.terms, err = entente.ParseDigest(words[2]); err != nil {
		return errSigned
	}
	s.terms = append(s.terms, t)
	if n := len(s.terms); n > 1 && s.terms[n-2].compare(t) >= 0 {
		return errSigned
	}
	return nil
}
