package sqlstore

// The tables, each with its key first.
var (
	partyTable      = newTable("party", 2, "id edition body note added checked")
	agreementTable  = newTable("agreement", 2, "id epoch terms body note signed complete added")
	keyTable        = newTable("party_key", 1, "key party role edition")
	termsTable      = newTable("signed_terms", 2, "agreement epoch terms at")
	levelTable      = newTable("level_change", 3, "agreement party message partner level towards number seq at")
	outageTable     = newTable("outage", 1, "notice agreement party partner began ended")
	lostTable       = newTable("lost", 2, "partner id name agreement sender recipient seq digest found")
	draftTable      = newTable("draft", 1, "id version state author recipient agreement expires returned created changed statement payload")
	messageTable    = newTable("message", 1, "id wire direction thread kind partner agreement precedence created at digest author releaser clause header sealed signature checkpoint payload secret")
	assessmentTable = newTable("assessment", 1, "message version officer body changed")
	receiptTable    = newTable("receipt", 1, "message agreement sender recipient seq envelope edition via at body")
	refusalTable    = newTable("refusal", 2, "direction digest party edition agreement sender recipient message envelope reason field expected placed final at body")
	ledgerTable     = newTable("ledger", 1, "origin size checkpoint cosigned")
	recordTable     = newTable("ledger_record", 2, "origin place digest")
	hashTable       = newTable("ledger_hash", 2, "origin place digest")
	endTable        = newTable("end_note", 2, "origin number owner added state accepted consent note")
	voidTable       = newTable("void", 1, "message origin seq number at")
	gapTable        = newTable("gap", 2, "origin seq state why since")
	queueTable      = newTable("queue", 1, "message partner agreement sender recipient seq precedence queued state why since again seen")
	lineTable       = newTable("line", 1, "partner next_try attempts last_error contact compared blocked skew")
	fileTable       = newTable("attachment", 1, "handle digest size held message partner draft complete")
	pieceTable      = newTable("piece", 2, "handle start body")
	officerTable    = newTable("officer", 1, "id name role added disabled")
	credentialTable = newTable("credential", 1, "id officer kind label data added used")
	sessionTable    = newTable("session", 1, "token officer created seen expires")
	fleetingTable   = newTable("fleeting", 1, "key kind place data expires")
	accessTable     = newTable("access", 1, "seq entry thing")
	settingTable    = newTable("setting", 1, "name value")
	holdingTable    = newTable("holding", 1, "id source since changed removed body")
	editionTable    = newTable("edition", 2, "source number body")
	asideTable      = newTable("edition_aside", 3, "source number place body")
	eventTable      = newTable("event", 1, "id stored feed place sent body")
	feedingTable    = newTable("feeding", 1, "id at body")
	fedAsideTable   = newTable("feeding_aside", 2, "feeding place body")
	watchTable      = newTable("watch", 1, "id version ended opened body")
	caseTable       = newTable("casefile", 1, "id version state body")
	linkTable       = newTable("case_message", 2, "message casefile")
	entryTable      = newTable("case_entry", 2, "casefile seq body")
	flagTable       = newTable("flag", 1, "id casefile at body")
	hitTable        = newTable("hit", 1, "id target_kind target event message subject was task at body")
	clearingTable   = newTable("clearing", 1, "id target_kind target at body")
	taskTable       = newTable("task", 1, "id version kind owner target_kind target casefile decided due body")
	unscreenedTable = newTable("unscreened", 1, "message at")
	deedTable       = newTable("deed", 2, "key step request result at")
	lookBackTable   = newTable("look_back", 2, "target target_kind at pass")
)

// checked are all tables whose rows carry a check value. A lease is none: it is
// asked about and never read, and lapses within the minute.
var checked = []*table{
	partyTable, keyTable, agreementTable, termsTable, levelTable, outageTable, lostTable, draftTable, messageTable, assessmentTable, receiptTable, refusalTable,
	ledgerTable, recordTable, hashTable, gapTable, endTable, voidTable, queueTable, lineTable, fileTable, pieceTable,
	officerTable, credentialTable, sessionTable, fleetingTable, accessTable, settingTable,
	holdingTable, editionTable, asideTable, eventTable, feedingTable, fedAsideTable, watchTable,
	caseTable, linkTable, entryTable, flagTable, hitTable, clearingTable, taskTable, unscreenedTable, lookBackTable, deedTable,
}
