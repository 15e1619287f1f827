package ledger

import (
	"bytes"
	"errors"

	"entente"
)

// maxEvidence bounds what is kept of contradictions in one ledger, in bytes: the
// first says enough, and nobody fills a disk with more.
const maxEvidence = 64 << 10

// KeepSplit keeps two checkpoints of a ledger that contradict each other, as
// evidence, beside what was kept before. It reports whether that is new.
func KeepSplit(s entente.SettingStore, origin string, ours, theirs []byte) (bool, error) {
	kept, err := s.Setting(entente.SplitView(origin))
	if err != nil && !errors.Is(err, entente.NotFound) {
		return false, err
	}
	fresh := false
	for _, c := range [][]byte{ours, theirs} {
		if !bytes.Contains(kept, c) && len(kept)+len(c) <= maxEvidence {
			kept, fresh = append(kept, c...), true
		}
	}
	if !fresh {
		return false, nil
	}
	return true, s.PutSetting(entente.SplitView(origin), kept)
}

// Contradicts holds a checkpoint that came beside something else against our copy
// of the ledger. It returns the contradiction, or nil: where its owner did not sign
// it, or where it is longer than our copy, it says nothing.
func Contradicts(s Store, origin string, checkpoint []byte, owner entente.Party) (*SplitView, error) {
	c, err := OpenCheckpoint(checkpoint, origin, owner)
	if err != nil {
		return nil, nil
	}
	head, err := s.Head(origin)
	if err != nil || c.Size > head.Size {
		return nil, err
	}
	root, err := Root(s, origin, c.Size)
	if err != nil || root == c.Root {
		return nil, err
	}
	return &SplitView{Ours: head.Checkpoint, Theirs: bytes.Clone(checkpoint)}, nil
}
