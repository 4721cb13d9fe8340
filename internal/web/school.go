package web

import (
	"net/http"

	"entente/internal/calendar"
	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/web/view"
)

// school lists the school holidays that the installation knows, and asks for a file of them.
func (s *Server) school(w http.ResponseWriter, v *visit) error {
	return s.showSchool(w, v, http.StatusOK, view.SchoolData{})
}

func (s *Server) showSchool(w http.ResponseWriter, v *visit, status int, d view.SchoolData) error {
	var err error
	if d.Known, err = s.store.SchoolHolidays(v.Context(), "", calendar.Period{}); err != nil {
		return err
	}
	page := v.page(v.p.T("school.title"), view.Crumb{Label: v.p.T("administration.title"), Href: view.AdminPath})
	page.Path = view.SchoolPath
	s.render(w, v, status, view.SchoolPage(page, d))
	return nil
}

// maxSchool bounds a file of school holidays, in bytes: what the ministry publishes for fifteen years has a tenth of it.
const maxSchool = 1 << 20

// importSchool reads a file and shows what it would change; once that is confirmed it is kept. With any fault nothing is.
func (s *Server) importSchool(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	source, name, chosen := f.fileUpTo("file", maxSchool)
	if !chosen && f.values.Get("content") != "" {
		source, name, chosen = []byte(f.values.Get("content")), f.text("name"), true
	}
	if !chosen {
		if len(f.faults) == 0 {
			f.faults.Add("file", "school.fault.missing")
		}
		return s.showSchool(w, v, http.StatusUnprocessableEntity, view.SchoolData{Faults: f.faults})
	}
	d := view.SchoolData{Name: name, Content: string(source)}
	list, wrong := governance.ReadSchoolHolidays(source)
	if len(wrong) > 0 {
		d.Lines = wrong
		return s.showSchool(w, v, http.StatusUnprocessableEntity, d)
	}
	if f.values.Get("action") == "confirmer" {
		done, err := s.store.ImportSchoolHolidays(v.Context(), v.actor("", ""), name, source, list)
		if err != nil {
			return err
		}
		return s.redirect(w, v, view.SchoolPath, fault.Say("school.done", "count", len(done.Added)))
	}
	plan, err := s.store.PlanSchoolHolidays(v.Context(), list)
	if err != nil {
		return err
	}
	d.Plan = &view.SchoolPlan{Added: plan.Added, Removed: plan.Removed, Same: plan.Same}
	return s.showSchool(w, v, http.StatusOK, d)
}
