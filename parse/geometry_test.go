package parse

import (
	"fmt"
	"strings"
	"testing"

	"entente"
)

func TestGeometry(t *testing.T) {
	square := `[[[0,0],[1,0],[1,1],[0,0]]]`
	for in, want := range map[string]string{
		`{"type":"Point","coordinates":[12.5,41.9]}`:                             "",
		`{"type":"Point","coordinates":[-180,-90,8848.86]}`:                      "",
		`{"type":"MultiPoint","coordinates":[[180,90],[0.000001,-0.5]]}`:         "",
		`{"type":"LineString","coordinates":[[0,0],[1,1]]}`:                      "",
		`{"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[2,2],[3,3]]]}`: "",
		`{"type":"Polygon","coordinates":` + square + `}`:                        "",
		`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0.0,0]]]}`:         "",
		`{"type":"MultiPolygon","coordinates":[` + square + `]}`:                 "",
		"{ \"coordinates\" : [ 12.50 , 41.9 ],\n \"type\" : \"P\\u006fint\" }":   `{"type":"Point","coordinates":[12.50,41.9]}`,
	} {
		if want == "" {
			want = in
		}
		got, err := Geometry([]byte(in))
		if err != nil || string(got) != want {
			t.Errorf("%s: got %s, %v", in, got, err)
		}
	}
}

func TestGeometryRefusals(t *testing.T) {
	point := func(c string) string { return `{"type":"Point","coordinates":` + c + `}` }
	many := `[` + strings.Repeat(`[0,0],`, maxPositions) + `[0,0]]`
	for _, tt := range []struct{ in, field string }{
		{``, ""},
		{`null`, "type"},
		{`[]`, ""},
		{`"Point"`, ""},
		{`{"type":"Point"}`, "coordinates"},
		{`{"type":"point","coordinates":[0,0]}`, "type"},
		{`{"type":"GeometryCollection","geometries":[]}`, ""},
		{`{"type":"Feature","coordinates":[0,0]}`, "type"},
		{`{"type":"Point","type":"Point","coordinates":[0,0]}`, ""},
		{`{"type":"Point","coordinates":[0,0],"crs":{}}`, ""},
		{point(`[]`), "coordinates"},
		{point(`[0]`), "coordinates"},
		{point(`[0,0,0,0]`), "coordinates"},
		{point(`[[0,0]]`), "coordinates"},
		{point(`null`), "coordinates"},
		{point(`{"0":0}`), "coordinates"},
		{point(`["0",0]`), "coordinates[0]"},
		{point(`[0,null]`), "coordinates[1]"},
		{point(`[180.1,0]`), "coordinates[0]"},
		{point(`[-180.0001,0]`), "coordinates[0]"},
		{point(`[0,90.5]`), "coordinates[1]"},
		{point(`[0,0,1e3]`), "coordinates[2]"},
		{point(`[1e1,0]`), "coordinates[0]"},
		{point(`[0,0,2000000]`), "coordinates[2]"},
		{point(`[0.` + strings.Repeat("0", 30) + `,0]`), "coordinates[0]"},
		{`{"type":"MultiPoint","coordinates":[]}`, "coordinates"},
		{`{"type":"LineString","coordinates":[[0,0]]}`, "coordinates"},
		{`{"type":"LineString","coordinates":[[0,0],[0,99]]}`, "coordinates[1][1]"},
		{`{"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[]]}`, "coordinates[1]"},
		{`{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}`, "coordinates[0]"},
		{`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}`, "coordinates[0]"},
		{`{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[0,0],[1,0],[1,1],[0,0.1]]]]}`, "coordinates[1][0]"},
		{`{"type":"MultiPoint","coordinates":` + many + `}`, fmt.Sprintf("coordinates[%d]", maxPositions)},
		{point(strings.Repeat("[", 40) + strings.Repeat("]", 40)), ""},
	} {
		_, err := Geometry([]byte(tt.in))
		wantRefusal(t, tt.in[:min(len(tt.in), 80)], err, entente.ReasonStatement, tt.field)
	}
}
