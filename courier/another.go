package courier

import (
	"errors"
	"io"

	"entente"
	"entente/parse"
)

// another says of a file that cannot be read as a pouch what it is: another kind
// of file, a pouch that was packed again, or one that was damaged on its way.
func another(r io.ReaderAt, size int64, err error) error {
	if !errors.Is(err, entente.Invalid) {
		return err // the disk cannot be read
	}
	if other := parse.Expect(parse.FormCourier, r, size); other != nil {
		return other
	}
	e := &entente.Error{Kind: entente.Invalid, Detail: "the courier file was cut off or damaged on its way", Hint: "copy it again, or have it packed again", Cause: err}
	if _, err := parse.ReadRepacked(r, size); err == nil {
		e.Detail, e.Hint = "the courier file was repacked: another program unpacked it and packed it again", "carry the file as entente wrote it"
	}
	return e
}
