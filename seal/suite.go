package seal

import "crypto/hpke"

// The one suite of HPKE (RFC 9180) that protocol version 1 has. The envelope
// does not name it: another suite would be another version.
var (
	kem  = hpke.MLKEM768X25519() // id 0x647a, draft-ietf-hpke-pq
	kdf  = hpke.HKDFSHA256()     // id 0x0001
	aead = hpke.AES256GCM()      // id 0x0002
	info = []byte("entente/1 envelope")
)
