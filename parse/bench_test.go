package parse

import "testing"

// What a message costs in this package: its sender encodes it, its recipient
// reads it back, which encodes it again.
func BenchmarkStatement(b *testing.B) {
	bench(b, must(EncodeStatement(testStatement())), func(t []byte) error { _, err := Statement(t); return err })
}

func BenchmarkEncodeStatement(b *testing.B) {
	s := testStatement()
	bench(b, must(EncodeStatement(s)), func([]byte) error { _, err := EncodeStatement(s); return err })
}

func BenchmarkEnvelope(b *testing.B) {
	bench(b, must(EncodeEnvelope(testEnvelope(b))), func(t []byte) error { _, err := Envelope(t); return err })
}

func BenchmarkAgreement(b *testing.B) {
	bench(b, readFile(b, "agreement.toml"), func(t []byte) error { _, err := Agreement(t); return err })
}

func bench(b *testing.B, text []byte, fn func([]byte) error) {
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := fn(text); err != nil {
			b.Fatal(err)
		}
	}
}
