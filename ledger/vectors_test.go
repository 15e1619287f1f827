package ledger_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"entente"
	"entente/ledger"

	"golang.org/x/mod/sumdb/tlog"
)

var update = flag.Bool("update", false, "write testdata/vectors/ledger.json again")

const vectorFile = "../testdata/vectors/ledger.json"

// vectors is what testdata/vectors/ledger.json holds for other implementations.
type vectors struct {
	About string      `json:"about"`
	Keys  []keyVector `json:"keys"`

	Origin      string           `json:"origin"`
	Records     []entente.Digest `json:"records"`
	Leaves      []entente.Digest `json:"leaves"`      // SHA-256(0x00 ∥ record)
	Roots       []entente.Digest `json:"roots"`       // of the trees of 1, 2, … records
	Checkpoints []string         `json:"checkpoints"` // of the trees of 1, 2, … records
	Place       string           `json:"place"`       // of record 4 in the largest tree, by the sender alone
	Link        string           `json:"link"`        // from the checkpoint of size 3 to the largest
	Fork        forkVector       `json:"fork"`
}

type keyVector struct {
	Name       string `json:"name"`
	Seed       string `json:"seed"`
	Public     string `json:"public"`
	Checkpoint string `json:"checkpoint_key_id"`
}

// forkVector is a second history from place 4 on.
type forkVector struct {
	Record     entente.Digest `json:"record"`
	Checkpoint string         `json:"checkpoint"` // of size 5
	Link       string         `json:"link"`       // to the largest: proves two histories
}

func makeVectors(t *testing.T) vectors {
	v := vectors{
		About: "Ledger of a channel: RFC 6962 tree, C2SP tlog-checkpoint, tlog-proof@v1. " +
			"Seeds are Ed25519 private keys (RFC 8032). Hashes and seeds are hex. docs/protocol.md says what each is.",
		Origin: origin, Records: envelopes(0, 7),
	}
	for _, a := range []agency{borea, albia} {
		v.Keys = append(v.Keys, keyVector{a.name(), hex.EncodeToString(a.key.Seed()), hex.EncodeToString(a.Keys.Ledger), keyID(a)})
	}
	sender, mirror := newMemory(), newMemory()
	for i, r := range v.Records {
		checkpoint := send(t, sender, r)[0]
		if err := ledger.Extend(mirror, north, nil, r, checkpoint, borea.Party); err != nil {
			t.Fatal(err)
		}
		v.Leaves = append(v.Leaves, entente.Digest(tlog.RecordHash(r[:])))
		v.Roots = append(v.Roots, treeRoot(t, v.Records[:i+1]))
		v.Checkpoints = append(v.Checkpoints, string(checkpoint))
	}
	v.Place = vector(ledger.ProvePlace(sender, origin, 4, []byte(v.Checkpoints[6])))(t)
	v.Link = vector(ledger.MakeLink(sender, origin, 3, []byte(v.Checkpoints[6])))(t)
	fork := newMemory()
	v.Fork.Record = envelope(104)
	send(t, fork, envelopes(0, 4)...)
	v.Fork.Checkpoint = string(send(t, fork, v.Fork.Record)[0])
	v.Fork.Link = vector(ledger.MakeLink(sender, origin, 7, []byte(v.Fork.Checkpoint)))(t)
	return v
}

func vector(b []byte, err error) func(t *testing.T) string {
	return func(t *testing.T) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
}

// keyID computes the key id of C2SP signed-note from its definition.
func keyID(a agency) string {
	sum := entente.DigestOf(append([]byte(a.name()+"\n\x01"), a.Keys.Ledger...))
	return hex.EncodeToString(sum[:4])
}

// The published vectors are what this package writes, byte for byte.
func TestVectorsAreWhatWeWrite(t *testing.T) {
	got, err := json.MarshalIndent(makeVectors(t), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(vectorFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("testdata/vectors/ledger.json is not what this package writes; if the change is meant, run the test with -update and note it as a change of the protocol")
	}
}

// And what it reads, from the file alone.
func TestVectorsAreWhatWeRead(t *testing.T) {
	b, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	sender := readKey(t, v.Keys[0], borea.ID)
	for i, text := range v.Checkpoints {
		c, err := ledger.OpenCheckpoint([]byte(text), v.Origin, sender)
		if err != nil || c.Size != int64(i)+1 || c.Root != v.Roots[i] {
			t.Errorf("checkpoint %d: %+v, %v", i, c, err)
		}
	}
	if _, err := ledger.CheckPlace([]byte(v.Place), v.Origin, 4, v.Records[4], sender); err != nil {
		t.Error(err)
	}
	for text, want := range map[string]bool{v.Link: true, v.Fork.Link: false} {
		with := map[bool]string{true: v.Checkpoints[2], false: v.Checkpoints[6]}[want]
		l, c, other := opened(t, []byte(text), []byte(with))
		if got, err := l.Continues(c, other); got != want || err != nil {
			t.Errorf("link: %v, %v, want %v", got, err, want)
		}
	}
}

func readKey(t *testing.T, k keyVector, id entente.PartyID) entente.Party {
	t.Helper()
	pub, err := hex.DecodeString(k.Public)
	if err != nil || ledger.KeyName(id) != k.Name {
		t.Fatalf("%+v: %v", k, err)
	}
	return entente.Party{ID: id, Keys: entente.PartyKeys{Ledger: pub}}
}
