package web

import (
	"net/http"

	"entente/internal/authority"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// signatureSheet keeps the ledger of signatures: one row a party, no rank between them.
var signatureSheet = &sheet[governance.Signature]{
	noun: "signature", path: "signatures", task: authority.RecordSignature,
	ident: func(x *governance.Signature) (*string, *int64) { return &x.ID, &x.Version },
	party: func(_ *visit, x governance.Signature) (string, error) { return x.Party, nil },
	article: func(v *visit, x governance.Signature) string {
		if text, err := v.text(); err == nil {
			for _, line := range text.Text.Signatures {
				if line.Party == x.Party {
					return line.Place.Ref
				}
			}
		}
		return ""
	},
	blank: func(v *visit) (governance.Signature, error) {
		text, err := v.text()
		if err != nil {
			return governance.Signature{}, err
		}
		x := governance.Signature{Text: text.ID, Party: v.URL.Query().Get("partie")}
		if p := text.Text.Party(x.Party); p != nil {
			x.Function = p.Signatory
		}
		return x, nil
	},
	fields: (*visit).signatureFields,
	read: func(_ *visit, f *form, x *governance.Signature) {
		x.Party, x.Date, x.Place = f.required("party"), f.date("date"), f.text("place")
		x.Function, x.Document = f.text("function"), f.text("document")
	},
	back:   func(v *visit, _ governance.Signature) string { return v.path("signatures") },
	crumbs: func(v *visit, _ governance.Signature) []view.Crumb { return v.under("convention", "signatures") },
	load:   (*store.Space).Signature, create: (*store.Space).CreateSignature,
	update: (*store.Space).UpdateSignature, remove: (*store.Space).RemoveSignature,
}

func (v *visit) signatureFields(x governance.Signature) ([]view.Field, error) {
	text, err := v.text()
	if err != nil {
		return nil, err
	}
	const n = "signature"
	mine := func(party string) bool { return v.may(authority.RecordSignature, party) == nil }
	return []view.Field{
		must(v.choose(n, "party", x.Party, "form.choose", partyOptions(text.Text, mine))),
		must(v.ask(n, "date", view.DateField, x.Date.String())),
		v.ask(n, "place", view.TextField, x.Place),
		v.ask(n, "function", view.TextField, x.Function),
		v.ask(n, "document", view.TextField, x.Document),
	}, nil
}

// signatures is the ledger: every party of the version that applies today, signed or not.
func (s *Server) signatures(w http.ResponseWriter, v *visit) error {
	text, err := v.text()
	if err != nil {
		return err
	}
	list, err := v.space.Signatures(v.Context(), text.ID)
	if err != nil {
		return err
	}
	d := view.SignaturesData{Version: text, Signatures: list, Root: v.path(),
		May: func(party string) bool { return v.may(authority.RecordSignature, party) == nil }}
	page := v.page(v.p.T("signature.list"), v.under("convention")...)
	page.Wide = true
	return s.show(w, v, view.SignaturesPage(page, d))
}
