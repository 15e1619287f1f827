package ledger

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"entente"
)

// MaxReceipt bounds a tlog-proof in bytes, a receipt or a place: 40 hashes at
// the most (see MaxSize) and a checkpoint.
const MaxReceipt = 4 << 10

// proofText is a tlog-proof@v1 without extra data, taken apart.
type proofText struct {
	index      int64
	proof      []entente.Digest
	checkpoint []byte
}

const proofHeading = "c2sp.org/tlog-proof@v1\n"

var errProof = errors.New("not a tlog-proof without extra data")

func parseProof(text []byte) (proofText, error) {
	if len(text) > MaxReceipt {
		return proofText{}, errProof
	}
	rest, ok := strings.CutPrefix(string(text), proofHeading+"index ")
	head, checkpoint, found := strings.Cut(rest, "\n\n")
	if !ok || !found {
		return proofText{}, errProof
	}
	lines := strings.Split(head, "\n")
	index, err := strconv.ParseInt(lines[0], 10, 64)
	if err != nil || index < 0 || index >= MaxSize {
		return proofText{}, errProof
	}
	t := proofText{index: index, checkpoint: []byte(checkpoint)}
	if t.proof, err = parseHashes(lines[1:]); err != nil {
		return proofText{}, err
	}
	if !bytes.Equal(t.format(), text) {
		return proofText{}, errProof
	}
	return t, nil
}

func (t proofText) format() []byte {
	b := append(make([]byte, 0, 64+45*len(t.proof)+len(t.checkpoint)), proofHeading+"index "...)
	b = strconv.AppendInt(b, t.index, 10)
	b = append(b, '\n')
	for _, h := range t.proof {
		b = append(b, formatHash(h)...)
		b = append(b, '\n')
	}
	b = append(b, '\n')
	return append(b, t.checkpoint...)
}

// parseHashes reads the lines of a proof.
func parseHashes(lines []string) ([]entente.Digest, error) {
	var hashes []entente.Digest
	for _, line := range lines {
		h, err := parseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, h)
	}
	return hashes, nil
}
