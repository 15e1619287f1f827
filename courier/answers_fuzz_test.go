package courier

import (
	"testing"
	"time"

	"entente"
	"entente/parse"
)

// FuzzAnswers holds that what is kept of our answers is read or refused; that with
// one more file, each envelope has one answer, the latest, and everything kept is
// read back; and that it stays within its bounds.
func FuzzAnswers(f *testing.F) {
	made := time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)
	one := entente.Settlement{Envelope: entente.Digest{1}, Receipt: []byte("receipt")}
	kept, err := AddAnswers(nil, made, []entente.Settlement{one, {Envelope: entente.Digest{2}, Refusal: []byte("no")}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(kept, int64(0), []byte("later"))
	f.Add([]byte("{}"), int64(100_000), []byte{})
	f.Add([]byte(`{"files":[{"made":"2011-03-04T09:00:00Z"}]}`), int64(-100_000), []byte("x"))
	f.Fuzz(func(t *testing.T, kept []byte, after int64, receipt []byte) {
		before, err := DecodeAnswers(kept)
		if err != nil {
			return
		}
		fresh := entente.Settlement{Envelope: entente.Digest{1}, Receipt: receipt}
		at := made.Add(time.Duration(after%1_000_000) * time.Second)
		next, err := AddAnswers(kept, at, []entente.Settlement{fresh})
		if err != nil {
			t.Fatalf("what can be read cannot be added to: %v", err)
		}
		all, err := DecodeAnswers(next)
		if err != nil || len(all) == 0 || len(all) > len(before)+1 || len(next) > 2*maxAnswers {
			t.Fatalf("%d answers in %d bytes after %d, %v", len(all), len(next), len(before), err)
		}
		n := 0
		for _, a := range all {
			if a.Envelope == fresh.Envelope {
				n++
			}
		}
		if last := all[len(all)-1]; n != 1 || last.Envelope != fresh.Envelope || string(last.Receipt) != string(receipt) {
			t.Errorf("%d answers to one envelope; the last is %+v", n, last)
		}
		if _, err := parse.Canonical[answers](next, 2*maxAnswers); err != nil {
			t.Error(err)
		}
	})
}
