package main

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"math"
)

const (
	end   = 0
	begin = 1
	first = 2
)

// cost is −log2 p in eighths of a bit, as the table holds it.
func cost(p float64) byte {
	return byte(math.Round(min(max(-8*math.Log2(p), 0), 255)))
}

// writeUnits writes symbols and their units, which are sorted by symbol.
func writeUnits(b []byte, units []unit) []byte {
	var symbols []uint64
	of := map[uint64][]string{}
	for _, u := range units {
		if len(of[u.symbol]) == 0 {
			symbols = append(symbols, u.symbol)
		}
		of[u.symbol] = append(of[u.symbol], u.letters)
	}
	b = binary.AppendUvarint(b, uint64(len(symbols)))
	var last uint64
	for _, y := range symbols {
		b = binary.AppendUvarint(b, y-last)
		last = y
		b = binary.AppendUvarint(b, uint64(len(of[y])))
		for _, letters := range of[y] {
			b = append(binary.AppendUvarint(b, uint64(len(letters))), letters...)
		}
	}
	return b
}

// writeStates writes the trie level by level. The root holds every unit.
func writeStates(b []byte, g *grams) []byte {
	level, states := []*node{g.root}, 0
	var body []byte
	for len(level) > 0 {
		var next []*node
		for _, n := range level {
			states++
			body = append(body, cost(n.price))
			body = binary.AppendUvarint(body, uint64(len(n.kids)))
			last := -1
			for _, u := range n.sorted() {
				k := n.kids[u]
				d := uint64(int(u)-last-1) << 1
				last = int(u)
				if len(k.kids) > 0 {
					d |= 1
					next = append(next, k)
				}
				body = append(binary.AppendUvarint(body, d), cost(k.prob))
			}
		}
		level = next
	}
	return append(binary.AppendUvarint(b, uint64(states)), body...)
}

// pack adds a part to the table.
func pack(table []byte, letter byte, raw []byte) []byte {
	var z bytes.Buffer
	w, _ := flate.NewWriter(&z, flate.BestCompression)
	w.Write(raw) // a buffer takes everything
	w.Close()
	return plain(table, letter, z.Bytes())
}

// plain adds a part as it is.
func plain(table []byte, letter byte, b []byte) []byte {
	table = append(table, letter)
	table = binary.AppendUvarint(table, uint64(len(b)))
	return append(table, b...)
}
