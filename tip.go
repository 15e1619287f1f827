package entente

import "encoding/json"

// Tip is a warning: what one party knows or suspects and another should know.
type Tip struct {
	Category   string     `json:"category"`          // under the sender's own definition: "attack-planning"
	Title      string     `json:"title"`             // one line for the inbox
	Text       string     `json:"text"`              // the warning in the sender's words and script
	Threat     string     `json:"threat,omitzero"`   // who is in danger of what; required when the purpose is threat-to-life
	Subjects   []Subject  `json:"subjects,omitzero"` // none: a place, a thing, a foreboding
	Claims     []Claim    `json:"claims,omitzero"`
	Links      []Link     `json:"links,omitzero"`
	Places     []Place    `json:"places,omitzero"`
	Questions  []Question `json:"questions,omitzero"`
	Withheld   []Withheld `json:"withheld,omitzero"`
	Provenance Provenance `json:"provenance"`
	TearLine   *TearLine  `json:"tear_line,omitzero"`
}

func (*Tip) Kind() Kind { return KindTip }

// Headline is the line that its author wrote for the inbox.
func (t *Tip) Headline() string { return t.Title }

// Claim is one stated fact or assessment with its own grading.
type Claim struct {
	ID      string `json:"id"`               // within the message: "c1"
	Subject string `json:"subject,omitzero"` // a Subject.ID of this message
	Text    string `json:"text"`
	Grade   Grade  `json:"grade"`
	Nature  Nature `json:"nature"`
}

// Link says how two subjects of the message stand to each other.
type Link struct {
	From  string `json:"from"` // Subject.ID
	To    string `json:"to"`   // Subject.ID
	As    string `json:"as"`   // "mother of", "travels with"
	Grade Grade  `json:"grade"`
}

// Place is where: a name, and a GeoJSON geometry (RFC 7946) when it is known.
type Place struct {
	Name     string          `json:"name"`
	Geometry json.RawMessage `json:"geometry,omitzero"` // Point, LineString, Polygon or a Multi of them; WGS 84, longitude first
}

// Question asks something of the recipient. A disposition answers or refuses each.
type Question struct {
	ID   string `json:"id"` // within the message: "q1"
	Text string `json:"text"`
}

// Withheld points to material that exists and is not sent: ask for it.
type Withheld struct {
	What string `json:"what"` // "recordings of three telephone calls"
	Ask  string `json:"ask"`  // how, and under what condition, it may be had
}

// Provenance is the sender's attestation of where the information comes from.
type Provenance struct {
	Attestation string `json:"attestation"`        // one of Attestations
	Text        string `json:"text,omitzero"`      // in the sender's words
	Collected   string `json:"collected,omitzero"` // "2010-12 to 2011-02", as the sender wrote it
}

// Attestations lists what a sender may attest of how information was obtained.
var Attestations = []string{
	"lawful",       // obtained under the law of the sender's country
	"third-party",  // passed on, with the originator's consent
	"open-source",  // publicly available
	"not-attested", // the sender attests nothing
}

// TearLine is the part of a tip that may be shown further than the rest.
type TearLine struct {
	Text string `json:"text"`
	TLP  TLP    `json:"tlp"`
}
