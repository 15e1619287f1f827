package record

import (
	"cmp"
	"context"
	"time"

	"entente"
	"entente/parse"
)

// maxPurpose is how long a stated purpose may be, in bytes.
const maxPurpose = 200

// CheckPurpose holds that what an officer states as his purpose fits the access log.
func CheckPurpose(o entente.Officer, stated string) error {
	if len(stated) > maxPurpose {
		return &entente.Error{Kind: entente.Invalid, Field: "purpose", Detail: "a purpose has at most 200 bytes", Hint: "give the number of a file, or a few words"}
	}
	_, err := parse.EncodeAccess(entente.Access{At: time.Unix(0, 0).UTC(), Officer: o.ID, Role: o.Role, Operation: entente.OpReadMessage, Purpose: stated})
	return err
}

type purposeKey struct{}

// ForPurpose gives a context in which what an officer asks is on record with the
// purpose that he stated: a word of an agreement, or the number of a file. Empty:
// he stated none.
func ForPurpose(ctx context.Context, stated string) context.Context {
	return context.WithValue(ctx, purposeKey{}, stated)
}

// Stated is the purpose that the officer stated, if he did.
func Stated(ctx context.Context) string {
	why, _ := ctx.Value(purposeKey{}).(string)
	return why
}

// Purpose is why an officer looks at something that was written for a purpose:
// what he stated, or else what his role and the thing itself say. Nobody need be
// asked who reads what he was sent.
func Purpose(ctx context.Context, by entente.Officer, of entente.Purpose) string {
	if by.Role == entente.Overseer {
		of = "oversight"
	}
	return cmp.Or(Stated(ctx), string(of), "handling")
}
