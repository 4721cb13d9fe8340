package view

import (
	"testing"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/office"
)

// TestARefusedItemEntersNothing: a decision that the closing refuses is not counted among those to be entered.
func TestARefusedItemEntersNothing(t *testing.T) {
	c := governance.Closing{Decisions: []governance.Decision{{Item: "a"}, {Item: "b"}}, Refusals: []governance.Remark{{Item: "a", Message: fault.Say("closing.refuse.reasons")}}}
	got := ClosingData{Ending: office.Ending{Closing: c}}.entering()
	if len(got) != 1 || got[0].Item != "b" || len(c.Decisions) != 2 {
		t.Errorf("%+v", got)
	}
}
