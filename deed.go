package entente

import "time"

// Deed is an act that was done under a key: with it, a repeat of the request is
// answered and not done again. The node keeps no key, and without the key nothing
// here can be read or guessed.
type Deed struct {
	Key     Digest // of the officer and the key
	Step    int    // which act of the request, from 0
	Request Digest // of what was asked, mixed with the key
	Result  []byte // what the act gave, sealed with the key
	At      time.Time
}

// DeedLife is how long a repeat is recognised.
const DeedLife = 7 * 24 * time.Hour
