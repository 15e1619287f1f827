package prove_test

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/ledger"
	"entente/prove"
	"entente/seal"
)

// second gives a world in which something was said before, and the evidence of
// the second message.
func second(t testing.TB) (*world, prove.Evidence) {
	w := newWorld(t)
	w.tell(note("first"))
	return w, w.tell(note("Мы проверяем. We are checking."))
}

func TestTheSameEvidenceGivesTheSameFile(t *testing.T) {
	_, e := second(t)
	if !bytes.Equal(zip(t, e), zip(t, e)) {
		t.Error("two files differ")
	}
}

func TestReportSaysWhatWasSaid(t *testing.T) {
	_, e := second(t)
	r := holds(t, e)
	if r.Header.ID != messageID(1) || *r.Envelope != record(e) || r.Statement.Note.Text != "Мы проверяем. We are checking." || !r.Received.Equal(written.Add(took).Truncate(time.Second)) {
		t.Errorf("%+v", r)
	}
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var again prove.Report
	if err := json.Unmarshal(b, &again); err != nil || again.String() != r.String() {
		t.Errorf("through JSON (%v) it reads:\n%s", err, again)
	}
}

func TestEvidenceThatDoesNotHoldIsNotWritten(t *testing.T) {
	_, e := second(t)
	e.Receipt = nil
	e.Agreement = e.Agreement[:len(e.Agreement)-10]
	var b bytes.Buffer
	if err := prove.Write(&b, e); err == nil || b.Len() > 0 {
		t.Errorf("%d bytes written, %v", b.Len(), err)
	}
}

// A broken file proves nothing, and its report quotes nothing from it.
func TestTheReportOfABrokenFileIsItsFaultAlone(t *testing.T) {
	_, e := second(t)
	b := zip(t, e)
	r, err := checkZip(b[:len(b)-1])
	if err == nil || r.Holds || r.Fault == "" || r.Header != nil || r.Proven != nil || r.NotProven != nil || r.Fingerprints != nil {
		t.Errorf("%+v, %v", r, err)
	}
	if !strings.HasPrefix(r.String(), "NOTHING WAS JUDGED") {
		t.Errorf("it reads: %s", r)
	}
}

type brokenDisk struct{}

func (brokenDisk) ReadAt([]byte, int64) (int, error) { return 0, io.ErrClosedPipe }

func TestADiskThatCannotBeReadIsNoVerdict(t *testing.T) {
	r, err := prove.Check(brokenDisk{}, 10_000)
	if entente.KindOf(err) != entente.Unavailable || r.Holds {
		t.Errorf("%+v, %v", r, err)
	}
}

// Sealed evidence shows who sent what when to whom, and not a word of it.
func TestSealedEvidenceKeepsItsSecret(t *testing.T) {
	_, e := second(t)
	e.Parts = nil
	b := zip(t, e)
	if bytes.Contains(b, []byte("checking")) {
		t.Fatal("the words stand in the file")
	}
	r := holds(t, e)
	if r.Statement != nil || !says(r.NotProven, "What the message says.") {
		t.Errorf("%s", r)
	}
}

func TestEvidenceWithoutAnAnswer(t *testing.T) {
	w := newWorld(t)
	e := w.seal(note("anybody there?"))
	r := holds(t, e)
	if !says(r.NotProven, "That albia-ncc received the envelope.") || !says(r.NotProven, "what joins the envelope to it is not here") || !r.Received.IsZero() {
		t.Errorf("%s", r)
	}
	place, err := ledger.ProvePlace(w.sender, channel.Origin(), 0, e.Checkpoint)
	if err != nil {
		t.Fatal(err)
	}
	e.Checkpoint, e.Place = nil, place
	if r := holds(t, e); !says(r.Proven, "entered this envelope in its ledger") || says(r.NotProven, "what joins the envelope") {
		t.Errorf("%s", r)
	}
	e.Place = nil
	if r := holds(t, e); !says(r.NotProven, "no checkpoint of it is here") || says(r.Proven, "entered this envelope") {
		t.Errorf("%s", r)
	}
}

func TestEvidenceOfARefusal(t *testing.T) {
	w := newWorld(t)
	e := w.refuse(w.seal(note("out of scope")), entente.ReasonScope)
	r := holds(t, e)
	if r.Refused != entente.ReasonScope || !says(r.Proven, `refused this envelope`) || !says(r.Proven, `"scope.note"`) || !says(r.Proven, "cannot deny") || !says(r.NotProven, "That the refusal was right.") {
		t.Errorf("%s", r)
	}
	again := holds(t, w.refuse(e, entente.ReasonBusy))
	if !says(again.Proven, "asks to be sent the envelope again") || says(again.Proven, "cannot deny that the envelope") {
		t.Errorf("%s", again)
	}
}

// Keys change and what was signed under the old ones stays proven, from the
// descriptors of both days.
func TestEvidenceOutlivesItsKeys(t *testing.T) {
	w, e := second(t)
	borea := w.borea.rotate(t, "message", "ledger").rotate(t, "identity").rotate(t, "seal")
	albia := w.albia.rotate(t, "seal", "ledger").rotate(t, "identity", "message")
	e.Sender, e.Recipient = borea.notes, albia.notes
	r := holds(t, e)
	if !says(r.Proven, "Editions 1 to 4 of borea-sls") || len(r.Fingerprints) != 4 {
		t.Errorf("%s", r)
	}
	refused := w.refuse(w.seal(note("refused under the old key")), entente.ReasonScope)
	refused.Sender, refused.Recipient = borea.notes, albia.notes
	holds(t, refused)

	w.borea, w.albia = borea, albia
	fresh := w.tell(note("under the new keys"))
	holds(t, fresh)
	fresh.Sender = borea.notes[:1]
	fails(t, fresh, "only the edition of old keys")
}

func TestAnAgreementOfThree(t *testing.T) {
	w := newWorld(t)
	cadia := newMember(t, "cadia-fiu", "Financial Intelligence Unit", "XC").rotate(t, "ledger")
	delta := newMember(t, "delta-cert", "Incident Response", "XD")
	text := strings.Replace(agreementText, `"borea-sls"]`, `"borea-sls", "cadia-fiu", "delta-cert"]`, 1)
	w.agreement = w.sign(text, w.albia, w.borea, cadia, delta)
	e := w.tell(note("to one of three"))
	e.Others = [][]byte{cadia.notes[0], cadia.notes[1], delta.notes[0]}
	if r := holds(t, e); len(r.Fingerprints) != 4 || !says(r.Proven, "albia-ncc, borea-sls, cadia-fiu and delta-cert") {
		t.Errorf("%s", r)
	}
	good := zip(t, e)
	e.Others = [][]byte{delta.notes[0], cadia.notes[0], cadia.notes[1]}
	if !bytes.Equal(zip(t, e), good) {
		t.Error("the order in which parties are given changes the file")
	}
	for name, others := range map[string][][]byte{
		"a descriptor is missing":      {cadia.notes[0], cadia.notes[1]},
		"the editions are turned":      {cadia.notes[1], cadia.notes[0], delta.notes[0]},
		"one stands twice":             {cadia.notes[0], cadia.notes[1], delta.notes[0], delta.notes[0]},
		"the sender stands among them": {w.borea.notes[0], cadia.notes[0], cadia.notes[1], delta.notes[0]},
	} {
		e.Others = others
		fails(t, e, name)
	}
	_, two := second(t)
	two.Others = cadia.notes
	fails(t, two, "a stranger to the agreement")
}

func TestWhatDoesNotBelongTogetherIsRefused(t *testing.T) {
	w, e := second(t)
	third := w.tell(note("third"))
	first := func() prove.Evidence { return newWorld(t).tell(note("first")) }()
	refused := w.refuse(e, entente.ReasonScope)
	impostor := func(m member) [][]byte {
		k, err := seal.Generate(m.party.ID)
		if err != nil {
			t.Fatal(err)
		}
		p := m.party
		p.Keys = k.Public()
		n, err := seal.SignParty(p, k)
		if err != nil {
			t.Fatal(err)
		}
		return [][]byte{n}
	}
	cadia := newMember(t, "cadia-fiu", "Financial Intelligence Unit", "XC")
	edit := func(old, new string, by ...member) []byte {
		return w.sign(strings.Replace(agreementText, old, new, 1), by...)
	}
	for name, change := range map[string]func(e *prove.Evidence){
		"the receipt of another message":  func(e *prove.Evidence) { e.Receipt = third.Receipt },
		"the receipt of another envelope": func(e *prove.Evidence) { e.Receipt = first.Receipt },
		"a checkpoint beside the receipt": func(e *prove.Evidence) { e.Checkpoint = checkpoint(*e) },
		"another checkpoint":              func(e *prove.Evidence) { e.Receipt, e.Checkpoint = nil, checkpoint(third) },
		"a receipt and a refusal":         func(e *prove.Evidence) { e.Refusal = refused.Refusal },
		"the refusal of another envelope": func(e *prove.Evidence) { e.Receipt, e.Refusal = nil, w.refuse(third, entente.ReasonScope).Refusal },
		"a refusal by the sender": func(e *prove.Evidence) {
			e.Receipt, e.Refusal = nil, []byte(strings.ReplaceAll(string(refused.Refusal), "— albia-ncc/node", "— borea-sls/node"))
		},
		"what another message says":           func(e *prove.Evidence) { e.Parts = third.Parts },
		"the header of another message":       func(e *prove.Evidence) { e.Header = third.Header },
		"the sealed bytes of another message": func(e *prove.Evidence) { e.Sealed = third.Sealed },
		"the signature of another message":    func(e *prove.Evidence) { e.Signature = third.Signature },
		"an impostor of the sender":           func(e *prove.Evidence) { e.Sender = impostor(w.borea) },
		"an impostor of the recipient":        func(e *prove.Evidence) { e.Recipient = impostor(w.albia) },
		"an impostor's next edition":          func(e *prove.Evidence) { e.Sender = append(e.Sender[:1:1], impostor(w.borea)...) },
		"no sender":                           func(e *prove.Evidence) { e.Sender = nil },
		"no recipient":                        func(e *prove.Evidence) { e.Recipient = nil },
		"sender and recipient exchanged":      func(e *prove.Evidence) { e.Sender, e.Recipient = e.Recipient, e.Sender },
		"another party as the sender":         func(e *prove.Evidence) { e.Sender = cadia.notes },
		"a descriptor twice":                  func(e *prove.Evidence) { e.Sender = append(e.Sender[:1:1], e.Sender[0]) },
		"no agreement":                        func(e *prove.Evidence) { e.Agreement = nil },
		"an agreement that one has signed":    func(e *prove.Evidence) { e.Agreement = edit("", "", w.albia) },
		"an agreement that nobody has signed": func(e *prove.Evidence) { e.Agreement = []byte(agreementText) },
		"another epoch":                       func(e *prove.Evidence) { e.Agreement = edit("epoch = 1", "epoch = 2", w.albia, w.borea) },
		"another agreement":                   func(e *prove.Evidence) { e.Agreement = edit("north-star", "south-star", w.albia, w.borea) },
		"another agreement's parties": func(e *prove.Evidence) {
			e.Agreement = edit("borea-sls", "cadia-fiu", w.albia, cadia)
			e.Others = cadia.notes
		},
		"another envelope": func(e *prove.Evidence) { e.Header, e.Sealed, e.Signature = third.Header, third.Sealed, third.Signature },
		"no header":        func(e *prove.Evidence) { e.Header = nil },
		"a place and a checkpoint": func(e *prove.Evidence) {
			e.Receipt, e.Checkpoint = nil, checkpoint(*e)
			p, err := ledger.ProvePlace(w.sender, channel.Origin(), 1, w.sender.head.Checkpoint)
			if err != nil {
				t.Fatal(err)
			}
			e.Place = p
		},
		"the place of another": func(e *prove.Evidence) {
			p, err := ledger.ProvePlace(w.sender, channel.Origin(), 2, w.sender.head.Checkpoint)
			if err != nil {
				t.Fatal(err)
			}
			e.Checkpoint, e.Receipt, e.Place = nil, nil, p
		},
	} {
		c := e
		change(&c)
		fails(t, c, name)
	}
}

// Times are each side's word. Those that do not go together are told, and undo
// nothing.
func TestTimesAreRemarkedOn(t *testing.T) {
	w := newWorld(t)
	w.agreement = w.sign(strings.Replace(agreementText, "from = 2011-01-01", "from = 2012-01-01", 1), w.albia, w.borea)
	w.borea.party.Issued = on(2011, 5, 1)
	n, err := seal.SignParty(w.borea.party, w.borea.keys)
	if err != nil {
		t.Fatal(err)
	}
	w.borea.notes = [][]byte{n}
	defer func(d time.Duration) { took = d }(took)
	took = -time.Hour
	r := holds(t, w.tell(note("too early")))
	for _, want := range []string{"the message was written outside of that", "issued on 2011-05-01", "is outside of the days", "before the time of writing"} {
		if !says(r.Remarks, want) {
			t.Errorf("no remark %q in\n%s", want, r)
		}
	}
	took = 31 * 24 * time.Hour
	if r := holds(t, w.tell(note("too late"))); !says(r.Remarks, "after the message expired") {
		t.Errorf("no remark on the expiry in\n%s", r)
	}
	took = 3 * time.Second
	if r := holds(t, newWorld(t).tell(note("in time"))); len(r.Remarks) != 0 {
		t.Errorf("remarks without a cause: %v", r.Remarks)
	}
}

// says reports whether one of the lines holds the words.
func says(lines []prove.Line, words string) bool {
	for _, l := range lines {
		if strings.Contains(l.Says, words) {
			return true
		}
	}
	return false
}

// fails checks that evidence is refused by Write, and says why.
func fails(t testing.TB, e prove.Evidence, name string) {
	t.Helper()
	err := prove.Write(io.Discard, e)
	if k := entente.KindOf(err); k != entente.Unverified && k != entente.Invalid {
		t.Errorf("%s: %v (kind %v)", name, err, k)
	}
}
