package inbox

import (
	"errors"
	"fmt"

	"entente"
)

// mostFilled bounds the list of filled places, in bytes.
const mostFilled = 64 << 10

// noteFilled puts on record that the sender filled places without showing the
// envelopes: else an audit would miss messages that never came.
func noteFilled(tx entente.SettingStore, origin string, first int64, n int) error {
	if n == 0 {
		return nil
	}
	key := entente.FilledPlaces(origin)
	list, err := tx.Setting(key)
	if err != nil && !errors.Is(err, entente.NotFound) {
		return err
	}
	if len(list) > mostFilled {
		return nil // the audit says that it does not know
	}
	return tx.PutSetting(key, fmt.Appendf(list, "%d %d\n", first, n))
}
