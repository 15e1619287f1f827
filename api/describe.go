package api

import (
	"maps"

	"github.com/danielgtaylor/huma/v2"

	"entente"
)

// The document needs a word for every object, and for the fields of the root
// nouns, whose meaning stands there in comments. A test holds that nothing is
// without one.

var objects = joined(messageObjects, peopleObjects)

var messageObjects = map[string]string{
	"AccessEntry":       "Who looked at or did what, and why.",
	"Acknowledgement":   "A person has seen the message; it says nothing of what will come of it.",
	"Agreement":         "What named parties may exchange, and how far it is open.",
	"Answer":            "Answers one question, or refuses to.",
	"Assessment":        "What an officer notes at home on a message.",
	"AssessmentChange":  "What an officer makes of a message.",
	"Attachment":        "A file that belongs to a message.",
	"Birth":             "One claim of when and where a subject was born.",
	"Caveats":           "The handling limits that travel with the content.",
	"Claim":             "One stated fact or assessment with its own grading.",
	"Contact":           "How people of a party are reached.",
	"Content":           "What is to be said: one body, the one that kind names.",
	"Credential":        "One way in which the officer can sign in.",
	"Decision":          "What an agreement says of a message.",
	"Disposition":       "What came of a message.",
	"Document":          "A travel or identity document.",
	"Draft":             "A message on its way out.",
	"DraftChange":       "What replaces what a draft says.",
	"Finding":           "What one clause said.",
	"Flaw":              "One field that is wrong.",
	"Handover":          "To whom a message is given.",
	"Header":            "The part of a message that stands outside the seal.",
	"Identifier":        "A phone number, address or handle of a subject.",
	"Invitation":        "Lets an officer set his first password or passkey, once.",
	"Item":              "A message with where it stands.",
	"Label":             "What an officer calls a token.",
	"Ledger":            "The newest state of one ledger.",
	"LedgerCheck":       "What one ledger proved of itself.",
	"LevelChange":       "One party's declaration of how far an agreement is open.",
	"LevelDeclaration":  "How far we keep an agreement open.",
	"LevelDeclared":     "What came of a declaration.",
	"PairLevel":         "How far an agreement is open between us and a partner.",
	"HeldMail":          "What a level has held of one channel.",
	"HeldItem":          "One held message.",
	"HeldDecision":      "Names held mail.",
	"Line":              "The connection to one partner.",
	"Link":              "How two subjects of a message stand to each other.",
	"Message":           "A message with all that belongs to it.",
	"Name":              "One spelling of a person's name, in the script in which it was written.",
	"NewDraft":          "A message to be written.",
	"Note":              "Word between desks.",
	"Notice":            "Tells a partner of a fact about the sender or the exchange itself.",
	"Obligation":        "What one party owes another, by when, under which clause.",
	"Lost":              "Stands for a message of ours that was lost in a restore.",
	"Met":               "Which answer meets an obligation, and when it does.",
	"Underway":          "An answer that its addressee has not receipted.",
	"OutageDeclaration": "Says that our node could not be reached for a time.",
	"Officer":           "A person of this party.",
	"OfficerChange":     "What an operator says of an officer.",
	"OfficerSet":        "What came of a change of an officer.",
	"Redemption":        "Uses an invitation.",
	"SeenChange":        "What a supervisor or an overseer was shown.",
	"Waiting":           "What an operator asked for about an officer and nobody has confirmed yet.",
	"Partner":           "A party with the line to it.",
	"Party":             "An agency with a node, as its descriptor says.",
	"PasswordChange":    "A new password, against the one so far.",
	"Place":             "Where: a name, and a geometry when it is known.",
	"Post":              "Another message of a thread.",
	"Problem":           "What went wrong and what to do next (RFC 9457).",
	"Progress":          "How far a message has come: released, delivered, seen, decided.",
	"Proposal":          "A draft with all that its author and its releaser must see.",
	"Provenance":        "The sender's attestation of where the information comes from.",
	"Question":          "Asks something of the recipient.",
	"QueueItem":         "An envelope that has no receipt yet.",
	"QueueState":        "What waits for partners and what they refused.",
	"Receipt":           "The recipient's promise that it holds an envelope, at this place of the ledger.",
	"Extension":         "A member that a later version, or a partner's own software, adds.",
	"Refusal":           "A signed word that an envelope was not accepted, and why.",
	"Seen":              "Which bytes a releaser was shown.",
	"Sent":              "A message that has left, or waits for a second officer.",
	"SignIn":            "What opens a command line.",
	"Statement":         "What a message says, with its files.",
	"Status":            "How the node is; no content.",
	"Subject":           "Whom a message is about.",
	"TearLine":          "The part of a tip that may be shown further than the rest.",
	"Text":              "A text that an officer writes.",
	"Tip":               "A warning: what one party knows or suspects and another should know.",
	"Token":             "Signs a command line in until it lapses or is revoked.",
	"SignedIn":          "A token that a command line has just signed in with, and what says so next time.",
	"Unpacked":          "What was in a courier file.",
	"Value":             "One value that decided.",
	"Version":           "Which version of a thing an officer saw.",
	"Why":               "The reason of an act.",
	"Withheld":          "Points to material that exists and is not sent.",
}

// word of a field: what it means, an example, and its closed list where the
// root package keeps one beside a plain string.
type fieldWord struct {
	about   string
	example any
	of      []string
}

var fields = joined(messageFields, peopleFields)

func joined[V any](a, b map[string]V) map[string]V {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

var messageFields = map[string]fieldWord{
	"Acknowledgement.role": {about: "Of the person who has seen it; the person is not named."},

	"Answer.question": {about: "The id of the question, in the message answered.", example: "q1"},
	"Answer.text":     {about: "The answer.", example: "Yes: on 21 January, by air."},
	"Answer.refused":  {about: "Why it is not answered; one of the two is present.", example: "the source would be known"},

	"Birth.id":    {about: "Within the message.", example: "b1"},
	"Birth.date":  {about: "As far as it is known."},
	"Birth.place": {about: "Where.", example: "Tolvik, XB"},

	"Caveats.purposes": {about: "Use only for these; absent: those of the agreement."},
	"Caveats.until":    {about: "Not to be used after it."},

	"Claim.id":      {about: "Within the message.", example: "c1"},
	"Claim.subject": {about: "The id of a subject of this message.", example: "s1"},
	"Claim.text":    {about: "What is claimed.", example: "He has looked for a way to the north."},

	"Disposition.reason":  {about: "Why it came to that.", example: "Interviewed; no link to the groups of schedule A."},
	"Disposition.credit":  {about: "What the tip led to, if the recipient may say so.", example: "an arrest in Ostvik"},
	"Disposition.answers": {about: "One for each question of the tip."},

	"Document.type":    {about: "What it is.", example: "passport", of: entente.DocumentTypes},
	"Document.number":  {about: "As printed.", example: "XB1234567"},
	"Document.country": {about: "Who issued it."},

	"Header.version":      {about: "Of the protocol.", example: 1},
	"Header.epoch":        {about: "Of the agreement.", example: 1},
	"Header.seq":          {about: "Place in the channel's ledger, from 0.", example: 41},
	"Header.created":      {about: "When it was sealed."},
	"Header.expires":      {about: "Not to be accepted from then on; absent: it never expires."},
	"Header.from":         {about: "The sender."},
	"Header.to":           {about: "The recipient."},
	"Header.from_edition": {about: "The edition of the sender's descriptor whose key signed it."},
	"Header.to_edition":   {about: "The edition of the recipient's descriptor to whose key it is sealed."},
	"Header.terms":        {about: "The text of the agreement, by its digest."},
	"Header.content":      {about: "The commitment to every part of what is said."},
	"Header.extensions":   {about: "What later versions and others' software added."},
	"Extension.name":      {about: "A word of the protocol, or x- and a domain name.", example: "x-albia.example"},
	"Extension.critical":  {about: "Whoever does not know it cannot judge what carries it."},
	"Extension.value":     {about: "At most 4096 bytes."},

	"Identifier.kind":  {about: "What it is.", example: "phone", of: entente.IdentifierKinds},
	"Identifier.value": {about: "As the sender knows it.", example: "+999 1 555 0142"},

	"Link.from": {about: "The id of a subject of this message.", example: "s1"},
	"Link.to":   {about: "The id of another.", example: "s2"},
	"Link.as":   {about: "How the first stands to the second.", example: "travels with"},

	"Name.text":   {about: "The name, as it was written.", example: "Арсен Кадаев"},
	"Name.script": {about: "ISO 15924 code.", example: "Cyrl"},
	"Name.use":    {about: "What it is to its bearer; absent: the full name.", example: "full", of: entente.NameUses},

	"Note.text": {about: "The note.", example: "The calls are being transcribed. More on Monday."},

	"Notice.reason":     {about: "level: why.", example: "talks have broken off"},
	"Notice.edition":    {about: "key: the edition of the new descriptor.", example: 2},
	"Notice.descriptor": {about: "key: the new descriptor (C2SP signed-note)."},
	"Notice.number":     {about: "level: one more with each declaration of the sender to the recipient.", example: 1},
	"Notice.place":      {about: "withdrawn: the place of the message that the sender takes back.", example: 41},
	"Notice.digest":     {about: "custody: the file; withdrawn: the record at the place."},
	"Notice.from":       {about: "outage: since when the sender's node could not be reached."},
	"Notice.until":      {about: "outage: until when."},
	"Notice.held":       {about: "custody: since when the sender holds it whole and verified."},

	"Place.name":     {about: "What people call it.", example: "Ostvik harbour"},
	"Place.geometry": {about: "A GeoJSON geometry (RFC 7946): Point, LineString, Polygon or a Multi of them.", example: map[string]any{"type": "Point", "coordinates": []any{24.94, 60.17}}},

	"Provenance.attestation": {about: "What the sender attests of how it was obtained.", example: "lawful", of: entente.Attestations},
	"Provenance.text":        {about: "In the sender's words.", example: "From a person in a position to know."},
	"Provenance.collected":   {about: "When, as the sender wrote it.", example: "2010-12 to 2011-02"},

	"Question.id":   {about: "Within the message.", example: "q1"},
	"Question.text": {about: "The question.", example: "Will he travel to our north?"},

	"Subject.id":            {about: "Within the message.", example: "s1"},
	"Subject.names":         {about: "Every spelling that is known."},
	"Subject.births":        {about: "Claims, often more than one."},
	"Subject.nationalities": {about: "As far as known."},
	"Subject.residence":     {about: "Where he lives.", example: "Ostvik, XA"},
	"Subject.documents":     {about: "Travel and identity documents."},
	"Subject.identifiers":   {about: "Phone numbers, addresses, handles."},

	"TearLine.text": {about: "What may be shown further.", example: "A public event in Ostvik may be at risk."},

	"Tip.category":  {about: "Under the sender's own definition.", example: "attack-planning"},
	"Tip.title":     {about: "One line for the inbox.", example: "Possible attack on the harbour festival"},
	"Tip.text":      {about: "The warning in the sender's words and script.", example: "We warn of a person who has changed since 2010."},
	"Tip.threat":    {about: "Who is in danger of what; needed when the purpose is threat-to-life.", example: "visitors of the harbour festival"},
	"Tip.subjects":  {about: "None: a place, a thing, a foreboding."},
	"Tip.claims":    {about: "What is stated, each with its grading."},
	"Tip.links":     {about: "How subjects stand to each other."},
	"Tip.places":    {about: "Where."},
	"Tip.questions": {about: "Each is to be answered, or refused with a reason."},
	"Tip.withheld":  {about: "What exists and is not sent."},

	"Withheld.what": {about: "What exists.", example: "recordings of three telephone calls"},
	"Withheld.ask":  {about: "How, and under what condition, it may be had.", example: "by a request from your prosecutor"},
}

// describe puts the word of a field on its schema.
func describe(p *huma.Schema, w fieldWord) {
	p.Description = w.about
	if w.example != nil {
		p.Examples = []any{w.example}
	}
	for _, v := range w.of {
		p.Enum = append(p.Enum, v)
	}
	p.PrecomputeMessages()
}
