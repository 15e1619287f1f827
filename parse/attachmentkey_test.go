package parse

import (
	"strings"
	"testing"

	"entente"
)

func checkKey(k string) error {
	c := &checker{}
	c.attachmentKey(nil, entente.AttachmentKey(k))
	return c.Err()
}

// One letter more, less, changed or moved, and the key is refused before a
// receipt says that its message arrived.
func TestAttachmentKeyChecksum(t *testing.T) {
	if err := checkKey(testKey); err != nil {
		t.Fatal(err)
	}
	for i := range len(testKey) {
		for _, c := range []string{"", "Q", "P", "1", "-", "b", "q", testKey[i:i+1] + testKey[i:i+1]} {
			if changed := testKey[:i] + c + testKey[i+1:]; changed != testKey && checkKey(changed) == nil {
				t.Errorf("letter %d changed to %q: accepted", i, c)
			}
		}
		if i > 0 {
			swapped := testKey[:i-1] + testKey[i:i+1] + testKey[i-1:i] + testKey[i+1:]
			if swapped != testKey && checkKey(swapped) == nil {
				t.Errorf("letters %d and %d swapped: accepted", i-1, i)
			}
		}
	}
	for _, k := range []string{
		"", strings.ToLower(testKey), testKey + "\n", " " + testKey,
		"AGE-SECRET-KEY-18SPYL6C6A4YMMYT93FQ62D5SHNA05KNUWJR9ECU93X83X3258ZXSDZH33X", // for an attachment, only the hybrid kind
	} {
		if checkKey(k) == nil {
			t.Errorf("%q: accepted", k)
		}
	}
}
