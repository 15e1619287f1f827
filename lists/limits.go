package lists

// Limits of what is read. Lists come from strangers: every one of them bounds
// memory, and what exceeds one is reported, never cut without a word.
const (
	MaxBytes   = 8 << 30    // of one file
	MaxRecords = 10_000_000 // of one import
	MaxRecord  = 1 << 20    // bytes of one record
	MaxFields  = 256        // of one row, and names of fields of one record
	MaxDepth   = 16         // of XML elements and JSON values in one record
	MaxJoined  = 256 << 20  // bytes that the side files of "ofac" may take in memory

	maxLines   = 100  // that one quoted row may span
	maxNodes   = 5000 // XML elements of one record
	maxTag     = 8192 // bytes of one XML tag outside records
	maxName    = 500  // bytes of a name, a place, an address, an identifier
	maxWord    = 100  // bytes of a document's number or a record's number
	maxMany    = 500  // names, births, documents … of one record
	maxRemarks = 256 << 10
	maxAsides  = 100 // reports of one record
	maxShown   = 200 // bytes of a report's text
	maxSpan    = 20  // years of "born between"
)
