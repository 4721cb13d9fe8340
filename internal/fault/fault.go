// Package fault holds the kinds of error that Entente tells apart, and the messages that explain them.
//
// It is not a logger and knows no HTTP status: the web layer turns a kind into a status and a page. The invariant that
// it owns: what a person reads is never written here or in any other Go file. A message carries the key of a sentence in
// the catalogues and the values that the sentence needs.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of failure an error is, so that callers can answer without reading its text.
type Kind int

// The kinds of failure. Internal is the zero value: whatever nobody classified is our own fault.
const (
	Internal    Kind = iota // unexpected: a plain page with a reference, the detail in the log
	Invalid                 // the input is wrong: Fields or Message say where and how to mend it
	NotFound                // no such thing, or none that this person may know of
	Forbidden               // the person is known and may not; Message says who may, and by which article
	SignIn                  // nobody is signed in
	Conflict                // the thing changed since it was read
	TooMany                 // too many attempts; try again later
	Unavailable             // a part that this needs is not there just now
)

var kindNames = [...]string{"internal", "invalid", "not found", "forbidden", "sign in", "conflict", "too many", "unavailable"}

// String names the kind for logs.
func (k Kind) String() string { return kindNames[k] }

// Args are the named values of a message. A value may be a string, a number, a calendar.Date, a Message (translated in
// its turn) or a list of Messages.
type Args map[string]any

// Message is a sentence of the catalogues: its key, and the values for the names that stand in it. The argument named
// "count", where present, chooses between singular and plural.
type Message struct {
	Key  string `json:"key"`
	Args Args   `json:"args,omitempty"`
}

// Say builds a message from its key and pairs of name and value. It panics on an odd number of pairs, which is a slip of
// the programmer's.
func Say(key string, pairs ...any) Message {
	if len(pairs) == 0 {
		return Message{Key: key}
	}
	args := make(Args, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	return Message{Key: key, Args: args}
}

// IsZero tells a message that says nothing.
func (m Message) IsZero() bool { return m.Key == "" }

// String shows key and arguments, for logs and tests; people read the translated sentence.
func (m Message) String() string {
	if len(m.Args) == 0 {
		return m.Key
	}
	return fmt.Sprintf("%s %v", m.Key, map[string]any(m.Args))
}

// Field is what is wrong with one field of a form.
type Field struct {
	Name    string
	Message Message
}

// Error is a classified failure. Op names the operation, Key the thing it was about; both are for the log. Message and
// Fields are for the person.
type Error struct {
	Kind    Kind
	Op      string
	Key     string
	Message Message
	Fields  []Field
	Err     error
}

// Error joins what is known, for the log.
func (e *Error) Error() string {
	parts := make([]string, 0, 5)
	for _, s := range []string{e.Op, e.Key, e.Kind.String(), e.Message.Key} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	for _, f := range e.Fields {
		parts = append(parts, f.Name+" "+f.Message.Key)
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes a failure of a kind with the sentence that explains it.
func New(kind Kind, key string, pairs ...any) *Error {
	return &Error{Kind: kind, Message: Say(key, pairs...)}
}

// Wrap adds operation and key to err and keeps its kind, message and fields. Wrapping nil gives nil.
func Wrap(err error, op, key string) error {
	if err == nil {
		return nil
	}
	e := &Error{Op: op, Key: key, Err: err, Kind: KindOf(err)}
	var inner *Error
	if errors.As(err, &inner) {
		e.Message, e.Fields = inner.Message, inner.Fields
	}
	return e
}

// Of classifies err: operation and key as in Wrap, kind given.
func Of(kind Kind, err error, op, key string) error {
	return &Error{Kind: kind, Op: op, Key: key, Err: err}
}

// KindOf reads the kind of err, Internal where nobody gave one.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is tells whether err is of the kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// Fields collects what is wrong with the fields of a form.
type Fields []Field

// Add notes a fault on a field.
func (f *Fields) Add(name, key string, pairs ...any) {
	*f = append(*f, Field{Name: name, Message: Say(key, pairs...)})
}

// On gives the first fault of a field, and whether there is one.
func (f Fields) On(name string) (Message, bool) {
	for _, x := range f {
		if x.Name == name {
			return x.Message, true
		}
	}
	return Message{}, false
}

// Err is nil when nothing was added, else an Invalid error that carries the fields.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Fields: f}
}
