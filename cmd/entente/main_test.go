package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes this binary the command, too: scripts and the commands of the
// documents run it as entente.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"entente": main})
}
