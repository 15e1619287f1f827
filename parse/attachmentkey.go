package parse

import (
	"strings"

	"entente"
)

// The key of an attachment is an age identity: 32 bytes in Bech32 (BIP 173), in
// capitals, under this human-readable part.
const (
	keyPart    = "AGE-SECRET-KEY-PQ-"
	keyPayload = 52 // symbols of five bits: 32 bytes, and four bits of zero
	keyCheck   = 6  // symbols of the checksum
	symbols    = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
)

// attachmentKey checks the form and the checksum of the key, before anything is
// signed that says that the message can be used.
func (c *checker) attachmentKey(p *path, k entente.AttachmentKey) {
	data, ok := strings.CutPrefix(string(k), keyPart+"1")
	if !ok || len(data) != keyPayload+keyCheck {
		c.bad(p, "it is not the key of an age file: "+keyPart+"1 and 58 letters or digits", "")
		return
	}
	sum := bech32(1, keyPart)
	for i := range len(data) {
		v := strings.IndexByte(symbols, data[i])
		if v < 0 || i == keyPayload-1 && v&0xf != 0 {
			c.bad(p, "it is not the key of an age file: it has a letter that such a key does not have", "")
			return
		}
		sum = polymod(sum, byte(v))
	}
	if sum != 1 {
		c.bad(p, "it is not the key of an age file: its checksum is wrong", "")
	}
}

// bech32 starts a checksum with the human-readable part, which counts in small
// letters.
func bech32(sum uint32, part string) uint32 {
	part = strings.ToLower(part)
	for i := range len(part) {
		sum = polymod(sum, part[i]>>5)
	}
	sum = polymod(sum, 0)
	for i := range len(part) {
		sum = polymod(sum, part[i]&31)
	}
	return sum
}

// polymod takes five more bits into a checksum (BIP 173).
func polymod(sum uint32, v byte) uint32 {
	top := sum >> 25
	sum = sum&0x1ffffff<<5 ^ uint32(v)
	for i, g := range [...]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
		if top>>i&1 == 1 {
			sum ^= g
		}
	}
	return sum
}
