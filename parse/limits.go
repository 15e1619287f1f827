package parse

// Sizes in bytes of what is read whole. Callers bound their readers with them
// before they hand over bytes.
const (
	MaxStatement  = 1 << 20
	MaxHeader     = 4 << 10
	MaxPlaintext  = maxPadded // the longest statement with its secret, filled up
	MaxEnvelope   = len(magic) + 2*lengthSize + MaxHeader + encSize + MaxPlaintext + tagSize + signatureSize
	MaxParts      = 1 << 16 // of a statement
	MaxShowing    = 4 << 20
	MaxRefusal    = 2 << 10
	MaxAccess     = 4 << 10
	MaxDescriptor = 64 << 10
	MaxAgreement  = 256 << 10
	MaxTipFile    = MaxStatement
)

// MaxSeq is the highest place of a channel, and MaxWhole the highest whole
// number of any other sort: what every language can hold exactly (RFC 8259, 6).
const (
	MaxSeq   = 1<<40 - 1
	MaxWhole = 1<<53 - 1
)

// MaxDepth is how deep JSON may nest. A statement needs eleven levels; the rest
// is room for later versions.
const MaxDepth = 32

// Limits of text, in bytes of UTF-8.
const (
	maxTitle    = 200
	maxLabel    = 200      // categories, roles, relations, names of files
	maxName     = 500      // names of people, places, agencies
	maxWord     = 100      // numbers of documents, codes
	maxSentence = 4 << 10  // a question, a threat, a reason
	maxClaim    = 16 << 10 // a claim, an answer
	maxText     = 64 << 10 // a warning, a note
)

// Limits of lists.
const (
	maxSubjects    = 200
	maxNames       = 50 // and births and documents of one subject
	maxIdentifiers = 100
	maxCountries   = 20
	maxClaims      = 1000
	maxLinks       = 1000
	maxPlaces      = 200
	maxPositions   = 10_000 // of one geometry
	maxQuestions   = 100
	maxWithheld    = 100
	maxPurposes    = 50
	maxAttachments = 64
	maxContacts    = 16
)
