package prove

import (
	"bytes"
	"errors"
	"io"

	"entente"
	"entente/parse"
)

// Evidence is all that the proof of one message rests on, byte for byte as it
// was signed.
type Evidence struct {
	// What is left of the envelope without its sealed bytes: who opens evidence
	// years later, with a stolen key, must not find in it what it withholds.
	Header    []byte         // the exact bytes
	Sealed    entente.Digest // of the sealed bytes
	Signature []byte         // by the sender over both

	// The place of the envelope in the sender's ledger: the sender's checkpoint of
	// size seq+1, or the text of ledger.ProvePlace. At most one of the two is
	// present, and no checkpoint beside a receipt, which has it in itself.
	Checkpoint []byte
	Place      []byte

	// What the recipient answered. At most one of the two is present.
	Receipt []byte
	Refusal []byte

	// Parts of what the message says, encoded; nil: all of it stays secret.
	Parts []byte

	// Descriptor notes, each party's oldest first: of the sender, of the
	// recipient, and of the agreement's other parties. Every edition is wanted
	// whose key signed something here, and every one between.
	Sender, Recipient, Others [][]byte

	Agreement []byte // the note, signed by every party

	// Texts of ledger.MakeLink: other checkpoints of the channel's ledger.
	Later [][]byte
}

// Write checks the evidence as Check does and writes evidence.zip. The same
// evidence gives the same bytes. What does not hold is not written.
func Write(w io.Writer, e Evidence) error {
	e.Others = byParty(e.Others)
	if _, err := verify(e); err != nil {
		return err
	}
	files, err := e.files()
	if err != nil {
		return err
	}
	return parse.WriteArchive(w, archived(files))
}

// Check verifies evidence.zip without any node. The report holds when the error
// is nil. Otherwise the error, and Report.Fault in words, says what is wrong, and
// the report proves nothing: a file that is wrong in one place is not to be
// quoted from in another.
func Check(r io.ReaderAt, size int64) (Report, error) {
	report, err := check(r, size)
	if err != nil {
		_, other := errors.AsType[*unjudged](err)
		return Report{Fault: fault(err), Unjudged: other}, err
	}
	return report, nil
}

func check(r io.ReaderAt, size int64) (Report, error) {
	files, repacked, err := readAny(r, size)
	if err != nil {
		return Report{}, err
	}
	e, err := gather(files)
	if err != nil {
		return Report{}, err
	}
	report, err := verify(e)
	if err != nil {
		return Report{}, err
	}
	if repacked {
		report.Repacked = true
		report.Remarks = append([]Line{{saysRepacked}}, report.Remarks...)
	}
	return report, sameFiles(e, files)
}

// sameFiles holds an archive to the one form that Write gives the evidence in it.
func sameFiles(e Evidence, files []file) error {
	again, err := e.files()
	if err != nil {
		return err
	}
	if len(again) != len(files) {
		return malformed("", "it holds another number of files than this evidence has")
	}
	for i, f := range files {
		if f.name != again[i].name || !bytes.Equal(f.data, again[i].data) {
			return malformed(f.name, "the file is not in its place or under its name")
		}
	}
	return nil
}

func malformed(name, detail string) error {
	return &entente.Error{
		Kind: entente.Invalid, Field: name, Detail: detail, Reason: entente.ReasonMalformed,
		Hint: "ask for the evidence again, as one file, and do not unpack or repack it",
	}
}
