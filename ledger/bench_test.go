package ledger_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"strconv"
	"testing"
	"time"

	"entente"
	"entente/ledger"
)

// million is a ledger of one million entries, made once.
var million = func() func(b *testing.B) *memory {
	var s *memory
	return func(b *testing.B) *memory {
		b.Helper()
		if s == nil {
			s = newMemory()
			// Room for what benchmarks add, so that they do not measure a slice that moves.
			s.records[origin], s.hashes[origin] = make([]entente.Digest, 0, 3<<20), make([]entente.Digest, 0, 6<<20)
			records := make([]entente.Digest, 1e6)
			for i := range records {
				records[i][0], records[i][1], records[i][2] = byte(i), byte(i>>8), byte(i>>16)
			}
			if _, err := ledger.Append(s, origin, records, borea.name(), borea.key); err != nil {
				b.Fatal(err)
			}
		}
		return s
	}
}()

// floor measures what no ledger can do without, in the same run: hashes of two
// nodes, signatures, verifications. It reports the ratio to it.
func floor(b *testing.B, hashes, signatures, verifications int) {
	b.Helper()
	b.StopTimer()
	took := time.Duration(hashes) * perCall(func() { sha256.Sum256(node[:]) })
	took += time.Duration(signatures) * perCall(func() { ed25519.Sign(borea.key, node[:]) })
	if verifications > 0 {
		sig := ed25519.Sign(borea.key, node[:])
		took += time.Duration(verifications) * perCall(func() { ed25519.Verify(borea.Keys.Ledger, node[:], sig) })
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(took), "x-floor")
}

var node [65]byte

func perCall(f func()) time.Duration {
	const n = 2000
	start := time.Now()
	for range n {
		f()
	}
	return max(time.Since(start)/n, 1)
}

// One leaf at a million: a leaf hash, on average one node above it, the fold of
// the edge before and after, and the signature.
func BenchmarkAppend(b *testing.B) {
	s := million(b)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		if _, err := ledger.AppendEach(s, origin, []entente.Digest{envelope(n)}, borea.name(), borea.key); err != nil {
			b.Fatal(err)
		}
	}
	floor(b, 2, 1, 0)
}

func BenchmarkAppendMany(b *testing.B) {
	for _, n := range []int{16, 256} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			s, records := million(b), envelopes(0, n)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ledger.AppendEach(s, origin, records, borea.name(), borea.key); err != nil {
					b.Fatal(err)
				}
			}
			floor(b, 2*n, n, 0)
		})
	}
}

func BenchmarkProve(b *testing.B) {
	s := million(b)
	size := s.heads[origin].Size
	b.ReportAllocs()
	for n := int64(0); b.Loop(); n += 997 {
		if _, err := ledger.ProveInclusion(s, origin, size, n%size); err != nil {
			b.Fatal(err)
		}
	}
	floor(b, 20, 0, 0)
}

func BenchmarkCheckInclusion(b *testing.B) {
	s := million(b)
	size := s.heads[origin].Size
	root, err := ledger.Root(s, origin, size)
	if err != nil {
		b.Fatal(err)
	}
	proof, err := ledger.ProveInclusion(s, origin, size, 5)
	if err != nil {
		b.Fatal(err)
	}
	record := s.records[origin][5]
	b.ReportAllocs()
	for b.Loop() {
		if err := ledger.CheckInclusion(proof, size, root, 5, record); err != nil {
			b.Fatal(err)
		}
	}
	floor(b, 1+len(proof), 0, 0)
}

// What the recipient of one message does: check the sender's signature, extend,
// cosign.
func BenchmarkExtendAndReceipt(b *testing.B) {
	sender := million(b).copyOf()
	mirror := sender.copyOf()
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		checkpoint := send(b, sender, envelope(n))[0]
		seq := sender.heads[origin].Size - 1
		b.StartTimer()
		if err := ledger.Extend(mirror, north, nil, envelope(n), checkpoint, borea.Party); err != nil {
			b.Fatal(err)
		}
		if _, err := ledger.SignReceipt(mirror, north, seq, envelope(n), checkpoint, borea.Party, albia.recipient(), entente.ViaWire, noon); err != nil {
			b.Fatal(err)
		}
	}
	floor(b, 2, 1, 1)
}

// What the sender does with the answer.
func BenchmarkCheckReceipt(b *testing.B) {
	sender := million(b).copyOf()
	mirror := sender.copyOf()
	checkpoint := send(b, sender, envelope(0))[0]
	if err := ledger.Extend(mirror, north, nil, envelope(0), checkpoint, borea.Party); err != nil {
		b.Fatal(err)
	}
	seq := mirror.heads[origin].Size - 1
	r, err := ledger.SignReceipt(mirror, north, seq, envelope(0), checkpoint, borea.Party, albia.recipient(), entente.ViaWire, noon)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ledger.CheckReceipt(r.Text, north, seq, envelope(0), borea.Party, albia.Party); err != nil {
			b.Fatal(err)
		}
	}
	floor(b, 21, 0, 2)
}

func BenchmarkRecompute(b *testing.B) {
	s := newMemory()
	send(b, s, envelopes(0, 1<<16)...)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ledger.Recompute(s, origin); err != nil {
			b.Fatal(err)
		}
	}
	floor(b, 2<<16, 0, 0)
}
