// Package courier reads and writes the file that carries post between two
// parties with no network between them: the same envelopes, receipts and
// refusals as on the wire, signed as a whole, and the age files that go with
// them.
package courier

import (
	"bytes"
	"encoding/base64"
	"io"
	"time"

	"entente"
	"entente/parse"
	"entente/seal"
)

// MaxManifest bounds the post of one file in bytes, without its age files.
const MaxManifest = 256 << 20

// MaxFiles bounds the age files of one file: an archive has at most 1000 entries.
const MaxFiles = 998

// signContext is the first part of what is signed.
const signContext = "entente/1 courier"

// Pouch is the post from one party to another.
type Pouch struct {
	From, To    entente.PartyID
	Made        time.Time
	Descriptors [][]byte       // the sender's later editions, oldest first: a recipient that lacks one learns of it here
	Ends        [][]byte       // the sender's end notes of its channels to the recipient
	Signer      entente.Digest // the edition of the sender that signed; Open sets it
	Deliveries  []entente.Delivery
	Settlements []entente.Settlement
	Heads       []entente.LedgerHead // where the ledgers between the two stand at the sender, with the tails of the recipient's own
	Files       []File
}

// File is an age file in the pouch.
type File struct {
	Digest entente.Digest
	Size   int64
	Open   func() (io.ReadCloser, error)
}

// manifest is the pouch as it is signed.
type manifest struct {
	Version     int             `json:"version"` // 1
	From        entente.PartyID `json:"from"`
	To          entente.PartyID `json:"to"`
	Made        time.Time       `json:"made"`
	Descriptors [][]byte        `json:"descriptors,omitzero"`
	Ends        [][]byte        `json:"ends,omitzero"`
	Deliveries  []delivery      `json:"deliveries,omitzero"`
	Settlements []settlement    `json:"settlements,omitzero"`
	Heads       []head          `json:"heads,omitzero"`
	Files       []file          `json:"files,omitzero"`
}

type delivery struct {
	Envelope   []byte           `json:"envelope"`
	Checkpoint []byte           `json:"checkpoint"`
	Before     []entente.Digest `json:"before,omitzero"`
	First      []byte           `json:"first,omitzero"` // the recipient's own first receipt
	Ends       [][]byte         `json:"ends,omitzero"`
}

type settlement struct {
	Envelope entente.Digest `json:"envelope"`
	Receipt  []byte         `json:"receipt,omitzero"`
	Refusal  []byte         `json:"refusal,omitzero"`
}

type head struct {
	Origin     string           `json:"origin"`
	Size       int64            `json:"size"`
	Checkpoint []byte           `json:"checkpoint,omitzero"`
	Cosigned   []byte           `json:"receipt,omitzero"`
	Tail       []entente.Digest `json:"tail,omitzero"`
	Lacks      []int64          `json:"lacks,omitzero"`
}

type file struct {
	Digest entente.Digest `json:"digest"`
	Size   int64          `json:"size"`
}

// Write writes a pouch, signed by its sender's message key.
func Write(w io.Writer, p Pouch, by seal.MessageKey) error {
	m := manifest{Version: 1, From: p.From, To: p.To, Made: p.Made.UTC().Truncate(time.Microsecond), Descriptors: p.Descriptors, Ends: p.Ends}
	for _, d := range p.Deliveries {
		m.Deliveries = append(m.Deliveries, delivery(d))
	}
	for _, s := range p.Settlements {
		m.Settlements = append(m.Settlements, settlement(s))
	}
	for _, h := range p.Heads {
		m.Heads = append(m.Heads, head(h))
	}
	var files []parse.File
	for _, f := range p.Files {
		m.Files = append(m.Files, file{f.Digest, f.Size})
		files = append(files, parse.File{Name: fileName(f.Digest), Size: f.Size, Open: f.Open})
	}
	text, err := parse.Encode(m)
	if err != nil {
		return err
	}
	if len(text) > MaxManifest || len(files) > MaxFiles {
		return &entente.Error{Kind: entente.Invalid, Detail: "this is too much for one courier file", Hint: "pack it in parts"}
	}
	signature := base64.StdEncoding.EncodeToString(seal.Sign(by, signContext, text)) + "\n"
	return parse.WriteArchive(w, append([]parse.File{memory("manifest.json", text), memory("manifest.sig", []byte(signature))}, files...))
}

func fileName(d entente.Digest) string { return "files/" + d.String() }

func memory(name string, b []byte) parse.File {
	return parse.File{Name: name, Size: int64(len(b)), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
}

// Claim is what a pouch says of its sender before anything is verified.
type Claim struct {
	From        entente.PartyID
	Made        time.Time
	Descriptors [][]byte // notes, oldest first
}

// How many editions and end notes a pouch carries at most.
const (
	maxDescriptors = 16
	maxEnds        = 512
)

// Open reads a pouch for the party self and checks that its sender signed
// exactly this. senders gives the editions of the sender's descriptor whose
// message key may have signed. The files' contents are checked by whoever keeps
// them, against their digests.
func Open(r io.ReaderAt, size int64, self entente.PartyID, senders func(Claim) ([]entente.Party, error)) (Pouch, error) {
	var p Pouch
	files, err := parse.ReadArchive(r, size)
	if err == nil && (len(files) < 2 || files[0].Name != "manifest.json" || files[1].Name != "manifest.sig") {
		err = invalid("", "this is not a courier file")
	}
	if err != nil {
		return p, another(r, size, err)
	}
	text, err := read(files[0], MaxManifest)
	if err != nil {
		return p, err
	}
	signature, err := read(files[1], 256)
	if err != nil {
		return p, err
	}
	m, err := parse.Canonical[manifest](text, MaxManifest)
	if err != nil {
		return p, err
	}
	if err := m.check(self, files[2:]); err != nil {
		return p, err
	}
	editions, err := senders(Claim{m.From, m.Made, m.Descriptors})
	if err != nil {
		return p, err
	}
	sig, err := base64.StdEncoding.Strict().DecodeString(string(bytes.TrimSuffix(signature, []byte("\n"))))
	if err != nil || base64.StdEncoding.EncodeToString(sig)+"\n" != string(signature) {
		return p, invalid("manifest.sig", "the signature is not in its form")
	}
	err = invalid("from", "no descriptor of the sender counts for this file")
	for _, from := range editions {
		if err = seal.Verify(from, signContext, sig, text); err == nil {
			p = m.pouch(files[2:])
			p.Signer = parse.EditionOf(from)
			return p, nil
		}
	}
	return p, err
}

func (m manifest) check(self entente.PartyID, files []parse.File) error {
	switch {
	case m.Version != 1:
		return invalid("version", "this courier file is of a version that is not known here")
	case m.To != self:
		return notFor(m.To)
	case len(m.Files) != len(files):
		return invalid("files", "the list of files and the files differ")
	}
	if _, err := entente.ParsePartyID(string(m.From)); err != nil {
		return invalid("from", "the sender's id is not in its form")
	}
	if len(m.Descriptors) > maxDescriptors {
		return invalid("descriptors", "there are too many")
	}
	for _, d := range m.Descriptors {
		if len(d) > parse.MaxDescriptor {
			return invalid("descriptors", "one is too large")
		}
	}
	if len(m.Ends) > maxEnds {
		return invalid("ends", "there are too many")
	}
	for _, e := range m.Ends {
		if len(e) > seal.MaxEndNote {
			return invalid("ends", "one is too large")
		}
	}
	for i, f := range m.Files {
		if files[i].Name != fileName(f.Digest) || files[i].Size != f.Size {
			return invalid("files", "the list of files and the files differ")
		}
	}
	for _, s := range m.Settlements {
		if (len(s.Receipt) == 0) == (len(s.Refusal) == 0) {
			return invalid("settlements", "each has a receipt or a refusal, and not both")
		}
	}
	return nil
}

// notFor names the recipient only where that is a name: nobody has signed for it yet.
func notFor(to entente.PartyID) error {
	if _, err := entente.ParsePartyID(string(to)); err != nil {
		return invalid("to", "the recipient's id is not in its form")
	}
	return invalid("to", "this courier file is for "+string(to))
}

func (m manifest) pouch(files []parse.File) Pouch {
	p := Pouch{From: m.From, To: m.To, Made: m.Made, Descriptors: m.Descriptors, Ends: m.Ends}
	for _, d := range m.Deliveries {
		p.Deliveries = append(p.Deliveries, entente.Delivery(d))
	}
	for _, s := range m.Settlements {
		p.Settlements = append(p.Settlements, entente.Settlement(s))
	}
	for _, h := range m.Heads {
		p.Heads = append(p.Heads, entente.LedgerHead(h))
	}
	for i, f := range m.Files {
		p.Files = append(p.Files, File{f.Digest, f.Size, files[i].Open})
	}
	return p
}

func read(f parse.File, most int64) ([]byte, error) {
	if f.Size > most {
		return nil, invalid(f.Name, "it is too large")
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

func invalid(field, detail string) error {
	return &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail, Hint: "ask the partner for the file again", Reason: entente.ReasonMalformed}
}
