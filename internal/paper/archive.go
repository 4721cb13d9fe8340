package paper

import (
	"entente/internal/document"
	"entente/internal/journal"
)

// ArchiveFile is a file of an archive, with what it holds in words.
type ArchiveFile struct{ Path, Holds string }

// Guide explains the archive of a meeting to somebody who has nothing but the archive: what it holds, and how to check it.
func Guide(f Frame, m Meeting, files []ArchiveFile, head journal.Head, slug string) *document.Document {
	p := f.P
	out := f.begin(p.T("archive.title"), p.T("paper.at", "committee", m.Name, "when", m.when(p)), "", m.foot(p, p.T("archive.title")))
	b := body{Frame: f}
	b.say("archive.intro")
	b.heading(1, p.T("archive.what"))
	t := document.Table{RowHeaders: true, Columns: columns(p, "archive.file", 5, "archive.holds", 7)}
	for _, x := range files {
		t.Rows = append(t.Rows, cells(x.Path, x.Holds))
	}
	b.add(t)
	b.heading(1, p.T("archive.check"))
	b.say("archive.check-text")
	b.command("sha256sum -c SHA256SUMS")
	b.heading(1, p.T("archive.journal"))
	b.say("archive.journal-text")
	b.command("cd journal && sha256sum -c SHA256SUMS")
	b.say("archive.chain")
	b.command("entente journal verify " + slug)
	b.terms(p.T("obligation.statement.last-entry"), p.Number(int(head.Seq)), p.T("obligation.statement.last-hash"), head.Hash)
	b.say("archive.left")
	out.Body = b.blocks
	return out
}

func (b *body) command(line string) {
	b.add(document.Paragraph{Text: document.T(line), Style: document.Quote})
}

// Specimen is a paper that shows the letterhead.
func Specimen(f Frame) *document.Document {
	p := f.P
	out := f.begin(p.T("paper.specimen.title"), p.T("paper.specimen.subtitle"), "", p.T("letterhead.title"))
	b := body{Frame: f}
	b.heading(1, p.T("paper.specimen.heading"))
	b.say("paper.specimen.text")
	out.Body = b.blocks
	return out
}
