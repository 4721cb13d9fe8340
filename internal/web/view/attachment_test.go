package view

import (
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/i18n"
)

// attachmentPages are the page of the documents of a thing and the limits, refused and not.
func attachmentPages(lang string) map[string]templ.Component {
	p := samplePage(lang)
	s := specimens{p.P}
	page := func(change func(*AttachmentsData)) templ.Component {
		d := AttachmentsPageData{AttachmentsData: s.attachments(), Kicker: governance.OwnerMeeting, Thing: "x", Back: "/x"}
		d.Link = nil
		change(&d.AttachmentsData)
		return AttachmentsPage(p, d)
	}
	var file, name, limits fault.Fields
	file.Add("file", "fault.attachment.missing")
	name.Add("name", "fault.field.required")
	limits.Add("types", "fault.attachment.no-type")
	limits.Add("max-size", "fault.attachment.max-size", "least", 1, "most", 500)
	return map[string]templ.Component{
		"may":      page(func(d *AttachmentsData) { d.Return = "/x" }),
		"empty":    page(func(d *AttachmentsData) { d.List = nil }),
		"read":     page(func(d *AttachmentsData) { d.May = false }),
		"nothing":  page(func(d *AttachmentsData) { d.May, d.List = false, nil }),
		"refused":  page(func(d *AttachmentsData) { d.Faults = file }),
		"renaming": page(func(d *AttachmentsData) { d.Changing, d.Faults = "b", name }),
		"conflict": page(func(d *AttachmentsData) { d.Changing, d.Message = "b", fault.Say("attachment.conflict") }),
		"limits":   AccountsPage(p, AccountsData{Documents: DocumentSettings{MaxSize: "x", Scan: ScanSilent, Faults: limits}}),
		"scanned":  AccountsPage(p, AccountsData{Documents: DocumentSettings{MaxSize: "40", Types: []string{"pdf"}, Scan: ScanOn}}),
	}
}

func TestAttachmentPages(t *testing.T) {
	for _, lang := range i18n.Languages() {
		for name, c := range attachmentPages(lang) {
			t.Run(lang+"/"+name, func(t *testing.T) {
				root, src := render(t, c)
				checkIDs(t, root)
				checkLabels(t, root)
				checkHeadings(t, root)
				checkNothingInline(t, root)
				if i := strings.Index(src, "⟦"); i >= 0 {
					t.Errorf("a sentence is missing: %s", src[i:min(i+80, len(src))])
				}
			})
		}
	}
}

// TestAttachmentListOffersWhatIsAllowed: who may not change finds no form; the compact list has none either, and leads on.
func TestAttachmentListOffersWhatIsAllowed(t *testing.T) {
	d := specimens{i18n.For("fr")}.attachments()
	forms := func(d AttachmentsData) (n int, links []string) {
		root, _ := render(t, AttachmentList(i18n.For("fr"), d))
		for _, a := range all(root, tagged("a")) {
			links = append(links, attr(a, "href"))
		}
		return len(all(root, tagged("form"))), links
	}
	if n, _ := forms(d); n != 1+3+3+2+2 { // one that adds; for each document remove and rename; two go up and two go down
		t.Errorf("%d forms", n)
	}
	compact, read := d, d
	compact.Compact, read.May = true, false
	if n, links := forms(compact); n != 0 || links[len(links)-1] != "/espaces/exemple/pieces/reunions/exemple" {
		t.Errorf("compact: %d forms, links %v", n, links)
	}
	if n, links := forms(read); n != 0 || len(links) != len(d.List) {
		t.Errorf("read: %d forms, links %v", n, links)
	}
}

// TestReturn: each form of a list on another page leads back to that page.
func TestReturn(t *testing.T) {
	d := specimens{i18n.For("fr")}.attachments()
	d.Return = "/espaces/exemple/reunions/x"
	root, _ := render(t, AttachmentList(i18n.For("fr"), d))
	back := all(root, func(n *html.Node) bool { return attr(n, "name") == "retour" && attr(n, "value") == d.Return })
	if forms := all(root, tagged("form")); len(back) != len(forms) {
		t.Errorf("%d of %d forms lead back", len(back), len(forms))
	}
}

func TestFileSize(t *testing.T) {
	fr, en := i18n.For("fr"), i18n.For("en")
	for n, want := range map[int64][2]string{
		0: {"0\u00a0octet", "0 bytes"}, 1: {"1\u00a0octet", "1 byte"}, 812: {"812\u00a0octets", "812 bytes"}, 1024: {"1\u00a0Ko", "1\u00a0kB"},
		55_000: {"54\u00a0Ko", "54\u00a0kB"}, 1_023_999: {"1\u00a0Mo", "1\u00a0MB"}, 1_258_291: {"1,2\u00a0Mo", "1.2\u00a0MB"}, 40 << 20: {"40\u00a0Mo", "40\u00a0MB"},
		123_456_789: {"118\u00a0Mo", "118\u00a0MB"},
	} {
		if got := FileSize(fr, n); got != want[0] {
			t.Errorf("%d: %q", n, got)
		}
		if got := FileSize(en, n); got != want[1] {
			t.Errorf("%d: %q", n, got)
		}
	}
}

// TestEveryOwnerHasAnAddress: each kind of thing that documents are attached to has a path of its own.
func TestEveryOwnerHasAnAddress(t *testing.T) {
	for _, kind := range governance.OwnerKinds() {
		if got, ok := OwnerKindOf(ownerPaths[kind]); !ok || got != kind {
			t.Errorf("%s: %q leads to %q", kind, ownerPaths[kind], got)
		}
	}
}
