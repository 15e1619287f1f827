package wire

import "entente/parse"

func marshal(v any) ([]byte, error) { return parse.Encode(v) }
