package web

import (
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// maxField bounds one line of a form, in characters; longer text is refused beside its field.
const maxField = 500

// form reads the fields of a submitted form and collects what is wrong with them, so that the page can come back filled.
type form struct {
	values url.Values
	files  map[string][]*multipart.FileHeader // nil unless the form may carry files
	faults fault.Fields
}

// maxFile bounds one file of a form, in bytes; a larger one is refused beside its field.
const maxFile = 2 << 20

// readForm parses the body of a request, with the files that it carries. Nothing of it goes to disk: the whole body is
// bounded.
func readForm(r *http.Request) (*form, error) {
	parse := r.ParseForm
	if media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); media == "multipart/form-data" {
		parse = func() error { return r.ParseMultipartForm(bodyBound(r)) }
	}
	if err := parse(); err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Op: "web.readForm", Message: fault.Say("fault.form.unreadable"), Err: err}
	}
	f := &form{values: r.PostForm}
	if r.MultipartForm != nil {
		f.files = r.MultipartForm.File
	}
	return f, nil
}

// file is the content and the name of the file chosen in a field; ok is false where none was, or where it is refused.
func (f *form) file(name string) (content []byte, called string, ok bool) {
	return f.fileUpTo(name, maxFile)
}

// fileUpTo is file with another bound, in bytes.
func (f *form) fileUpTo(name string, most int64) (content []byte, called string, ok bool) {
	if len(f.files[name]) == 0 {
		return nil, "", false
	}
	chosen := f.files[name][0]
	switch {
	case chosen.Size == 0:
		f.faults.Add(name, "fault.file.empty")
		return nil, "", false
	case chosen.Size > most:
		f.faults.Add(name, "fault.file.too-large", "max", most>>20)
		return nil, "", false
	}
	r, err := chosen.Open()
	if err == nil {
		defer r.Close()
		content, err = io.ReadAll(r)
	}
	if err != nil {
		f.faults.Add(name, "fault.file.unreadable")
		return nil, "", false
	}
	return content, chosen.Filename, true
}

// text is a line, without the blanks around it.
func (f *form) text(name string) string {
	s := strings.TrimSpace(f.values.Get(name))
	if utf8.RuneCountInString(s) > maxField {
		f.faults.Add(name, "fault.field.too-long", "max", maxField)
	}
	return s
}

// required is a line that may not be blank.
func (f *form) required(name string) string {
	s := f.text(name)
	if s == "" {
		f.faults.Add(name, "fault.field.required")
	}
	return s
}

// prose is a text of several lines.
func (f *form) prose(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(f.values.Get(name), "\r\n", "\n"))
}

// date is a day, as browsers send it or as people type it ("8/12/2026"); what is neither is a fault.
func (f *form) date(name string) calendar.Date {
	s := f.text(name)
	d, err := calendar.Parse(s)
	if err != nil {
		d, err = typedDate(s)
	}
	if err != nil {
		f.faults.Add(name, "fault.field.date")
	}
	return d
}

// typedDate reads day/month/year.
func typedDate(s string) (calendar.Date, error) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '.' || r == '-' || r == ' ' })
	if len(parts) != 3 || len(parts[2]) != 4 || len(parts[1]) > 2 || len(parts[0]) > 2 {
		return calendar.Parse(s)
	}
	pad := func(x string) string { return strings.Repeat("0", 2-len(x)) + x }
	return calendar.Parse(parts[2] + "-" + pad(parts[1]) + "-" + pad(parts[0]))
}

// period is two dates.
func (f *form) period(from, to string) calendar.Period {
	return calendar.Period{From: f.date(from), To: f.date(to)}
}

// checked tells whether a box was ticked.
func (f *form) checked(name string) bool { return f.values.Get(name) != "" }

// version is the version at which the form was read; 0 where the form carries none.
func (f *form) version() int64 {
	n, _ := strconv.ParseInt(f.values.Get("version"), 10, 64)
	return n
}

// err is nil when every field could be read.
func (f *form) err() error { return f.faults.Err() }
