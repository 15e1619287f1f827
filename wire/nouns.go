package wire

import "entente"

// The nouns of the root and the bodies of the wire say the same in two forms:
// here they are turned into each other.

func toDeliveries(ds []entente.Delivery) deliveries {
	out := deliveries{make([]delivery, len(ds))}
	for i, d := range ds {
		out.Deliveries[i] = delivery{d.Envelope, string(d.Checkpoint), d.Before, string(d.First)}
	}
	return out
}

func (d deliveries) nouns() []entente.Delivery {
	out := make([]entente.Delivery, len(d.Deliveries))
	for i, x := range d.Deliveries {
		out[i] = entente.Delivery{Envelope: x.Envelope, Checkpoint: []byte(x.Checkpoint), Before: x.Before, First: some(x.First)}
	}
	return out
}

func toSettlements(ss []entente.Settlement) settlements {
	out := settlements{make([]settlement, len(ss))}
	for i, s := range ss {
		out.Settlements[i] = settlement{s.Envelope, string(s.Receipt), string(s.Refusal)}
	}
	return out
}

func (s settlements) nouns() []entente.Settlement {
	out := make([]entente.Settlement, len(s.Settlements))
	for i, x := range s.Settlements {
		out[i] = entente.Settlement{Envelope: x.Envelope, Receipt: some(x.Receipt), Refusal: some(x.Refusal)}
	}
	return out
}

func toHeads(hs []entente.LedgerHead) heads {
	out := heads{make([]head, len(hs))}
	for i, h := range hs {
		out.Heads[i] = head{h.Origin, h.Size, string(h.Checkpoint), string(h.Cosigned), h.Tail, h.Lacks}
	}
	return out
}

func (h heads) nouns() []entente.LedgerHead {
	out := make([]entente.LedgerHead, len(h.Heads))
	for i, x := range h.Heads {
		out[i] = entente.LedgerHead{Origin: x.Origin, Size: x.Size, Checkpoint: some(x.Checkpoint), Cosigned: some(x.Cosigned), Tail: x.Tail, Lacks: x.Lacks}
	}
	return out
}

// some keeps what is absent absent: nil, not an empty slice.
func some(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}

// fit gives the deliveries, from the first on, that go into one body. The first
// always goes: an envelope has a bound of its own that is well below MaxBody.
func fit(ds []entente.Delivery) []entente.Delivery {
	room := MaxBody - 64
	for i, d := range ds[:min(len(ds), MaxDeliveries)] {
		// Base64 makes four of three, JSON at most six of one; 67 is a digest with quotes and comma.
		room -= 4*(len(d.Envelope)+2)/3 + 6*len(d.Checkpoint) + 67*len(d.Before) + 6*len(d.First) + 64
		if room < 0 && i > 0 {
			return ds[:i]
		}
	}
	return ds[:min(len(ds), MaxDeliveries)]
}
