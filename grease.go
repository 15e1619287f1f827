package entente

import (
	"crypto/sha256"
	"slices"
	"strconv"
)

// Grease keeps partners able to pass over what they do not know (RFC 8701): one
// envelope in 16 carries an extension without meaning, and every descriptor names
// one kind that nobody sends. A node that fails on it fails in its first week.
//
// What is added follows from the name of the thing, so that it is the same
// whenever it is made again.

// GreaseExtension gives the extensions that a message with this id is given:
// one, or none.
func GreaseExtension(id MessageID) []Extension {
	h := sha256.Sum256([]byte("entente grease " + id))
	if h[0]%16 != 0 {
		return nil
	}
	return []Extension{{Name: greaseName(h[1:]), Value: h[5:9]}}
}

// Greased returns p with the kind without meaning that this edition names.
func (p Party) Greased() Party {
	h := sha256.Sum256([]byte("entente grease " + string(p.ID) + " " + strconv.Itoa(p.Edition)))
	p.Accepts = slices.Sorted(slices.Values(append(slices.Clone(p.Accepts), Kind(greaseName(h[:])))))
	return p
}

// greaseName is "grease-" and four letters.
func greaseName(h []byte) string {
	name := []byte("grease-")
	for _, b := range h[:4] {
		name = append(name, 'a'+b%26)
	}
	return string(name)
}

// IsGrease reports whether a name is one of those without meaning: nobody needs
// to be told that it was not understood.
func IsGrease(name string) bool { return len(name) == 11 && name[:7] == "grease-" }
