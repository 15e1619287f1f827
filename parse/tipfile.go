package parse

import (
	"bytes"
	"reflect"
	"time"

	"entente"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/pelletier/go-toml/v2"
)

// TipFile is a tip as an officer writes it in a file, on its way to a draft.
type TipFile struct {
	To        entente.PartyID
	Agreement entente.AgreementID
	Expires   time.Time         // zero: the node's default
	Statement entente.Statement // of kind tip, without an id: the draft has it
	Attach    []string          // paths of files to attach
}

const maxPath = 4 << 10

// Tip reads a tip written in TOML. Its fields are those of a statement in JSON;
// beside them stand to, agreement, expires and attach. Dates may be written as
// TOML or as text; a day alone means until its end, UTC. An entry of a list
// without an id gets the next free one. A country may be written in any way that
// entente.ReadCountry knows. now is the time: nobody is born after it. Errors name
// line and field.
func Tip(text []byte, now time.Time) (TipFile, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // that some editors put before a text
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	doc, err := readTOML(text, MaxTipFile, "")
	if err != nil {
		return TipFile{}, err
	}
	c := &checker{lines: doc.lines}
	t := c.table(nil, doc.tree)
	f := c.envelopeOf(t)
	f.Statement = c.statementOf(t)
	refs := c.answered(t)
	t.done()
	if c.err == nil {
		if tip := f.Statement.Tip; tip != nil {
			tip.Subjects = Countries(tip.Subjects)
			number(tip)
		}
		c.statement(f.Statement)
		f.Statement.Refs = refs
	}
	if c.err == nil && f.Statement.Tip != nil {
		var p *path
		c.written(p.dot("tip").dot("subjects"), f.Statement.Tip.Subjects, now)
	}
	f.Statement.ID = ""
	return f, c.Err()
}

// envelopeOf reads what is not part of the statement.
func (c *checker) envelopeOf(t table) TipFile {
	f := TipFile{To: entente.PartyID(t.str("to")), Agreement: entente.AgreementID(t.str("agreement")), Attach: t.strs("attach")}
	c.party(t.p.dot("to"), f.To)
	c.agreement(t.p.dot("agreement"), f.Agreement)
	if v := t.get("expires"); v != nil {
		f.Expires = c.until(t.p.dot("expires"), v)
	}
	c.few(t.p.dot("attach"), len(f.Attach), maxAttachments)
	for i, s := range f.Attach {
		c.line(t.p.dot("attach").at(i), s, maxPath)
	}
	return f
}

// statementOf reads the statement by way of JSON, so that a file has exactly
// the fields of a statement and nobody keeps two lists of them.
func (c *checker) statementOf(t table) entente.Statement {
	tree := map[string]any{"kind": string(entente.KindTip), "id": placeholder}
	for _, key := range []string{"purpose", "precedence", "caveats", "tip"} {
		if v := t.get(key); v != nil {
			c.fits(t.p.dot(key), v, fieldsOf(reflect.TypeFor[entente.Statement](), "json")[key], "json")
			tree[key] = c.toJSON(t.p.dot(key), v)
		}
	}
	var s entente.Statement
	if c.err != nil {
		return s
	}
	b, err := json.Marshal(tree, canonical)
	if err == nil {
		err = json.Unmarshal(b, &s, strict)
	}
	if err != nil {
		c.err = c.located(explain(err))
		return entente.Statement{}
	}
	prune(reflect.ValueOf(&s).Elem())
	return s
}

// answered reads which message the tip answers. Its digest is known where the
// message is kept: the draft gets it there.
func (c *checker) answered(t table) []entente.Ref {
	re := entente.MessageID(t.str("re"))
	if re != "" {
		c.message(t.p.dot("re"), re)
	}
	return entente.Answering(re)
}

// placeholder stands for the id that the draft will have.
const placeholder = "00000000-0000-7000-8000-000000000000"

// located adds to an error the line of its field. Nothing is refused to a
// partner here, so there is no reason code.
func (c *checker) located(err error) *entente.Error {
	e := *err.(*entente.Error)
	e.Detail, e.Reason = atLine(c.lines, e.Field, e.Detail), ""
	return &e
}

// toJSON turns a TOML value into what the JSON package writes.
func (c *checker) toJSON(p *path, v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			switch p := p.dot(k); {
			case k == "geometry":
				out[k] = c.geometryOf(p, e)
			case k == "until":
				out[k] = c.until(p, e)
			default:
				out[k] = c.toJSON(p, e)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = c.toJSON(p.at(i), e)
		}
		return out
	case toml.LocalDate:
		return v.String()
	case time.Time:
		return v.UTC()
	case toml.LocalDateTime, toml.LocalTime:
		c.bad(p, "the time has no date or no zone", "write it as in 2011-03-04T09:00:00Z")
		return nil
	}
	return v
}

// geometryOf accepts GeoJSON as a text, with white space as people paste it, or
// as an inline table.
func (c *checker) geometryOf(p *path, v any) any {
	s, ok := v.(string)
	if !ok {
		b, err := json.Marshal(v, canonical)
		if err != nil {
			c.bad(p, "it is not a GeoJSON geometry", "")
			return nil
		}
		s = string(b)
	}
	return jsontext.Value(c.shape(p, []byte(s)))
}

// until reads a time, or a day that counts until its end.
func (c *checker) until(p *path, v any) time.Time {
	switch v := v.(type) {
	case time.Time:
		return v.UTC()
	case toml.LocalDate:
		return v.AsTime(time.UTC).AddDate(0, 0, 1)
	case string:
		if t, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return t.UTC()
		}
		if t, err := time.Parse(time.DateOnly, v); err == nil {
			return t.AddDate(0, 0, 1)
		}
	}
	c.bad(p, "it should be a day, or a time with its zone", "write it as in 2011-06-30 or 2011-06-30T18:00:00Z")
	return time.Time{}
}
