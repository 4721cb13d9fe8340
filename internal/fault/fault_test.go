package fault_test

import (
	"errors"
	"testing"

	. "entente/internal/fault"
)

func TestWrapKeepsWhatTheInnerErrorSays(t *testing.T) {
	inner := New(Forbidden, "fault.may-not", "who", "the strategic committee")
	err := Wrap(Wrap(inner, "store.Mandate", "m1"), "web.mandate", "")
	var e *Error
	if !errors.As(err, &e) || e.Message.Key != "fault.may-not" || KindOf(err) != Forbidden {
		t.Fatalf("wrapped: %v", err)
	}
	if want := "web.mandate: forbidden: fault.may-not: store.Mandate: m1: forbidden: fault.may-not: forbidden: fault.may-not"; err.Error() != want {
		t.Errorf("log line\n got %s\nwant %s", err, want)
	}
	if Wrap(nil, "op", "key") != nil {
		t.Error("wrapping nothing gives something")
	}
}

func TestAnUnclassifiedErrorIsInternal(t *testing.T) {
	err := errors.New("disk full")
	if KindOf(err) != Internal || !Is(Wrap(err, "op", ""), Internal) || Is(nil, Internal) {
		t.Error("kinds of unclassified errors")
	}
	if !Is(Of(Unavailable, err, "op", "k"), Unavailable) || !errors.Is(Of(Unavailable, err, "op", "k"), err) {
		t.Error("Of loses kind or cause")
	}
}

func TestFieldsBecomeAnErrorOnlyWhenThereAreSome(t *testing.T) {
	var f Fields
	if f.Err() != nil {
		t.Error("no field, and yet an error")
	}
	f.Add("from", "fault.field.required")
	f.Add("from", "fault.field.date")
	if m, ok := f.On("from"); !ok || m.Key != "fault.field.required" {
		t.Errorf("first fault on the field: %v %v", m, ok)
	}
	if _, ok := f.On("to"); ok {
		t.Error("a fault on a field that has none")
	}
	if !Is(f.Err(), Invalid) {
		t.Error("fields are not invalid input")
	}
}

func TestSay(t *testing.T) {
	if m := Say("a.b"); m.Args != nil || m.IsZero() || m.String() != "a.b" {
		t.Errorf("%#v", m)
	}
	if m := Say("a.b", "count", 2); m.Args["count"] != 2 || m.String() != "a.b map[count:2]" {
		t.Errorf("%v", m)
	}
	if !(Message{}).IsZero() {
		t.Error("the zero message says something")
	}
}
