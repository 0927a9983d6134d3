// Package ods reads OpenDocument spreadsheets (.ods).
//
// The content is one XML part for all sheets. It is scanned twice: once at opening, to its end and its checksum, so that a file that
// is cut or damaged is refused with the number of rows that were there and no short sheet ever looks complete; and once more while the
// rows are taken, without keeping any. Rows and columns that the file repeats cost nothing while they are empty.
package ods
