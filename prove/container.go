package prove

import (
	"errors"
	"io"
	"slices"
	"strconv"

	"entente"
	"entente/parse"
)

// unjudged is an error about the file and not about the evidence: it is another
// file, or it was damaged on its way.
type unjudged struct{ told *entente.Error }

func (u *unjudged) Error() string { return u.told.Error() }
func (u *unjudged) Unwrap() error { return u.told }

// readAny reads evidence.zip, also when another program packed the same files
// again. Everything in them is signed or listed by a digest, so the container adds
// no proof; but a person must know that it is not the one that was written.
func readAny(r io.ReaderAt, size int64) (fs []file, repacked bool, err error) {
	_, closed := parse.ReadArchive(r, size)
	if closed == nil {
		if fs, err = readFiles(r, size); err == nil {
			return fs, false, nil
		}
	} else if entente.KindOf(closed) != entente.Invalid { // the disk cannot be read
		return nil, false, closed
	}
	if other, ok := errors.AsType[*entente.Error](parse.Expect(parse.FormEvidence, r, size)); ok {
		return nil, false, &unjudged{other}
	}
	if closed == nil {
		return nil, false, err
	}
	list, err := parse.ReadRepacked(r, size)
	if err != nil {
		return nil, false, &unjudged{&entente.Error{
			Kind: entente.Invalid, Detail: "the file was cut off or damaged on its way", Hint: "fetch it again, or ask for it again", Reason: entente.ReasonMalformed, Cause: err,
		}}
	}
	fs, err = readRepacked(list)
	return fs, true, err
}

// readRepacked reads the files in the order of the manifest.
func readRepacked(list []parse.File) ([]file, error) {
	first := slices.IndexFunc(list, func(f parse.File) bool { return f.Name == nameManifest })
	if first < 0 {
		return nil, malformed(nameManifest, "it is missing")
	}
	head, err := readFile(list[first])
	if err != nil {
		return nil, err
	}
	m, err := parse.Canonical[manifest](head.data, maxManifest)
	if err != nil {
		return nil, in(nameManifest, err)
	}
	if len(list) != 1+len(m.Files) {
		return nil, malformed(nameManifest, "it lists "+strconv.Itoa(len(m.Files))+" files and the archive holds "+strconv.Itoa(len(list)-1)+" beside it")
	}
	fs := []file{head}
	for _, l := range m.Files {
		at := slices.IndexFunc(list, func(f parse.File) bool { return f.Name == l.Name })
		if at < 0 {
			return nil, malformed(l.Name, "the manifest lists it, and it is missing")
		}
		f, err := readFile(list[at])
		if err != nil {
			return nil, err
		}
		fs = append(fs, f)
	}
	return fs, checkManifest(fs)
}

// damaged is what a checksum tells of one file in the archive.
func damaged(name string, err error) error {
	if k := entente.KindOf(err); k != nil && k != entente.Invalid {
		return err // the disk cannot be read
	}
	return &entente.Error{Kind: entente.Invalid, Field: name, Detail: "the file is damaged: its checksum does not hold", Hint: "fetch the evidence again, or ask for it again", Reason: entente.ReasonMalformed, Cause: err}
}
