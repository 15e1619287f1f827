// Package spell takes people's names apart and tells which spellings may be
// one name, in any script.
//
// Real variation is systematic: one passport office writes TSARNOV, an
// intelligence service Tsarnov, a newspaper Zarnow, and all three heard Царнов.
// So no right spelling is looked for. Each part of a name gets the readings
// that are in use ([Part.Latin], [Part.Others]); each reading is turned into
// sounds; and the sounds are folded into skeletons in which the variants meet
// ([Skeleton], [Part.Keys]). Keys find candidates; [Compare] says how alike two
// parts are and by which rule; [Rarity] says how much that is worth.
//
//	text ──Parse──▶ parts ──▶ readings (a–z) ──▶ sounds ──▶ skeletons ──▶ keys
//	                                              └──▶ Compare
//
// Letters are read by the tables of ICAO Doc 9303-3 section 6 and by the rules
// of BGN/PCGN, Hebrew, Han, kana, Hangul, the unwritten vowels of Arabic, and
// what Russian makes of names of other languages, by a model learned from pairs
// of spellings (learned.go).
//
// A name never comes out empty, and an unknown letter never makes two names
// look alike: what cannot be read is spelt out by its code point.
package spell
