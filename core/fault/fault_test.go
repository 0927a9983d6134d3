package fault_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/core/fault"
)

func TestErrorCarriesItsSentence(t *testing.T) {
	err := fault.New(fault.Unreadable, "file.truncated", "Row", 12)
	if diff := cmp.Diff(fault.T("file.truncated", "Row", 12), err.Text()); diff != "" {
		t.Error(diff)
	}
	if fault.T("help.title").Args != nil {
		t.Error("a text without arguments has some")
	}
}

func TestIsSeesThroughWrapping(t *testing.T) {
	wrapped := fmt.Errorf("reading: %w", fault.Wrap(fault.Unreadable, io.ErrUnexpectedEOF, "file.truncated"))
	if !fault.Is(wrapped, fault.Unreadable) || fault.Is(wrapped, fault.NotFound) || fault.Is(io.EOF, fault.Unreadable) || fault.Is(nil, fault.Invalid) {
		t.Error("Is does not tell kinds apart")
	}
	if !errors.Is(wrapped, io.ErrUnexpectedEOF) {
		t.Error("the cause is lost")
	}
}

func TestErrorKeepsArgumentsOut(t *testing.T) {
	err := fault.Wrap(fault.Invalid, io.EOF, "review.not_a_date", "Value", "Lò Văn Thử")
	if strings.Contains(err.Error(), "Thử") || err.Error() != "review.not_a_date: EOF" {
		t.Errorf("for the log: %q", err.Error())
	}
	if bare := fault.New(fault.Invalid, "review.not_a_date"); bare.Error() != "review.not_a_date" || bare.Unwrap() != nil {
		t.Errorf("for the log: %q", bare.Error())
	}
}
