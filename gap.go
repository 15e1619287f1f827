package entente

import "time"

// Gap is a place of a partner's ledger whose record is known here and whose
// envelope is not filed: the sender has put a later message before it, the
// envelope cannot be taken yet, or the sender has withdrawn it. The envelope with
// that record is taken whenever it comes; then the place is filled and forgotten.
type Gap struct {
	Origin string
	Seq    int64
	State  GapState
	Why    Reason // put off: why
	Since  time.Time
}

// GapState says why a known place has no message.
type GapState string

const (
	GapKnown     GapState = "known"     // only the record came, with a later delivery
	GapPutOff    GapState = "put off"   // the envelope came and cannot be taken yet
	GapWithdrawn GapState = "withdrawn" // the sender takes it back
)
