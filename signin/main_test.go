package signin

import (
	"os"
	"testing"

	"entente/internal/browser"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }
