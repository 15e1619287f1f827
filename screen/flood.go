package screen

import (
	"encoding/json"
	"time"

	"entente"
)

// maxTasks is how many new tasks one source makes within floodWindow: a feed or a
// party, in however many files and requests. What hits beyond it is gathered in a
// single task, with nothing lost: a desk that gets a thousand tasks at once looks
// at none.
const (
	maxTasks    = 100
	floodWindow = time.Hour
)

// floodKind is the kind of target under which what is too much of one source is
// gathered.
const floodKind entente.TargetKind = "feed"

// flow is what a source has led to in the present window.
type flow struct {
	Since time.Time `json:"since"`
	Tasks int       `json:"tasks"`
}

// mayAsk reports whether a source may make one more task, and counts it.
func (s *Screen) mayAsk(tx entente.Tx, source string) (bool, error) {
	key, now := "screen.flow."+source, s.now()
	var f flow
	b, err := found(tx.Setting(key))
	if err == nil && len(b) > 0 {
		err = json.Unmarshal(b, &f)
	}
	if err != nil {
		return false, err
	}
	if age := now.Sub(f.Since); age >= floodWindow || age < 0 {
		f = flow{Since: now}
	}
	if f.Tasks >= maxTasks {
		return false, nil
	}
	f.Tasks++
	if b, err = json.Marshal(f); err != nil {
		return false, err
	}
	return true, tx.PutSetting(key, b)
}
