package inbox

import "entente"

// heeds says what a filed message of a kind changes here. A kind that is not
// here changes nothing by itself; entente.Rooms says why.
var heeds = map[entente.Kind]func(*Inbox, entente.Tx, entente.Filed) error{
	entente.KindNotice: (*Inbox).heedNotice,
}

func (i *Inbox) heed(tx entente.Tx, f entente.Filed) error {
	if heed := heeds[f.Message.Statement.Kind]; heed != nil {
		return heed(i, tx, f)
	}
	return nil
}
