package parse

import (
	"bytes"
	"encoding/binary"
	"io"

	"entente"
)

// entry is a file of an archive as its headers describe it. From the entries
// alone follow all bytes of an archive but the content of the files: what is
// read is compared with what would be written, and no field needs a rule.
//
// Sections are those of APPNOTE.TXT 6.3.10, the specification of ZIP.
type entry struct {
	name   string
	size   uint64
	crc    uint32
	offset uint64 // of the local header
}

const (
	localSize    = 30
	centralSize  = 46
	endSize      = 22
	end64Size    = 56
	locatorSize  = 20
	zip64Tag     = 1
	versionPlain = 10 // 4.4.3: stored files
	version64    = 45 // sizes or places of 4 GiB and more
	firstDay     = 1<<5 | 1
	over32       = 0xffffffff // 4.4.8: look in the ZIP64 field
)

// place computes where each entry stands.
func place(entries []entry) {
	var at uint64
	for i := range entries {
		entries[i].offset = at
		at += uint64(len(entries[i].local())) + entries[i].size
	}
}

// local is the header before the content (4.3.7).
func (e entry) local() []byte {
	b := le32(nil, 0x04034b50)
	b = le16(b, version(e.size))
	b = e.common(b)
	extra := e.sizes64()
	b = le16(b, uint16(len(extra)))
	b = append(b, e.name...)
	return append(b, extra...)
}

// common is what both headers of a file share: flags, method, time, date,
// checksum, sizes and the length of the name.
func (e entry) common(b []byte) []byte {
	b = le16(b, 0, 0, 0, firstDay) // 1980-01-01, the zero of ZIP's calendar
	b = le32(b, e.crc, clip(e.size), clip(e.size))
	return le16(b, uint16(len(e.name)))
}

// sizes64 is the ZIP64 field of the local header (4.5.3), if one is needed.
func (e entry) sizes64() []byte {
	if e.size < over32 {
		return nil
	}
	return le64(le16(nil, zip64Tag, 16), e.size, e.size)
}

// central is the header in the directory (4.3.12).
func (e entry) central() []byte {
	var over []byte
	if e.size >= over32 {
		over = le64(over, e.size, e.size)
	}
	if e.offset >= over32 {
		over = le64(over, e.offset)
	}
	extra := over
	if len(over) > 0 {
		extra = append(le16(nil, zip64Tag, uint16(len(over))), over...)
	}
	b := le32(nil, 0x02014b50)
	b = le16(b, version(max(e.size, e.offset)), version(max(e.size, e.offset)))
	b = e.common(b)
	b = le16(b, uint16(len(extra)), 0, 0, 0) // no comment, disk 0, no attributes
	b = le32(b, 0, clip(e.offset))
	b = append(b, e.name...)
	return append(b, extra...)
}

// tail is all that follows the last file: the directory and its end (4.3.12 to 4.3.16).
func tail(entries []entry) []byte {
	var b []byte
	for _, e := range entries {
		b = append(b, e.central()...)
	}
	last := entries[len(entries)-1]
	start := last.offset + uint64(len(last.local())) + last.size
	size, n := uint64(len(b)), uint64(len(entries))
	if start < over32 {
		b = le32(b, 0x06054b50)
		b = le16(b, 0, 0, uint16(n), uint16(n))
		b = le32(b, uint32(size), uint32(start))
		return le16(b, 0)
	}
	b = le32(b, 0x06064b50)
	b = le64(b, end64Size-12)
	b = le16(b, version64, version64)
	b = le32(b, 0, 0)
	b = le64(b, n, n, size, start)
	b = le32(b, 0x07064b50, 0)
	b = le64(b, start+size)
	b = le32(b, 1, 0x06054b50)
	b = le16(b, 0, 0, 0xffff, 0xffff)
	b = le32(b, over32, over32)
	return le16(b, 0)
}

// readTail reads the directory of an archive: from it the names, sizes and
// checksums, and from these what the directory must be.
func readTail(r io.ReaderAt, size int64) ([]entry, error) {
	bad := func(detail string) error { return archiveError("archive", detail, entente.ReasonMalformed) }
	if size < localSize+centralSize+endSize {
		return nil, bad("the file is too short for an archive")
	}
	start, err := directory(r, size)
	if err != nil {
		return nil, err
	}
	const longest = MaxFiles*(centralSize+maxFileName+28) + end64Size + locatorSize + endSize
	if start >= uint64(size) || uint64(size)-start > longest {
		return nil, bad("the file is not an archive, or it is cut off")
	}
	b := make([]byte, uint64(size)-start)
	if err := readAt(r, b, int64(start)); err != nil {
		return nil, err
	}
	var entries []entry
	for rest := b; bytes.HasPrefix(rest, []byte("PK\x01\x02")); {
		e, n := readCentral(rest)
		if n == 0 || len(entries) == MaxFiles {
			return nil, bad("the directory of the archive does not hold together")
		}
		entries, rest = append(entries, e), rest[n:]
	}
	if err := checkEntries(entries); err != nil {
		return nil, err
	}
	place(entries)
	last := entries[len(entries)-1]
	if !bytes.Equal(tail(entries), b) || last.offset+uint64(len(last.local()))+last.size != start {
		return nil, bad("the directory of the archive is not in canonical form")
	}
	for _, e := range entries {
		if e.size == 0 && e.crc != 0 {
			return nil, archiveError(e.name, "its checksum does not hold", entente.ReasonMalformed)
		}
	}
	return entries, nil
}

// directory finds where the directory starts.
func directory(r io.ReaderAt, size int64) (uint64, error) {
	end := make([]byte, endSize)
	if err := readAt(r, end, size-endSize); err != nil {
		return 0, err
	}
	start := uint64(binary.LittleEndian.Uint32(end[16:]))
	if start < over32 || size < endSize+locatorSize+end64Size {
		return start, nil
	}
	end = make([]byte, end64Size)
	if err := readAt(r, end, size-endSize-locatorSize-end64Size); err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint64(end[48:]), nil
}

// readCentral reads the first header of a directory and gives its length, or 0.
func readCentral(b []byte) (entry, int) {
	if len(b) < centralSize {
		return entry{}, 0
	}
	name, extra := int(binary.LittleEndian.Uint16(b[28:])), int(binary.LittleEndian.Uint16(b[30:]))
	n := centralSize + name + extra
	if len(b) < n {
		return entry{}, 0
	}
	e := entry{name: string(b[centralSize : centralSize+name]), crc: binary.LittleEndian.Uint32(b[16:]), size: uint64(binary.LittleEndian.Uint32(b[24:]))}
	if e.size == over32 && extra >= 12 {
		e.size = binary.LittleEndian.Uint64(b[centralSize+name+4:])
	}
	return e, n
}

func version(largest uint64) uint16 {
	if largest >= over32 {
		return version64
	}
	return versionPlain
}

func clip(n uint64) uint32 { return uint32(min(n, over32)) }

func le16(b []byte, vs ...uint16) []byte {
	for _, v := range vs {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	return b
}

func le32(b []byte, vs ...uint32) []byte {
	for _, v := range vs {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}

func le64(b []byte, vs ...uint64) []byte {
	for _, v := range vs {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	return b
}
