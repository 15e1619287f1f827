package parse

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"

	"entente"
)

func encodedHeader(t testing.TB) []byte {
	t.Helper()
	b, err := EncodeHeader(testHeader())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The bytes are written down: other implementations must write the same.
func TestHeaderForm(t *testing.T) {
	zeros := strings.Repeat("0", 62)
	want := `{"version":1,"id":"0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7","from":"borea-sls","from_edition":"01` + zeros + `",` +
		`"to":"albia-ncc","to_edition":"02` + zeros + `","agreement":"north-star","epoch":1,"terms":"03` + zeros + `","seq":0,` +
		`"class":"content","precedence":"PRIORITY","created":"2011-03-04T09:00:00.000125Z","expires":"2011-04-03T09:00:00.000125Z",` +
		`"content":"04` + zeros + `"}`
	if got := string(encodedHeader(t)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	h, err := Header([]byte(want))
	if err != nil || !reflect.DeepEqual(h, testHeader()) {
		t.Errorf("got %+v, %v", h, err)
	}
}

func TestHeaderEveryByteAndPrefix(t *testing.T) {
	b := encodedHeader(t)
	for i := range b {
		if _, err := Header(b[:i]); err == nil {
			t.Fatalf("the first %d bytes parse", i)
		}
		for v := range 256 {
			changed := bytes.Clone(b)
			if changed[i] = byte(v); changed[i] == b[i] {
				continue
			}
			if h, err := Header(changed); err == nil && reflect.DeepEqual(h, testHeader()) {
				t.Fatalf("byte %d set to %#x reads the same", i, v)
			}
		}
	}
}

func TestHeaderRefusals(t *testing.T) {
	good := string(encodedHeader(t))
	swap := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the header has no %s", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	for _, tt := range []struct {
		in     string
		reason entente.Reason
		field  string
	}{
		{swap(`"version":1`, `"version":2`), entente.ReasonVersion, "version"},
		{swap(`"version":1,`, `"version":2,"shape":"new",`), entente.ReasonVersion, "version"},
		{swap(`"version":1,`, ``), entente.ReasonMalformed, ""},
		{swap(`"version":1,`, `"version":1,"shape":"new",`), entente.ReasonUnknownField, "shape"},
		{swap(`"version":1,`, `"version":1,"version":1,`), entente.ReasonDuplicateField, "version"},
		{swap(`"version":1`, `"version":1.0`), entente.ReasonMalformed, "version"},
		{swap(`"version":1`, `"version":1e400`), entente.ReasonVersion, "version"},
		{swap(`"version":1,`, `"version":2,,`), entente.ReasonVersion, "version"},
		{`{"version":2,"more":"` + strings.Repeat("x", MaxHeader) + `"}`, entente.ReasonVersion, "version"},
		{swap(testID, strings.ToUpper(testID)), entente.ReasonMalformed, "id"},
		{swap("-7b3a-", "-4b3a-"), entente.ReasonMalformed, "id"},
		{swap("borea-sls", "borea_sls"), entente.ReasonMalformed, "from"},
		{swap("albia-ncc", "borea-sls"), entente.ReasonMalformed, "to"},
		{swap("north-star", "n"), entente.ReasonMalformed, "agreement"},
		{swap(`"epoch":1`, `"epoch":0`), entente.ReasonMalformed, "epoch"},
		{swap(`"seq":0`, `"seq":-1`), entente.ReasonMalformed, "seq"},
		{swap(`"seq":0`, `"seq":-0`), entente.ReasonMalformed, ""},
		{swap(`"seq":0`, `"seq":1e3`), entente.ReasonMalformed, "seq"},
		{swap(`"seq":0`, `"seq":9223372036854775808`), entente.ReasonMalformed, "seq"},
		{swap(`"seq":0`, `"seq":"0"`), entente.ReasonMalformed, "seq"},
		{swap(`"seq":0`, `"seq":1099511627776`), entente.ReasonMalformed, "seq"},
		{swap(`"epoch":1`, `"epoch":9007199254740992`), entente.ReasonMalformed, "epoch"},
		{swap(`"class":"content"`, `"class":"a secret"`), entente.ReasonMalformed, "class"},
		{swap(`"class":"content"`, `"class":"duty"`), entente.ReasonMalformed, "expires"},
		{swap(`PRIORITY`, `priority`), entente.ReasonMalformed, "precedence"},
		{swap(`09:00:00.000125Z","expires`, `10:00:00.000125+01:00","expires`), entente.ReasonMalformed, "created"},
		{swap(`09:00:00.000125Z","expires`, `09:00:00.000125+00:00","expires`), entente.ReasonMalformed, ""},
		{swap(`09:00:00.000125Z","expires`, `09:00:00.0001255Z","expires`), entente.ReasonMalformed, "created"},
		{swap(`09:00:00.000125Z","expires`, `09:00:00.0001250Z","expires`), entente.ReasonMalformed, ""},
		{swap(`09:00:00.000125Z","expires`, `24:00:00Z","expires`), entente.ReasonMalformed, "created"},
		{swap(`"created":"2011-03-04T09:00:00.000125Z"`, `"created":"0001-01-01T00:00:00Z"`), entente.ReasonMalformed, "created"},
		{swap(`"2011-04-03`, `"2011-03-03`), entente.ReasonMalformed, "expires"},
		{swap(`"2011-04-03`, `"2012-04-08`), entente.ReasonMalformed, "expires"},
		{swap(`"2011-04-03`, `"9999-12-31`), entente.ReasonMalformed, "expires"},
		{swap(`"created":"2011-03-04T09:00:00.000125Z"`, `"created":"1999-12-31T23:59:59.999999Z"`), entente.ReasonMalformed, "created"},
		{swap(`"created":"2011-03-04T09:00:00.000125Z"`, `"created":"1970-01-01T00:00:00Z"`), entente.ReasonMalformed, "created"},
		{swap(`"2011-04-03T09:00:00.000125Z"`, `"0001-01-01T00:00:00Z"`), entente.ReasonMalformed, ""},
		{swap(`"from_edition":"01`, `"from_edition":"00`), entente.ReasonMalformed, "from_edition"},
		{swap(`"to_edition":"02`, `"to_edition":"0`), entente.ReasonMalformed, "to_edition"},
		{swap(`"terms":"03`, `"terms":"0G`), entente.ReasonMalformed, "terms"},
		{swap(`"content":"04`, `"content":"00`), entente.ReasonMalformed, "content"},
		{good + "\n", entente.ReasonMalformed, ""},
		{good + strings.Repeat(" ", MaxHeader), entente.ReasonTooLarge, ""},
	} {
		_, err := Header([]byte(tt.in))
		wantRefusal(t, tt.in, err, tt.reason, tt.field)
	}
}

func TestEncodeHeaderRefusesWhatHeaderWould(t *testing.T) {
	for field, change := range map[string]func(*entente.Header){
		"version": func(h *entente.Header) { h.Version = 0 },
		"created": func(h *entente.Header) { h.Created = h.Created.In(time.FixedZone("", 3600)) },
		"expires": func(h *entente.Header) { h.Expires = h.Created },
		"seq":     func(h *entente.Header) { h.Seq = -1 },
	} {
		h := testHeader()
		change(&h)
		if _, err := EncodeHeader(h); entente.KindOf(err) != entente.Invalid || !strings.HasPrefix(err.Error(), field+": ") {
			t.Errorf("%s: got %v", field, err)
		}
	}
}

func TestMessageID(t *testing.T) {
	for _, s := range []string{testID, "ffffffff-ffff-7fff-bfff-ffffffffffff"} {
		if got, err := MessageID(s); err != nil || string(got) != s {
			t.Errorf("%s: got %s, %v", s, got, err)
		}
	}
	for _, s := range []string{"", testID[1:], testID + "0", "{" + testID + "}", "0196f0a87c1e7b3a9f103a52c1d0e4b7", "0196f0a8-7c1e-6b3a-9f10-3a52c1d0e4b7", "0196f0a8-7c1e-7b3a-cf10-3a52c1d0e4b7", "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4bg", "0196f0a8_7c1e_7b3a_9f10_3a52c1d0e4b7"} {
		_, err := MessageID(s)
		wantRefusal(t, s, err, entente.ReasonMalformed, "id")
	}
}
