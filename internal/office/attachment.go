package office

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/gabriel-vasile/mimetype"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/scan"
	"entente/internal/store"
)

// sniffed is how much of a content is looked at to find its media type, in bytes: enough to meet the folder of an office
// document behind a picture of its first page.
const sniffed = 256 << 10

func init() { mimetype.SetLimit(sniffed) }

// Upload is a document that was received and found admissible, in a temporary file: on its way from a form to the store.
// Whoever receives one closes it.
type Upload struct {
	FileName string // clean, with the ending of its type
	Type     string // media type, found in the content
	Size     int64  // bytes
	file     *os.File
}

// Receive takes a document in: to a temporary file first, so that nothing waits for a slow network, then its size, its type
// and, where there is a scanner, its harmlessness are looked at. No more is read of content than the limits admit. A refusal
// is fault.Invalid on the field "file"; where the scanner gives no verdict it is fault.Unavailable.
func Receive(ctx context.Context, content io.Reader, name string, limits governance.AttachmentLimits, scanner *scan.Clamd) (*Upload, error) {
	file, err := os.CreateTemp("", "entente-*.part")
	if err != nil {
		return nil, fault.Of(fault.Unavailable, err, "office.receive", "")
	}
	_ = os.Remove(file.Name()) // where the system allows it: a program that is killed leaves nothing behind
	u := &Upload{file: file}
	err = u.take(content, limits)
	if err == nil {
		u.Type, u.FileName, err = u.admit(name, limits)
	}
	if err == nil && scanner != nil {
		err = u.scan(ctx, scanner)
	}
	if err != nil {
		u.Close()
		return nil, err
	}
	return u, nil
}

// take writes the content to the temporary file.
func (u *Upload) take(content io.Reader, limits governance.AttachmentLimits) error {
	n, err := io.Copy(u.file, io.LimitReader(content, limits.MaxSize+1))
	var disk *os.PathError
	switch {
	case errors.As(err, &disk):
		return fault.Of(fault.Unavailable, err, "office.receive", "")
	case err != nil:
		return err
	case n > limits.MaxSize:
		return limits.TooLarge("file")
	case n == 0:
		var f fault.Fields
		f.Add("file", "fault.file.empty")
		return f.Err()
	}
	u.Size = n
	return nil
}

// admit finds the type in the content.
func (u *Upload) admit(name string, limits governance.AttachmentLimits) (media, fileName string, err error) {
	if _, err := u.file.Seek(0, io.SeekStart); err != nil {
		return "", "", err
	}
	found, err := mimetype.DetectReader(u.file)
	if err != nil {
		return "", "", err
	}
	return limits.Admit(found.String(), name, "file")
}

// scan has the content examined; what is found is a fault of the field.
func (u *Upload) scan(ctx context.Context, scanner *scan.Clamd) error {
	if _, err := u.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	err := scanner.Scan(ctx, u.file)
	var e *fault.Error
	if fault.Is(err, fault.Invalid) && errors.As(err, &e) {
		return &fault.Error{Kind: fault.Invalid, Fields: []fault.Field{{Name: "file", Message: e.Message}}}
	}
	return err
}

// Attach attaches the document to the thing that a names, under its title; without one, under the name of the file.
func (u *Upload) Attach(ctx context.Context, sp *store.Space, by store.Actor, a governance.Attachment) (governance.Attachment, error) {
	a.FileName, a.Type = u.FileName, u.Type
	if a.Name == "" {
		a.Name = governance.TitleOf(u.FileName)
	}
	return sp.Attach(ctx, by, a, u.file)
}

// Close throws the temporary file away.
func (u *Upload) Close() {
	name := u.file.Name()
	_ = u.file.Close()
	_ = os.Remove(name) // where it could not be removed while it was open
}
