// Package viet knows Vietnamese text as it arrives in lists: composed and decomposed letters, invisible
// blanks, capitals, encodings of the 1990s, look-alike letters, and the forms in which two names are compared.
//
// Everything begins with a test of bytes, since nearly all text is tidy; golang.org/x/text is asked only about
// the rest.
package viet
