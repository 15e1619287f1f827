package outbox

import (
	"testing"

	"entente"
)

// channelRecords is the ledgers of channels, and how often they were read.
type channelRecords struct {
	entente.LedgerStore
	reads int
}

func recordOf(origin string, seq int64) entente.Digest {
	return entente.DigestOf([]byte{origin[len(origin)-1], byte(seq)})
}

func (c *channelRecords) Records(origin string, first int64, n int) (ds []entente.Digest, err error) {
	c.reads++
	for i := range n {
		ds = append(ds, recordOf(origin, first+int64(i)))
	}
	return ds, nil
}

// What waits is found by its envelope, also where places between are settled,
// and places in a row cost one read.
func TestByEnvelope(t *testing.T) {
	east := entente.Channel{Agreement: "north-star", From: "borea-sls", To: "cadia-east"}
	west := entente.Channel{Agreement: "north-star", From: "borea-sls", To: "cadia-wes"}
	var items []entente.QueueItem
	for _, p := range []struct {
		ch  entente.Channel
		seq int64
	}{{east, 3}, {east, 4}, {east, 5}, {east, 9}, {west, 10}, {west, 11}, {west, 3}} {
		items = append(items, entente.QueueItem{Channel: p.ch, Seq: p.seq})
	}
	c := &channelRecords{}
	waiting, err := byEnvelope(c, items)
	if err != nil {
		t.Fatal(err)
	}
	if len(waiting) != len(items) {
		t.Errorf("%d of %d items were found", len(waiting), len(items))
	}
	for _, item := range items {
		if got := waiting[recordOf(item.Channel.Origin(), item.Seq)]; got != item {
			t.Errorf("got %+v, want %+v", got, item)
		}
	}
	if c.reads != 4 {
		t.Errorf("%d reads for four rows of places", c.reads)
	}
}
