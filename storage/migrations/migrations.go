// Package migrations holds the changes of the store's schema, numbered, forward only.
package migrations

import "embed"

// Files are the migrations, named NNNN_what.sql.
//
//go:embed *.sql
var Files embed.FS
