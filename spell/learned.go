package spell

// readings returns the likeliest Latin readings of one token by the learned
// model, likeliest first, at most max; none where nothing was learned.
func readings(s Script, token string, max int) []string { return nil }
