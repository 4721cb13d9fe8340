package mail

import (
	"context"
	"fmt"
	stdmail "net/mail"
	"os"
	"path/filepath"
)

// Folder keeps letters as files, for tests and demonstrations: one a letter, named by its identifier. A letter that comes
// again replaces itself.
type Folder struct {
	path   string
	sender *stdmail.Address
}

func openFolder(path string, sender *stdmail.Address) (*Folder, error) {
	if path == "" {
		return nil, fmt.Errorf("the folder for mail has no path: folder:///var/spool/entente")
	}
	return &Folder{path: path, sender: sender}, os.MkdirAll(path, 0o700)
}

// Send implements Post.
func (f *Folder) Send(_ context.Context, l Letter, handing func() error) error {
	m, err := compose(l, f.sender)
	if err != nil {
		return err
	}
	if err := handing(); err != nil {
		return err
	}
	file, err := os.CreateTemp(f.path, ".letter-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) //nolint:errcheck // once it has its name, there is nothing to remove
	if _, err := m.WriteTo(file); err != nil {
		_ = file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), filepath.Join(f.path, filepath.Base(l.ID)+".eml"))
}
