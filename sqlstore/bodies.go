package sqlstore

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"entente"
	"entente/parse"
)

// What is kept was checked when it came in. It is read back without being
// checked again, so that a stricter version still reads what an older one took.

var lenient = json.JoinOptions(
	jsontext.AllowDuplicateNames(false),
	json.WithUnmarshalers(json.UnmarshalFunc(unmarshalDate)),
)

// unmarshalDate reads "0000", which is how a date that nobody has filled in yet
// is written in a draft.
func unmarshalDate(b []byte, d *entente.PartialDate) error {
	if string(b) == `"0000"` {
		*d = entente.PartialDate{}
		return nil
	}
	return json.Unmarshal(b, d)
}

func decode[T any](b []byte) (T, error) {
	var v T
	err := json.Unmarshal(b, &v, lenient)
	return v, err
}

func partyBody(p entente.Party) ([]byte, error)          { return parse.Encode(p) }
func partyOf(body []byte) (entente.Party, error)         { return decode[entente.Party](body) }
func agreementBody(a entente.Agreement) ([]byte, error)  { return parse.Encode(a) }
func agreementOf(body []byte) (entente.Agreement, error) { return decode[entente.Agreement](body) }
