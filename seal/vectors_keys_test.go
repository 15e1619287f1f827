package seal

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/parse"
)

// keyVector is one party's keys. Each seed is SHA-256 of
// "entente test key <party> <use> <generation>": everybody knows them.
type keyVector struct {
	Party       entente.PartyID `json:"party"`
	Generation  string          `json:"generation"`
	Identity    signingVector   `json:"identity"`
	Message     signingVector   `json:"message"`
	Ledger      signingVector   `json:"ledger"`
	Seal        sealVector      `json:"seal"`
	TLS         tlsVector       `json:"tls"`
	Fingerprint string          `json:"fingerprint"`
}

type signingVector struct {
	Seed        string `json:"seed_hex"`
	Public      string `json:"public_hex"`
	NoteName    string `json:"note_name"`
	NoteHash    string `json:"note_key_hash_hex"`
	ReceiptHash string `json:"receipt_key_hash_hex,omitempty"`
}

type sealVector struct {
	Seed   string `json:"seed_hex"`
	Public string `json:"public_base64"`
}

type tlsVector struct {
	Seed string `json:"seed_hex"`
	Root string `json:"root_base64"`
}

func keyVectors(t *testing.T, w world) []keyVector {
	var out []keyVector
	for _, m := range []member{w.albia, w.borea, w.borea.next(t), w.cadia} {
		k := m.keys
		generation := "1"
		if m.party.Edition > 1 {
			generation = "2"
		}
		private, err := k.Seal.m().private.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		v := keyVector{
			Party: k.Party, Generation: generation,
			Identity: signingOf(string(k.Party), k.Identity.key), Message: signingOf(nodeName(k.Party), k.Message.key),
			Ledger: signingOf(string(k.Party)+"/ledger", k.Ledger.key),
			Seal:   sealVector{hex.EncodeToString(private), base64.StdEncoding.EncodeToString(k.Seal.Public())},
			TLS:    tlsVector{hex.EncodeToString(k.TLS.m().pair.private.Seed()), base64.StdEncoding.EncodeToString(k.TLS.Root().Raw)},
		}
		// The line of a receipt has a type of its own (C2SP signed-note, 0xff).
		sum := sha256.Sum256([]byte(v.Ledger.NoteName + "\n\xffentente/1 receipt" + string(k.Ledger.Public())))
		v.Ledger.ReceiptHash = hex.EncodeToString(sum[:4])
		v.Fingerprint = Fingerprint(m.party)
		out = append(out, v)
	}
	return out
}

func signingOf(name string, k key[pair]) signingVector {
	public := k.m().public()
	return signingVector{
		Seed: hex.EncodeToString(k.m().private.Seed()), Public: hex.EncodeToString(public),
		NoteName: name, NoteHash: fmt.Sprintf("%08x", noteKey{name, public}.KeyHash()),
	}
}

// next is the same party with all keys of the second generation.
func (m member) next(t testing.TB) member {
	k := seededKeys(t, m.keys.Party, "2")
	k.RetiredSeal = []SealKey{m.keys.Seal}
	p := m.party
	p.Edition, p.Keys, p.Issued = 2, k.Public(), p.Issued.AddDate(1, 0, 0)
	return member{k, p}
}

func descriptorVectors(t *testing.T, w world) noteVectors {
	next := w.borea.next(t)
	first := string(descriptor(t, w.borea.party, w.borea.keys))
	both := string(descriptor(t, next.party, next.keys, w.borea.keys.Identity))
	same := edition(w.borea.party, 2)
	same.Name = "Another name"
	dialsOut := w.cadia.party
	dialsOut.Endpoint, dialsOut.Contacts, dialsOut.Name = "", nil, `C "F" \ <I> & Ü`
	dialsOut.Issued = dialsOut.Issued.Add(1500 * time.Microsecond)
	alone := string(descriptor(t, next.party, next.keys))
	able := w.cadia.party
	able.Speaks, able.Accepts, able.Extensions = []int{1, 2}, []entente.Kind{"grease-zzzz", "note"}, []string{"later", "x-albia.example"}
	named := successorOf(next, w.borea.party)
	naming := string(descriptor(t, named, w.borea.keys))
	thief := member{seededKeys(t, "borea-sls", "3"), edition(w.borea.party, 2)}
	thief.party.Keys = thief.keys.Public()
	text, lines := splitNote([]byte(both))
	four := strings.SplitAfter(string(lines), "\n")
	forged := w.borea.party
	forged.Keys.Message = smallOrder[1]
	hers := w.borea.party
	hers.Keys.Ledger = w.cadia.keys.Ledger.Public()
	return notes(t, noteVectors{
		Accepted: []noteVector{
			{What: "a first descriptor, without a previous one", Note: string(descriptor(t, w.albia.party, w.albia.keys)), Fingerprint: Fingerprint(w.albia.party)},
			{What: "another", Note: first, Fingerprint: Fingerprint(w.borea.party)},
			{What: "of a party that only dials out, with a name that needs escapes and a time with fractions", Note: string(descriptor(t, dialsOut, w.cadia.keys)), Fingerprint: Fingerprint(dialsOut)},
			{What: "of a party that speaks a later version, accepts kinds that do not exist and understands extensions", Note: string(descriptor(t, able, w.cadia.keys)), Fingerprint: Fingerprint(able)},
			{What: "the largest number of an edition", Note: string(descriptor(t, edition(same, parse.MaxWhole), w.borea.keys)), Previous: first, Fingerprint: Fingerprint(same)},
			{What: "the next edition, by the same identity key", Note: string(descriptor(t, same, w.borea.keys)), Previous: first, Fingerprint: Fingerprint(same)},
			{What: "a later edition, with numbers left out", Note: string(descriptor(t, edition(same, 9), w.borea.keys)), Previous: first, Fingerprint: Fingerprint(same)},
			{What: "the next edition with all keys new: signed by the old identity key and by the new ones, in this order", Note: both, Previous: first, Fingerprint: Fingerprint(next.party)},
			{What: "the same text as an introduction, to whoever does not know the edition before", Note: alone, Fingerprint: Fingerprint(next.party)},
			{What: "an edition that names a successor of its identity key", Note: naming, Fingerprint: Fingerprint(named)},
			{What: "the successor, by itself", Note: alone, Previous: naming, Fingerprint: Fingerprint(next.party)},
		},
		Refused: []noteVector{
			{What: "the signatures of the new keys alone", Note: alone, Previous: first},
			{What: "the signature of the old identity key alone", Note: string(text) + "\n" + four[0], Previous: first},
			{What: "the old identity key below the new one", Note: string(text) + "\n" + four[1] + four[0] + four[2] + four[3], Previous: first},
			{What: "the ledger key above the message key", Note: string(text) + "\n" + four[0] + four[1] + four[3] + four[2], Previous: first},
			{What: "without the message key", Note: string(text) + "\n" + four[0] + four[1] + four[3], Previous: first},
			{What: "without the ledger key", Note: string(text) + "\n" + four[0] + four[1] + four[2], Previous: first},
			{What: "the ledger key of another party, which did not sign", Note: string(signDescriptor(t, hers, w.borea.keys))},
			{What: "all four signatures, without a previous descriptor", Note: both},
			{What: "a line twice", Note: first + first[strings.LastIndex(first, "— "):]},
			{What: "an identity signature by another party", Note: string(signText(t, parse.FormatParty(w.borea.party), Keys{Party: "borea-sls", Identity: w.cadia.keys.Identity, Message: w.borea.keys.Message, Ledger: w.borea.keys.Ledger}))},
			{What: "a changed text", Note: strings.Replace(first, "Agency XB", "Agency XC", 1)},
			{What: "the text in another form, well signed", Note: string(signText(t, []byte(strings.Replace(string(parse.FormatParty(w.borea.party)), "edition = 1", "edition = 0x1", 1)), w.borea.keys))},
			{What: "a message key of small order, well signed", Note: string(signDescriptor(t, forged, w.borea.keys))},
			{What: "the same edition again", Note: first, Previous: first},
			{What: "another identity key than the successor, well signed by the one before", Note: string(descriptor(t, thief.party, thief.keys, w.borea.keys.Identity)), Previous: naming},
			{What: "the successor, and the identity key before", Note: both, Previous: naming},
			{What: "another successor under the same identity key", Note: string(descriptor(t, successorOf(thief, edition(named, 2)), w.borea.keys)), Previous: naming},
			{What: "no successor any more under the same identity key", Note: string(descriptor(t, edition(w.borea.party, 2), w.borea.keys)), Previous: naming},
		},
	}, func(v noteVector) error {
		if v.Previous == "" {
			_, err := OpenParty([]byte(v.Note), nil)
			return err
		}
		previous, err := OpenParty([]byte(v.Previous), nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = OpenParty([]byte(v.Note), &previous)
		return err
	})
}

func edition(p entente.Party, n int) entente.Party {
	p.Edition = n
	return p
}

func agreementVectors(t *testing.T, w world) noteVectors {
	both := string(w.signed(t, w.albia, w.borea))
	text, lines := splitNote([]byte(both))
	two := strings.SplitAfter(string(lines), "\n")
	_, stranger := splitNote(signWith(t, text, "cadia-fiu", w.cadia.keys.Identity))
	_, other := splitNote(signWith(t, text, "albia-ncc", w.cadia.keys.Identity))
	of := func(lines ...string) string { return string(text) + "\n" + strings.Join(lines, "") }
	return notes(t, noteVectors{
		Accepted: []noteVector{
			{What: "signed by both parties", Note: both, Signed: []entente.PartyID{"albia-ncc", "borea-sls"}, Complete: true},
			{What: "signed by one party: not in force", Note: of(two[1]), Signed: []entente.PartyID{"borea-sls"}},
		},
		Refused: []noteVector{
			{What: "signed by nobody", Note: string(text)},
			{What: "signatures not in the order of the parties", Note: of(two[1], two[0])},
			{What: "a signature twice", Note: of(two[0], two[0], two[1])},
			{What: "a signature of somebody who is no party", Note: of(two[0], two[1], string(stranger))},
			{What: "a signature under a party's name by another key", Note: of(string(other), two[1])},
			{What: "a changed text", Note: strings.Replace(both, "30d", "90d", 1)},
			{What: "a comment added below the text", Note: strings.Replace(both, "30d\"\n", "30d\"\n# not signed\n", 1)},
		},
	}, func(v noteVector) error {
		r, err := OpenAgreement([]byte(v.Note), w.directory)
		if err == nil && (r.Complete != v.Complete || len(r.Signed) != len(v.Signed)) {
			t.Errorf("%s: signed by %v", v.What, r.Signed)
		}
		return err
	})
}

func refusalVectors(t *testing.T, w world) noteVectors {
	unread := refusal()
	unread.Channel, unread.Message, unread.Field, unread.Reason, unread.Expected = entente.Channel{}, "", "", entente.ReasonMalformed, 0
	unread.Placed = false
	order := refusal()
	order.Reason, order.Field, order.Placed, order.Final = entente.ReasonOrder, "seq", false, false
	later := refusal()
	later.Reason, later.Final = "moon-phase", false
	order.At = order.At.Add(250 * time.Millisecond)
	signed := func(r entente.Refusal) string {
		s, err := SignRefusal(r, w.albia.keys.Message, w.albia.party)
		if err != nil {
			t.Fatal(err)
		}
		return string(s.Text)
	}
	scope := signed(refusal())
	text, _ := splitNote([]byte(scope))
	by := func(text, name string, k MessageKey) string {
		b, err := signNote([]byte(text), newNoteSigner(name, k.key))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	return notes(t, noteVectors{
		Accepted: []noteVector{
			{What: "a final refusal", Note: scope},
			{What: "one that asks to send again from another place", Note: signed(order)},
			{What: "a reason of a later version; the envelope is put off", Note: signed(later)},
			{What: "of something that could not be read: no channel, no message, no field", Note: signed(unread)},
		},
		Refused: []noteVector{
			{What: "signed under the party's own name", Note: by(string(text), "albia-ncc", w.albia.keys.Message)},
			{What: "signed by another party", Note: by(string(text), "albia-ncc/node", w.borea.keys.Message)},
			{What: "of a channel on which the signer receives nothing", Note: by(strings.Replace(string(text), "/albia-ncc", "/cadia-fiu", 1), "albia-ncc/node", w.albia.keys.Message)},
			{What: "a reason that is no slug, well signed", Note: by(strings.Replace(string(text), "out-of-scope", "Because!", 1), "albia-ncc/node", w.albia.keys.Message)},
			{What: "a place that is neither taken nor not, well signed", Note: by(strings.Replace(string(text), "place: taken", "place: yes", 1), "albia-ncc/node", w.albia.keys.Message)},
			{What: "final is neither yes nor no, well signed", Note: by(strings.Replace(string(text), "final: yes", "final: perhaps", 1), "albia-ncc/node", w.albia.keys.Message)},
			{What: "an edition that is not known, well signed", Note: by(strings.Replace(string(text), parse.EditionOf(w.albia.party).String(), entente.DigestOf([]byte("another")).String(), 1), "albia-ncc/node", w.albia.keys.Message)},
			{What: "a time in the year 10000, well signed", Note: by(strings.Replace(string(text), "at: 2011", "at: 10000", 1), "albia-ncc/node", w.albia.keys.Message)},
			{What: "a leap second, well signed", Note: by(strings.Replace(string(text), "09:31:00Z", "09:31:60Z", 1), "albia-ncc/node", w.albia.keys.Message)},
			{What: "lines in another order, well signed", Note: by(swapLines(string(text), 4, 5), "albia-ncc/node", w.albia.keys.Message)},
			{What: "a line more, well signed", Note: by(string(text)+"note: hello\n", "albia-ncc/node", w.albia.keys.Message)},
			{What: "a changed text", Note: strings.Replace(scope, "expected: 3", "expected: 4", 1)},
		},
	}, func(v noteVector) error {
		_, err := OpenRefusal([]byte(v.Note), w.albia.party)
		return err
	})
}

func swapLines(s string, i, j int) string {
	lines := strings.SplitAfter(s, "\n")
	lines[i], lines[j] = lines[j], lines[i]
	return strings.Join(lines, "")
}
