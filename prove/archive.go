package prove

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"entente"
	"entente/ledger"
	"entente/parse"
)

// The names in evidence.zip, in the order in which they stand.
const (
	nameManifest   = "manifest.json"
	nameEnvelope   = "envelope.json"
	nameCheckpoint = "checkpoint.txt"
	namePlace      = "place.txt"
	nameReceipt    = "receipt.txt"
	nameRefusal    = "refusal.txt"
	nameParts      = "parts.json"
	nameAgreement  = "agreement.txt"
	dirParties     = "parties/" // <party>-<edition>.txt
	dirLater       = "later/"   // 001.txt
)

// Bounds of evidence.zip. Every later checkpoint may be tried under every pair
// of editions, so that few of each keep a check short, whoever made the file.
const (
	maxParties  = 64 // descriptor notes
	maxLater    = 128
	maxManifest = 128 << 10
	maxEnvelope = 8 << 10
	maxNote     = parse.MaxAgreement + 64<<10 // a text and its signature lines
)

// file is one file of evidence.zip.
type file struct {
	name string
	data []byte
}

// envelopeFile is an envelope without its sealed bytes.
type envelopeFile struct {
	Header    []byte         `json:"header"`
	Sealed    entente.Digest `json:"sealed"`
	Signature []byte         `json:"signature"`
}

// files lays the evidence out, manifest first.
func (e Evidence) files() ([]file, error) {
	var fs []file
	add := func(name string, data []byte) {
		if len(data) > 0 {
			fs = append(fs, file{name, data})
		}
	}
	envelope, err := parse.Encode(envelopeFile{e.Header, e.Sealed, e.Signature})
	if err != nil {
		return nil, err
	}
	add(nameEnvelope, envelope)
	add(nameCheckpoint, e.Checkpoint)
	add(namePlace, e.Place)
	add(nameReceipt, e.Receipt)
	add(nameRefusal, e.Refusal)
	add(nameParts, e.Parts)
	add(nameAgreement, e.Agreement)
	for _, note := range slices.Concat(e.Sender, e.Recipient, e.Others) {
		name, err := partyName(note)
		if err != nil {
			return nil, err
		}
		add(name, note)
	}
	for i, text := range e.Later {
		add(laterName(i), text)
	}
	m, err := manifestOf(fs)
	if err != nil {
		return nil, err
	}
	return append([]file{{nameManifest, m}}, fs...), nil
}

// partyName names the file of a descriptor by what stands in it.
func partyName(note []byte) (string, error) {
	text, _, _ := bytes.Cut(note, []byte("\n\n— "))
	p, err := parse.Party(append(text, '\n'))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s%s-%d.txt", dirParties, p.ID, p.Edition), nil
}

func laterName(i int) string { return fmt.Sprintf("%s%03d.txt", dirLater, i+1) }

func archived(fs []file) []parse.File {
	out := make([]parse.File, len(fs))
	for i, f := range fs {
		out[i] = parse.FileOf(f.name, f.data)
	}
	return out
}

// readFiles reads an archive whole: its form, the size of each file, and the
// digests of the manifest.
func readFiles(r io.ReaderAt, size int64) ([]file, error) {
	list, err := parse.ReadArchive(r, size)
	if err != nil {
		return nil, err
	}
	if len(list) > 1+10+maxParties+maxLater {
		return nil, malformed("", "it holds too many files")
	}
	fs := make([]file, len(list))
	for i, f := range list {
		if fs[i], err = readFile(f); err != nil {
			return nil, err
		}
	}
	return fs, checkManifest(fs)
}

func readFile(f parse.File) (file, error) {
	limit := limitOf(f.Name)
	switch {
	case limit == 0:
		return file{}, malformed("", "it holds a file that does not belong to evidence")
	case f.Size == 0 || f.Size > limit:
		return file{}, malformed(f.Name, "the file is empty or larger than it may be")
	}
	data, err := f.Bytes(limit)
	if err != nil {
		return file{}, damaged(f.Name, err)
	}
	return file{f.Name, data}, nil
}

// limitOf gives the most bytes that a file of this name may have; 0: no such file.
func limitOf(name string) int64 {
	switch name {
	case nameManifest:
		return maxManifest
	case nameEnvelope:
		return maxEnvelope
	case nameCheckpoint:
		return ledger.MaxCheckpoint
	case namePlace, nameReceipt:
		return ledger.MaxReceipt
	case nameRefusal:
		return parse.MaxRefusal + 1<<10
	case nameParts:
		return parse.MaxShowing
	case nameAgreement:
		return maxNote
	}
	switch {
	case strings.HasPrefix(name, dirParties):
		return parse.MaxDescriptor + 1<<10
	case strings.HasPrefix(name, dirLater):
		return ledger.MaxLink
	}
	return 0
}

// gather sorts the files of an archive into evidence. Whether each stands in its
// place is seen at the end, when the evidence is laid out again.
func gather(fs []file) (Evidence, error) {
	var e Evidence
	var header entente.Header
	for _, f := range fs {
		switch f.name {
		case nameManifest:
		case nameEnvelope:
			left, err := parse.Canonical[envelopeFile](f.data, maxEnvelope)
			if err == nil {
				header, err = parse.Header(left.Header)
			}
			if err != nil {
				return e, in(nameEnvelope, err)
			}
			e.Header, e.Sealed, e.Signature = left.Header, left.Sealed, left.Signature
		case nameCheckpoint:
			e.Checkpoint = f.data
		case namePlace:
			e.Place = f.data
		case nameReceipt:
			e.Receipt = f.data
		case nameRefusal:
			e.Refusal = f.data
		case nameParts:
			e.Parts = f.data
		case nameAgreement:
			e.Agreement = f.data
		default:
			e.take(f, header)
		}
	}
	return e, nil
}

// take sorts a file of one of the two folders.
func (e *Evidence) take(f file, h entente.Header) {
	party, isParty := strings.CutPrefix(f.name, dirParties)
	if !isParty {
		e.Later = append(e.Later, f.data)
		return
	}
	id := entente.PartyID(party[:max(0, strings.LastIndexByte(party, '-'))])
	switch id {
	case h.From:
		e.Sender = append(e.Sender, f.data)
	case h.To:
		e.Recipient = append(e.Recipient, f.data)
	default:
		e.Others = append(e.Others, f.data)
	}
}
