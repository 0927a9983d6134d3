// Package xls reads workbooks of the kind before 2007 (.xls): BIFF8 of Excel 97 and later, BIFF5 of Excel 5 and 95.
//
// Nothing that such a file says of itself is believed: chains of sectors, lengths, counts and offsets are held against what is there.
// The whole stream is surveyed before the first row is given away, so a sheet that lost its end, or in which a record was damaged, is
// refused and never looks short. The format keeps no checksum: a letter or digit that was changed inside a cell cannot be noticed.
package xls
