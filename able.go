package entente

import "slices"

// Versions lists the versions of the protocol that this program speaks, rising.
var Versions = []int{1}

// Able returns p with what this program reads, for an edition that it makes.
func (p Party) Able() Party {
	p.Speaks, p.Accepts, p.Extensions = slices.Clone(Versions), slices.Sorted(slices.Values(Kinds)), nil
	return p
}

// Speaking is the highest version that both p and somebody who speaks these can;
// 0: none.
func (p Party) Speaking(versions []int) int {
	highest := 0
	for _, v := range p.Speaks {
		if v > highest && slices.Contains(versions, v) {
			highest = v
		}
	}
	return highest
}

// Reads reports whether p says that its node reads messages of kind k.
func (p Party) Reads(k Kind) bool { return slices.Contains(p.Accepts, k) }
