package cells

import (
	"errors"
	"fmt"

	"lamsach/core/fault"
)

// Flaw is what is wrong with a part of a file, before it is known where; it becomes a *fault.Error with a place in Wrong and
// WrongSheet. Its text is the last word of the text keys file.part.… and file.sheet.….
type Flaw string

// The flaws.
const (
	Damaged   Flaw = "damaged"        // checksum, size or packed data do not agree
	Truncated Flaw = "truncated"      // the part ends in the middle
	Malformed Flaw = "malformed"      // not built as files of the kind are
	Letters   Flaw = "letters"        // characters that no text has, or an encoding that is not known
	UTF16     Flaw = "utf16"          // XML in another encoding than UTF-8
	Doctype   Flaw = "doctype"        // a document type, which no workbook has
	Order     Flaw = "order"          // rows or cells out of order or twice
	Reference Flaw = "reference"      // an index into texts or styles that is not there
	Digits    Flaw = "number"         // a number cell that holds no number
	Long      Flaw = "long"           // a cell or tag longer than any program writes
	TooLarge  Flaw = "too_large"      // more unpacked bytes than Limits
	ManyRows  Flaw = "too_many_rows"  // more rows than Limits
	ManyCells Flaw = "too_many_cells" // more cells than Limits
)

// Error makes a flaw an error, so that it can be wrapped with what the log needs.
func (f Flaw) Error() string { return string(f) }

// Because wraps a flaw with a detail for the log. The detail must hold nothing from the file but numbers.
func (f Flaw) Because(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{f}, args...)...)
}

// Wrong is the error for a flaw of a part that is no sheet. Trouble that is not the file's, such as a failing disk, passes as it is.
func Wrong(err error) error {
	f, done := Flaw(""), (*fault.Error)(nil)
	if errors.As(err, &done) || !errors.As(err, &f) {
		return err
	}
	return fault.Wrap(fault.Unreadable, err, "file.part."+string(f))
}

// WrongSheet is the error for a flaw in a sheet: row is where it struck, rows how many with something in them were read before.
func WrongSheet(err error, sheet string, row, rows int) error {
	f, done := Flaw(""), (*fault.Error)(nil)
	if errors.As(err, &done) || !errors.As(err, &f) {
		return err
	}
	return fault.Wrap(fault.Unreadable, err, "file.sheet."+string(f), "Sheet", sheet, "Row", row, "Rows", rows)
}

// NotWorkbook is the error for a file that is another thing than its kind says.
func NotWorkbook(why string) error {
	return fault.Wrap(fault.Unreadable, Malformed.Because("%s", why), "file.not_workbook")
}

// Locked is the error for a file that cannot be opened without its password.
func Locked() error { return fault.New(fault.Unreadable, "file.format.password") }

// NoSheet is the error for a workbook in which no sheet holds cells.
func NoSheet() error { return fault.New(fault.Unreadable, "file.no_sheet") }
