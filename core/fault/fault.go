// Package fault is the one vocabulary of trouble: an error that a person can be told about carries
// a text key and named arguments, and becomes words only where the reader's language is known.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of trouble an Error is, so that a caller can decide without reading texts.
type Kind string

// The kinds of trouble.
const (
	Invalid    Kind = "invalid"    // what was given does not fit
	NotFound   Kind = "not_found"  // there is no such thing, or the asker may not know of it
	Conflict   Kind = "conflict"   // somebody else changed it first
	Forbidden  Kind = "forbidden"  // the asker has no right to it
	Closed     Kind = "closed"     // too late: used, expired, ended
	Unreadable Kind = "unreadable" // a file that cannot be read whole

	Unavailable Kind = "unavailable" // something we need does not answer now; the same again later may go through
)

// Args are the named values of a text: strings, whole numbers and dates, never markup.
type Args map[string]any

// Text is a sentence not yet put into words: a key of locales/ and its arguments.
type Text struct {
	Key  string `json:"key"`
	Args Args   `json:"args,omitempty"`
}

// T makes a Text from a key and pairs of name and value.
func T(key string, pairs ...any) Text {
	text := Text{Key: key}
	for i := 0; i+1 < len(pairs); i += 2 {
		if text.Args == nil {
			text.Args = Args{}
		}
		text.Args[pairs[i].(string)] = pairs[i+1]
	}
	return text
}

// Whole gives arguments that came out of JSON as they went in: JSON knows no whole numbers, texts do.
func (a Args) Whole() Args {
	for name, value := range a {
		if number, ok := value.(float64); ok && number == float64(int64(number)) {
			a[name] = int(number)
		}
	}
	return a
}

// Error is trouble that has a sentence in locales/. Err, when set, is the cause for the log; it is
// never shown to a person.
type Error struct {
	Kind Kind
	Key  string
	Args Args
	Err  error
}

// New makes an Error from its kind, text key and pairs of name and value.
func New(kind Kind, key string, pairs ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: T(key, pairs...).Args}
}

// Wrap is New with a cause.
func Wrap(kind Kind, cause error, key string, pairs ...any) *Error {
	e := New(kind, key, pairs...)
	e.Err = cause
	return e
}

// Error names the key and the cause; arguments stay out, since they may be personal.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %v", e.Key, e.Err)
	}
	return e.Key
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Text gives the sentence to show.
func (e *Error) Text() Text { return Text{Key: e.Key, Args: e.Args} }

// As gives the Error that err is or wraps.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// Is reports whether err is, or wraps, an Error of the kind.
func Is(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}
