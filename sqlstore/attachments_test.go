package sqlstore_test

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"entente"
	"entente/sqlstore"
)

func TestAttachmentLists(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		file := entente.Digest{1}
		in := entente.AttachmentRecord{Handle: "1", Digest: file, Message: id(1), Partner: "borea-sls"}
		whole := entente.AttachmentRecord{Handle: "2", Digest: file, Message: id(1), Complete: at(1)}
		out := entente.AttachmentRecord{Handle: "3", Digest: entente.Digest{2}, Draft: id(2)}
		loose := entente.AttachmentRecord{Handle: "4"}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutAttachment(loose), tx.PutAttachment(out), tx.PutAttachment(whole), tx.PutAttachment(in))
		})
		of := func(m entente.MessageID, d entente.DraftID) []entente.AttachmentRecord {
			return get(t, s, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.Attachments(m, d) })
		}
		same(t, of(id(1), ""), []entente.AttachmentRecord{in, whole})
		same(t, of("", id(2)), []entente.AttachmentRecord{out})
		same(t, of("", ""), []entente.AttachmentRecord{in})
		same(t, get(t, s, func(tx entente.Tx) ([]entente.AttachmentRecord, error) { return tx.AttachmentsOf(file) }), []entente.AttachmentRecord{in, whole})
	})
}

func TestPieces(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		rec := entente.AttachmentRecord{Handle: "h", Size: 9}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutAttachment(rec), tx.AppendPiece("h", 0, []byte("abcd")), tx.AppendPiece("h", 4, nil), tx.AppendPiece("h", 4, []byte("efghi")))
		})
		for _, offset := range []int64{0, 3, 4, 8, 10} {
			wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error { return tx.AppendPiece("h", offset, []byte("x")) }), entente.Conflict)
		}
		for offset, want := range map[int64]string{0: "abcd", 3: "d", 4: "efghi", 8: "i"} {
			same(t, string(get(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Piece("h", offset) })), want)
		}
		_, err := try(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Piece("h", 9) })
		wantKind(t, err, entente.NotFound)

		// The record may change; what is held is not its to say, except to start again.
		rec.Held, rec.Complete = 9, at(1)
		put(t, s, func(tx entente.Tx) error { return tx.PutAttachment(rec) })
		rec.Held = 5
		wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutAttachment(rec) }), entente.Conflict)
		rec.Held = 0
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutAttachment(rec), tx.AppendPiece("h", 0, []byte("new")))
		})
		same(t, string(get(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Piece("h", 0) })), "new")

		put(t, s, func(tx entente.Tx) error { return tx.DropAttachment("h") })
		_, err = try(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Piece("h", 0) })
		wantKind(t, err, entente.NotFound)
	})
}

// Whatever the pieces, reading from any offset on to the end gives the rest.
func TestPiecesJoin(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		rapid.Check(t, func(r *rapid.T) {
			pieces := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 20), 1, 6).Draw(r, "pieces")
			whole := bytes.Join(pieces, nil)
			err := s.Update(t.Context(), func(tx entente.Tx) error {
				if err := errors.Join(tx.DropAttachment("h"), tx.PutAttachment(entente.AttachmentRecord{Handle: "h"})); err != nil {
					return err
				}
				n := int64(0)
				for _, p := range pieces {
					if err := tx.AppendPiece("h", n, p); err != nil {
						return err
					}
					n += int64(len(p))
				}
				return nil
			})
			if err != nil {
				r.Fatal(err)
			}
			from := rapid.IntRange(0, len(whole)).Draw(r, "from")
			var got []byte
			err = s.View(t.Context(), func(tx entente.Tx) error {
				for {
					p, err := tx.Piece("h", int64(from+len(got)))
					if errors.Is(err, entente.NotFound) {
						return nil
					}
					if err != nil {
						return err
					}
					got = append(got, p...)
				}
			})
			if err != nil || !bytes.Equal(got, whole[from:]) {
				r.Fatalf("from %d: %q, %v; want %q", from, got, err, whole[from:])
			}
		})
	})
}
