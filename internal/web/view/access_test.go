package view

import (
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/i18n"
)

// accessPages are the pages of access and administration, in a state that shows all of them.
func accessPages(lang string) map[string]templ.Component {
	p := samplePage(lang)
	var f fault.Fields
	for _, name := range []string{"email", "role", "name", "administrator"} {
		f.Add(name, "fault.field.required")
	}
	issued := &IssuedLink{Email: "dominique@exemple.fr", Link: "https://exemple.fr/lien/invitation/x", Until: calendar.Must("2026-12-07")}
	since := calendar.Must("2026-11-23")
	return map[string]templ.Component{
		"access": AccessPage(p, AccessData{Root: "/espaces/val/acces", Issued: issued, Refused: fault.Say("fault.not-found"),
			Members: Link{Label: "m", Href: "/m"},
			Invite:  InviteForm{Faults: f, Roles: []Option{{Value: "reader", Label: "l", Hint: "h"}, {Value: "coordinator:a", Label: "c"}}},
			Pending: []PendingInvite{{ID: "i", Email: "e@exemple.fr", Role: "r", Until: since, May: true}, {ID: "j", Email: "f@exemple.fr", Role: "r", Until: since}},
			Readers: []AccessHolder{{Account: "2", Name: "Dominique", Email: "d@exemple.fr", Since: since, Closed: true}},
			Coordinators: []AccessParty{
				{ID: "a", Party: Party{Short: "A"}, Holders: []AccessHolder{{Account: "1", Name: "Camille", Email: "c@exemple.fr", Since: since, Own: true, May: true}}},
				{ID: "b", Party: Party{Short: "B", Rank: 1}}}}),
		"access, nobody": AccessPage(p, AccessData{Root: "/espaces/val/acces", Members: Link{Label: "m", Href: "/m"}}),
		"accounts": AccountsPage(p, AccountsData{Issued: issued, Refused: fault.Say("fault.not-found"), Invite: AccountForm{Faults: f, Administrator: true},
			Paging: Paging{Next: "/n", Summary: "s"}, Accounts: []AccountRow{
				{ID: "1", Version: 3, Name: "Camille", Email: "c@exemple.fr", Administrator: true, Own: true, Since: since},
				{ID: "2", Version: 1, Name: "Dominique", Email: "d@exemple.fr", Since: since},
				{ID: "3", Version: 2, Name: "Claude", Email: "e@exemple.fr", Closed: true, Since: since}}}),
	}
}

func TestAccessPages(t *testing.T) {
	for _, lang := range i18n.Languages() {
		for name, c := range accessPages(lang) {
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

// TestChangesOfAnAccount: what stands is not offered, and nobody closes their own account by a slip.
func TestChangesOfAnAccount(t *testing.T) {
	for want, a := range map[string]AccountRow{
		"promote disable": {}, "demote disable": {Administrator: true}, "demote": {Administrator: true, Own: true}, "enable": {Closed: true},
		"promote": {Own: true},
	} {
		var got []string
		for _, c := range a.changes() {
			got = append(got, c.Action)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%+v offers %v", a, got)
		}
	}
}

// TestWithdrawalIsOfferedWhereItMay: a button for each role that the visitor may take back, and for no other.
func TestWithdrawalIsOfferedWhereItMay(t *testing.T) {
	root, _ := render(t, accessPages("fr")["access"])
	forms := all(root, func(n *html.Node) bool { return n.Data == "form" && attr(n, "action") == "/espaces/val/acces/retrait" })
	if len(forms) != 1 {
		t.Fatalf("%d withdrawals are offered", len(forms))
	}
	sent := map[string]string{}
	for _, n := range all(forms[0], tagged("input")) {
		sent[attr(n, "name")] = attr(n, "value")
	}
	if sent["account"] != "1" || sent["role"] != "coordinator" || sent["party"] != "a" {
		t.Errorf("it sends %v", sent)
	}
	if got := words(forms[0]); got != "Retirer l’accès de Camille" {
		t.Errorf("it says %q", got)
	}
}
