package web

import (
	"encoding/json"
	"strconv"
	"strings"

	"entente"
)

// shape is a GeoJSON geometry (RFC 7946) as far as a table shows it.
type shape struct {
	Type        string
	Coordinates json.RawMessage
}

// point gives latitude and longitude of a point; false: it is another shape.
func point(geometry []byte) (lat, lon string, ok bool) {
	var s shape
	var at []json.Number
	if json.Unmarshal(geometry, &s) != nil || s.Type != "Point" || json.Unmarshal(s.Coordinates, &at) != nil || len(at) < 2 {
		return "", "", false
	}
	return at[1].String(), at[0].String(), true
}

// geometryText is what a form shows of a geometry, and reads back.
func geometryText(geometry []byte) string {
	if lat, lon, ok := point(geometry); ok {
		return lat + ", " + lon
	}
	return string(geometry)
}

// positions lists the positions of any geometry as "latitude, longitude", at
// most so many, and says how many there are.
func positions(geometry []byte, most int) (list []string, all int) {
	var s shape
	if json.Unmarshal(geometry, &s) != nil {
		return nil, 0
	}
	var walk func(raw json.RawMessage)
	walk = func(raw json.RawMessage) {
		var at []float64
		if json.Unmarshal(raw, &at) == nil && len(at) >= 2 {
			if all++; len(list) < most {
				list = append(list, coordinate(at[1])+", "+coordinate(at[0]))
			}
			return
		}
		var inner []json.RawMessage
		if json.Unmarshal(raw, &inner) == nil {
			for _, i := range inner {
				walk(i)
			}
		}
	}
	walk(s.Coordinates)
	return list, all
}

func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// shapeWord names a geometry.
func shapeWord(geometry []byte) string {
	var s shape
	json.Unmarshal(geometry, &s)
	return map[string]string{
		"Point": "point", "LineString": "line", "Polygon": "area", "MultiPoint": "points", "MultiLineString": "lines", "MultiPolygon": "areas",
	}[s.Type]
}

// nameOf is how a subject is called where there is room for one name: the
// first, as it was written.
func nameOf(t entente.Tip, subject string) entente.Name {
	for _, s := range t.Subjects {
		if s.ID == subject && len(s.Names) > 0 {
			return s.Names[0]
		}
	}
	return entente.Name{Text: subject}
}

// titleOf is the line by which a message is listed.
func (p *page) titleOf(s entente.Statement) string {
	switch {
	case s.Tip != nil && s.Tip.Title != "":
		return s.Tip.Title
	case s.Tip != nil:
		return p.T("A tip without a title")
	case s.Disposition != nil:
		return p.outcome(s.Disposition.Outcome)
	case s.Note != nil:
		line, _, _ := strings.Cut(s.Note.Text, "\n")
		if r := []rune(line); len(r) > 80 {
			return string(r[:79]) + "…"
		}
		return line
	case s.Notice != nil:
		return term(p, noticeWords, s.Notice.What)
	case s.Acknowledgement != nil:
		return p.T("Seen by a person: %s", p.role(s.Acknowledgement.Role))
	}
	return term(p, kindWords, s.Kind)
}

// questionText finds the text of a question that an answer names.
func questionText(asked *entente.Tip, id string) string {
	if asked != nil {
		for _, q := range asked.Questions {
			if q.ID == id {
				return q.Text
			}
		}
	}
	return id
}
