package xlsx

import (
	"errors"
	"fmt"

	"lamsach/core/fault"
)

// flaw is what is wrong with a part, before it is known where; it becomes a *fault.Error with a place in wrong and wrongSheet.
// Its text is the last word of the text keys file.part.… and file.sheet.….
type flaw string

// The flaws.
const (
	flawDamaged   flaw = "damaged"        // checksum, size or packed data do not agree
	flawTruncated flaw = "truncated"      // the part ends in the middle
	flawMalformed flaw = "malformed"      // not well-formed XML, or not built as a workbook is
	flawLetters   flaw = "letters"        // invalid UTF-8, or control characters
	flawUTF16     flaw = "utf16"          // a part in UTF-16 or another encoding
	flawDoctype   flaw = "doctype"        // a document type, which no workbook has
	flawOrder     flaw = "order"          // rows or cells out of order or twice
	flawReference flaw = "reference"      // an index into the shared strings or styles that is not there
	flawNumber    flaw = "number"         // a number cell that holds no number
	flawLong      flaw = "long"           // a cell or tag longer than any program writes
	flawUnpacked  flaw = "too_large"      // more unpacked bytes than Limits
	flawRows      flaw = "too_many_rows"  // more rows than Limits
	flawCells     flaw = "too_many_cells" // more cells than Limits
)

// Error makes a flaw an error, so that it can be wrapped with what the log needs.
func (f flaw) Error() string { return string(f) }

// because wraps a flaw with a detail for the log. The detail must hold nothing from the file but numbers.
func (f flaw) because(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{f}, args...)...)
}

// wrong is the error for a flaw of a part that is no sheet. Trouble that is not the file's, such as a failing disk, passes as it is.
func wrong(err error) error {
	f, done := flaw(""), (*fault.Error)(nil)
	if errors.As(err, &done) || !errors.As(err, &f) {
		return err
	}
	return fault.Wrap(fault.Unreadable, err, "file.part."+string(f))
}

// wrongSheet is the error for a flaw in a sheet: row is where it struck, rows how many with something in them were read before.
func wrongSheet(err error, sheet string, row, rows int) error {
	f, done := flaw(""), (*fault.Error)(nil)
	if errors.As(err, &done) || !errors.As(err, &f) {
		return err
	}
	return fault.Wrap(fault.Unreadable, err, "file.sheet."+string(f), "Sheet", sheet, "Row", row, "Rows", rows)
}
