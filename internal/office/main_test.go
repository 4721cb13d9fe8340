package office

import (
	"testing"

	"entente/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
