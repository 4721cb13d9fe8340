package governance_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"entente/internal/fault"
	"entente/internal/governance"
)

// faultsOf are the keys of what is wrong, by field.
func faultsOf(err error) map[string]string {
	out := map[string]string{}
	var e *fault.Error
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			out[f.Name] = f.Message.Key
		}
	}
	return out
}

func TestAttachmentCheck(t *testing.T) {
	good := governance.Attachment{Owner: governance.OwnerMeeting, OwnerID: "x", Name: "Ordre du jour", FileName: "odj.pdf", Size: 1, Audience: governance.ForSpace}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*governance.Attachment)
		field  string
	}{
		"an owner of no kind":   {func(a *governance.Attachment) { a.Owner = "space" }, "owner"},
		"no owner":              {func(a *governance.Attachment) { a.OwnerID = "" }, "owner"},
		"no title":              {func(a *governance.Attachment) { a.Name = "  " }, "name"},
		"an endless title":      {func(a *governance.Attachment) { a.Name = strings.Repeat("é", 201) }, "name"},
		"a path":                {func(a *governance.Attachment) { a.FileName = "../odj.pdf" }, "file"},
		"no file name":          {func(a *governance.Attachment) { a.FileName = "" }, "file"},
		"nothing in it":         {func(a *governance.Attachment) { a.Size = 0 }, "file"},
		"an audience of no set": {func(a *governance.Attachment) { a.Audience = "all" }, "audience"},
	} {
		a := good
		c.change(&a)
		if f := faultsOf(a.Check()); f[c.field] == "" || len(f) != 1 {
			t.Errorf("%s: %v", name, f)
		}
	}
}

func TestCleanFileName(t *testing.T) {
	for given, want := range map[string]string{
		"Compte rendu.pdf":                   "Compte rendu.pdf",
		"../../etc/passwd":                   "passwd",
		`C:\Users\a\odj.docx`:                "odj.docx",
		"a\r\nSet-Cookie: x.pdf":             "a  Set-Cookie_ x.pdf",
		"gpj.\u202efdp.exe":                  "gpj.fdp.exe",
		`devis "final"<1>.pdf`:               "devis _final__1_.pdf",
		" .. ":                               "",
		"":                                   "",
		"\xff\xfe.pdf":                       "pdf",
		strings.Repeat("é", 300) + ".pdf":    strings.Repeat("é", 116) + ".pdf",
		strings.Repeat("a.", 200) + "fichie": strings.Repeat("a.", 56) + "a.fichie",
	} {
		if got := governance.CleanFileName(given); got != want {
			t.Errorf("%q: %q instead of %q", given, got, want)
		}
	}
}

// TestCleanFileNameIsStable: whatever comes, what stays is one name, short, and cleaning it again changes nothing.
func TestCleanFileNameIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := governance.CleanFileName(rapid.String().Draw(t, "name"))
		if governance.CleanFileName(got) != got || utf8.RuneCountInString(got) > governance.MaxFileName || strings.ContainsAny(got, "/\\\"\r\n\x00") {
			t.Fatalf("%q", got)
		}
	})
}

func TestTitleOf(t *testing.T) {
	for given, want := range map[string]string{"Ordre_du_jour.pdf": "Ordre du jour", ".pdf": "pdf", "note": "note"} {
		if got := governance.TitleOf(given); got != want {
			t.Errorf("%q: %q", given, got)
		}
	}
}

func TestAdmit(t *testing.T) {
	all := governance.DefaultAttachmentLimits()
	few := governance.AttachmentLimits{MaxSize: 1 << 20, Types: []string{"pdf"}}
	for _, c := range []struct {
		what           string
		limits         governance.AttachmentLimits
		detected, name string
		media, called  string
		fault          string
	}{
		{"a PDF", all, "application/pdf", "a.PDF", "application/pdf", "a.PDF", ""},
		{"a PDF without ending", all, "application/pdf", "Convention v1.2", "application/pdf", "Convention v1.2.pdf", ""},
		{"a picture in the clothes of a PDF", all, "image/png", "a.pdf", "", "", "fault.attachment.ending"},
		{"a program", all, "application/x-executable", "a.pdf", "", "", "fault.attachment.type"},
		{"a page", all, "text/html; charset=utf-8", "a.txt", "", "", "fault.attachment.type"},
		{"a table with semicolons", all, "text/plain; charset=utf-8", "a.csv", "text/csv", "a.csv", ""},
		{"a text that looks like a table", all, "text/csv", "a.txt", "text/plain", "a.txt", ""},
		{"a script that is text", all, "text/plain", "a.bat", "", "", "fault.attachment.ending"},
		{"a kind that is not admitted here", few, "image/png", "a.png", "", "", "fault.attachment.type"},
		{"no name", all, "application/pdf", "///", "", "", "fault.attachment.file-name"},
		{"a document with macros", all, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a.docm", "", "", "fault.attachment.ending"},
	} {
		media, called, err := c.limits.Admit(c.detected, c.name, "file")
		if got := faultsOf(err)["file"]; got != c.fault || err == nil && (media != c.media || called != c.called) {
			t.Errorf("%s: %q %q %q", c.what, media, called, got)
		}
	}
}

func TestAttachmentLimitsCheck(t *testing.T) {
	if err := governance.DefaultAttachmentLimits().Check(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		limits governance.AttachmentLimits
		field  string
	}{
		"none":            {governance.AttachmentLimits{MaxSize: 1 << 20}, "types"},
		"an unknown kind": {governance.AttachmentLimits{MaxSize: 1 << 20, Types: []string{"pdf", "exe"}}, "types"},
		"too small":       {governance.AttachmentLimits{MaxSize: 1000, Types: []string{"pdf"}}, "max-size"},
		"too large":       {governance.AttachmentLimits{MaxSize: 1 << 40, Types: []string{"pdf"}}, "max-size"},
	} {
		if f := faultsOf(c.limits.Check()); f[c.field] == "" {
			t.Errorf("%s: %v", name, f)
		}
	}
}
