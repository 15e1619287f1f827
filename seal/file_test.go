package seal

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"filippo.io/age"

	"entente"
)

func encrypted(t testing.TB, content []byte) ([]byte, entente.AttachmentKey) {
	t.Helper()
	var b bytes.Buffer
	w, key, err := EncryptFile(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), key
}

func decrypted(b []byte, key entente.AttachmentKey) ([]byte, error) {
	r, err := DecryptFile(bytes.NewReader(b), key)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// The size that people are shown is that of what was encrypted.
func TestContentSize(t *testing.T) {
	for _, size := range []int{0, 1, 23, 64<<10 - 1, 64 << 10, 64<<10 + 1, 300_000} {
		file, _ := encrypted(t, make([]byte, size))
		if got := ContentSize(int64(len(file))); got != int64(size) {
			t.Errorf("%d bytes in a file of %d: got %d", size, len(file), got)
		}
	}
	if got := ContentSize(3); got != 0 {
		t.Errorf("too short for anything: got %d", got)
	}
}

func TestFile(t *testing.T) {
	for _, size := range []int{0, 1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 300_000} {
		content := bytes.Repeat([]byte("Tonband "), size/8+1)[:size]
		b, key := encrypted(t, content)
		got, err := decrypted(b, key)
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes: %v", size, err)
		}
		if b2, key2 := encrypted(t, content); key2 == key || bytes.Equal(b, b2) {
			t.Errorf("%d bytes: two files have the same key", size)
		}
	}
}

func TestFileTampered(t *testing.T) {
	b, key := encrypted(t, []byte("a recording"))
	tamper(t, "attachment", b, some, func(b []byte) bool {
		_, err := decrypted(b, key)
		if err != nil && entente.KindOf(err) != entente.Unverified {
			t.Fatalf("kind %v: %v", entente.KindOf(err), err)
		}
		return err == nil
	})
	long, key := encrypted(t, make([]byte, 200<<10))
	for _, n := range []int{len(long) - 1, 70 << 10, 64 << 10, len(long) - (64<<10 + 16)} {
		if _, err := decrypted(long[:n], key); entente.KindOf(err) != entente.Unverified {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
	}
}

func TestFileKeys(t *testing.T) {
	b, key := encrypted(t, []byte("a recording"))
	_, other := encrypted(t, nil)
	if _, err := decrypted(b, other); entente.KindOf(err) != entente.Unverified {
		t.Errorf("another key: %v", err)
	}
	classical, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for what, k := range map[string]entente.AttachmentKey{
		"none": "", "not post-quantum": entente.AttachmentKey(classical.String()), "with a space": key + " ",
		"in small letters": entente.AttachmentKey(bytes.ToLower([]byte(key))), "cut": key[:len(key)-1],
	} {
		if _, err := decrypted(b, k); entente.KindOf(err) != entente.Invalid {
			t.Errorf("key %s: %v", what, err)
		}
	}
}

// A disk that fails is not a partner who cheats.
func TestFileUnreadable(t *testing.T) {
	b, key := encrypted(t, make([]byte, 200<<10))
	broken := errors.New("input/output error")
	for _, n := range []int{0, 100, 2000, 100 << 10} {
		r, err := DecryptFile(io.MultiReader(bytes.NewReader(b[:n]), iotest.ErrReader(broken)), key)
		if err == nil {
			_, err = io.ReadAll(r)
		}
		if !errors.Is(err, broken) || entente.KindOf(err) != nil {
			t.Errorf("after %d bytes: %v", n, err)
		}
	}
	full, w := io.Pipe()
	full.CloseWithError(broken)
	if _, _, err := EncryptFile(w); !errors.Is(err, broken) {
		t.Errorf("a header that cannot be written: %v", err)
	}
}
