// Package xlsx reads workbooks (.xlsx, Office Open XML), gives the officer's own workbook back with marks and corrections in
// it, and writes workbooks that begin with us.
//
// Reading is a byte scanner over the inflated sheet: encoding/xml alone would cost ten times the inflating. What the scanner
// gains in speed it must not lose in care, so a sheet is read whole or not at all: the checksum of every part that is used, the
// balance of tags to the end of the part, the order of rows and every index into another part are checked, and a sheet that
// fails stops with an error that names the row. A short sheet can never look complete.
package xlsx
