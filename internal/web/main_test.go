package web

import (
	"os"
	"testing"

	"entente/internal/testkit"
)

func TestMain(m *testing.M) {
	code := m.Run()
	testkit.StopBrowser()
	os.Exit(code)
}
