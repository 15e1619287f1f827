package parse

import (
	"bytes"
	"strconv"
	"strings"

	"entente"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// shape is a GeoJSON geometry (RFC 7946, 3.1) in the one form that is accepted:
// these two members in this order. The RFC allows others, among them foreign
// ones; nobody needs them here, and each would be a place to hide something.
type shape struct {
	Type        string         `json:"type"`
	Coordinates jsontext.Value `json:"coordinates"`
}

// geometries says for each type how many lists stand around a position, and
// what the innermost of them must be.
var geometries = map[string]struct {
	depth int
	least int  // positions of the innermost list
	ring  bool // which ends where it starts
}{
	"Point":           {0, 0, false},
	"MultiPoint":      {1, 1, false},
	"LineString":      {1, 2, false},
	"MultiLineString": {2, 2, false},
	"Polygon":         {2, 4, true},
	"MultiPolygon":    {3, 4, true},
}

// bounds are those of each number of a position.
var bounds = [3]struct {
	what     string
	min, max float64
}{{"longitude", -180, 180}, {"latitude", -90, 90}, {"height", -12_000, 1_000_000}}

// Geometry brings a GeoJSON geometry into the form that a statement holds,
// whatever its white space and the order of its two members. Numbers stay as
// they are written.
func Geometry(b []byte) ([]byte, error) {
	c := &checker{reason: entente.ReasonStatement}
	out := c.shape(nil, b)
	if err := c.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

// geometry checks a geometry inside a statement.
func (c *checker) geometry(p *path, b []byte) {
	if out := c.shape(p, b); c.err == nil && !bytes.Equal(out, b) {
		c.bad(p, "the geometry is not in canonical form", "write \"type\", then \"coordinates\", without white space")
	}
}

// shape checks a geometry and gives its canonical form.
func (c *checker) shape(p *path, b []byte) []byte {
	var s shape
	if !shallow(b) || json.Unmarshal(b, &s, strict) != nil {
		c.bad(p, "it is not a GeoJSON geometry of a type and coordinates alone", "write it as in {\"type\":\"Point\",\"coordinates\":[12.5,41.9]}")
		return nil
	}
	g, ok := geometries[s.Type]
	if !ok {
		c.bad(p.dot("type"), "it is not a type of geometry that is accepted", "use a Point, LineString, Polygon or a Multi of them")
		return nil
	}
	w := &walk{checker: c, least: g.least, ring: g.ring}
	w.lists(p.dot("coordinates"), s.Coordinates, g.depth)
	if c.err != nil {
		return nil
	}
	out, err := json.Marshal(s, canonical)
	if err != nil {
		c.bad(p, "it is not a GeoJSON geometry", "")
	}
	return out
}

// walk goes through the coordinates of one geometry.
type walk struct {
	*checker
	least     int
	ring      bool
	positions int
}

// lists goes down to the positions, depth lists below.
func (w *walk) lists(p *path, v jsontext.Value, depth int) {
	if w.err != nil {
		return
	}
	if depth == 0 {
		w.position(p, v)
		return
	}
	list, ok := elements(v)
	if !ok || len(list) == 0 {
		w.bad(p, "it is not a list with something in it", "")
		return
	}
	if depth == 1 {
		w.run(p, list)
		return
	}
	for i, e := range list {
		w.lists(p.at(i), e, depth-1)
	}
}

// run checks an innermost list of positions.
func (w *walk) run(p *path, list []jsontext.Value) {
	if len(list) < w.least {
		w.bad(p, strconv.Itoa(len(list))+" positions are too few: this type needs "+strconv.Itoa(w.least), "")
		return
	}
	var first, last [3]float64
	for i, e := range list {
		if w.err != nil {
			return
		}
		last = w.position(p.at(i), e)
		if i == 0 {
			first = last
		}
	}
	if w.ring && first != last {
		w.bad(p, "the ring is not closed", "repeat its first position at its end")
	}
}

// position checks longitude and latitude in degrees of WGS 84, and a height in metres.
func (w *walk) position(p *path, v jsontext.Value) (at [3]float64) {
	if w.positions++; w.positions > maxPositions {
		w.bad(p, "the geometry has more than "+strconv.Itoa(maxPositions)+" positions", "simplify it")
		return at
	}
	list, ok := elements(v)
	if !ok || len(list) < 2 || len(list) > 3 {
		w.bad(p, "it is not a position of longitude, latitude and perhaps height", "longitude stands first")
		return at
	}
	for i, v := range list {
		bound := bounds[i]
		n, ok := decimal(string(v))
		if !ok {
			w.bad(p.at(i), "it is not a plain decimal number", "write it without exponent, with at most 20 digits")
		} else if n < bound.min || n > bound.max {
			w.bad(p.at(i), "the "+bound.what+" is out of range", "longitude is -180 to 180 and stands first, latitude -90 to 90, height in metres")
		}
		at[i] = n
	}
	return at
}

// elements splits a JSON list.
func elements(v jsontext.Value) ([]jsontext.Value, bool) {
	var list []jsontext.Value
	err := json.Unmarshal(v, &list)
	return list, err == nil && v.Kind() == '['
}

// decimal reads a number written as people write them, so that no two programs
// read it differently.
func decimal(s string) (float64, bool) {
	if len(s) > 22 || strings.Trim(s, "-.0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}
