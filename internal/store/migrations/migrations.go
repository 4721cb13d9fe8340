// Package migrations holds the SQL that makes and changes the tables, in order, for both engines.
//
// A file is never changed once it has been released: what comes later goes into a new one. Types come from the set that
// both engines accept: TEXT, BIGINT, BOOLEAN, TIMESTAMP, BYTEA.
package migrations

import "embed"

// FS holds the files.
//
//go:embed *.sql
var FS embed.FS
