package main

import (
	"context"
	"fmt"
	"time"

	"entente/internal/fault"
	"entente/internal/sqldb"
	"entente/internal/store"
)

// backupCmd writes the whole database to one file.
type backupCmd struct {
	File     string `arg:"" help:"${cli_backup_file}"`
	Database string `help:"${cli_database}" default:"entente.db" env:"ENTENTE_DATABASE" placeholder:"FILE|postgres://…"`
}

// Run copies the database while a server may go on using it. An existing file is never overwritten.
func (c *backupCmd) Run(ctx context.Context, con *console) error {
	if err := existing(c.Database); err != nil {
		return err
	}
	st, err := store.Open(ctx, c.Database, time.Now)
	if err != nil {
		return err
	}
	defer st.Close() //nolint:errcheck // it only read
	if err := st.Backup(ctx, c.File); err != nil {
		return err
	}
	fmt.Fprintln(con.out, con.p.T("cli.backup.done", "file", c.File))
	return nil
}

// restoreCmd puts a backup in the place of the database.
type restoreCmd struct {
	File     string `arg:"" help:"${cli_restore_file}"`
	Database string `help:"${cli_database}" default:"entente.db" env:"ENTENTE_DATABASE" placeholder:"FILE|postgres://…"`
	Force    bool   `help:"${cli_restore_force}"`
}

// Run proves the backup whole before it touches anything. A database that is there already is left alone without --force.
func (c *restoreCmd) Run(ctx context.Context, con *console) error {
	there := !sqldb.IsPostgres(c.Database) && existing(c.Database) == nil
	if there && !c.Force {
		return fault.New(fault.Invalid, "cli.restore.exists", "file", c.Database)
	}
	if err := store.Restore(ctx, c.File, c.Database, c.Force); err != nil {
		return err
	}
	fmt.Fprintln(con.out, con.p.T("cli.restore.done", "file", c.File, "database", c.Database))
	if there {
		fmt.Fprintln(con.out, con.p.T("cli.restore.old", "file", c.Database+".old"))
	}
	return nil
}
