package lists

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"entente"
)

// Part is one file of an edition as it came, by its name and the digest of its
// bytes.
type Part struct {
	Name   string
	Digest entente.Digest
}

// DigestOf tells an edition from every other: the digest of its one file; of
// several, that of their digests in the order of their names. So the same files
// are the same edition, whoever brings them and in whatever order.
func DigestOf(parts []Part) entente.Digest {
	if len(parts) == 1 {
		return parts[0].Digest
	}
	sorted := slices.SortedFunc(slices.Values(parts), func(a, b Part) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), bytes.Compare(a.Digest[:], b.Digest[:]))
	})
	var sums []byte
	for _, p := range sorted {
		sums = append(sums, p.Digest[:]...)
	}
	return entente.DigestOf(sums)
}

// NamesOf is the names of an edition's files in one line of at most 200 bytes,
// for the record.
func NamesOf(parts []Part) string {
	var names []string
	for _, p := range parts {
		names = append(names, p.Name)
	}
	line := strings.Join(names, ", ")
	return strings.ToValidUTF8(line[:min(len(line), 200)], "")
}
