package record

import (
	"cmp"
	"context"

	"entente"
)

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
