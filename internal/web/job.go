package web

import (
	"net/http"
	"strings"

	"entente/internal/fault"
	"entente/internal/job"
	"entente/internal/post"
	"entente/internal/web/view"
)

// jobs shows the work in the background and how the mail stands.
func (s *Server) jobs(w http.ResponseWriter, v *visit) error {
	return s.showJobs(w, v, http.StatusOK, fault.Message{})
}

func (s *Server) showJobs(w http.ResponseWriter, v *visit, status int, refused fault.Message) error {
	d := view.JobsData{Refused: refused, Now: v.now, Mail: view.MailStanding{Leaves: s.store.Delivers(), From: s.config.Sender(), Way: mailWay(s.config.Mail), To: v.account.Email}}
	var err error
	if d.Counts, err = s.store.JobCounts(v.Context()); err != nil {
		return err
	}
	for _, x := range []struct {
		to    *[]job.Job
		state job.State
	}{{&d.SetAside, job.SetAside}, {&d.Running, job.Running}, {&d.Waiting, job.Waiting}} {
		if *x.to, err = s.store.Jobs(v.Context(), x.state); err != nil {
			return err
		}
	}
	if d.Mail.LastSent, d.Mail.LastFailed, err = s.store.LastJobs(v.Context(), post.CameSent, post.MailJobs()...); err != nil {
		return err
	}
	if d.Spaces, err = s.spaceNames(v); err != nil {
		return err
	}
	p := v.page(v.p.T("job.title"), view.Crumb{Label: v.p.T("administration.title"), Href: view.AdminPath})
	p.Path, p.Wide = view.JobsPath, true
	s.render(w, v, status, view.JobsPage(p, d))
	return nil
}

// mailWay is where mail goes, without user and password.
func mailWay(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		rest = rest[at+1:]
	}
	rest, _, _ = strings.Cut(rest, "?")
	if scheme == "folder" {
		return rest
	}
	return scheme + "://" + rest
}

// spaceNames are the names of all spaces by identifier.
func (s *Server) spaceNames(v *visit) (map[string]string, error) {
	all, err := s.store.AllSpaces(v.Context())
	out := make(map[string]string, len(all))
	for _, x := range all {
		out[x.ID] = x.Name
	}
	return out, err
}

// jobActions are what an administrator may do with a job; the key is the value of the button.
var jobActions = map[string]func(s *Server, v *visit, space, id string) error{
	"resume": func(s *Server, v *visit, space, id string) error {
		return s.store.ResumeJob(v.Context(), v.actor("", ""), space, id)
	},
	"abandon": func(s *Server, v *visit, space, id string) error {
		return s.store.AbandonJob(v.Context(), v.actor("", ""), space, id)
	},
	"stop": func(s *Server, v *visit, space, id string) error {
		return s.store.In(space).StopJob(v.Context(), id)
	},
}

// decideJob takes a job up again, gives it up, or stops it.
func (s *Server) decideJob(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	id, space, action := v.PathValue("job"), f.text("space"), f.text("action")
	if _, err := s.store.In(space).Job(v.Context(), id); err != nil {
		return err
	}
	act, known := jobActions[action]
	if !known {
		return s.showJobs(w, v, http.StatusUnprocessableEntity, fault.Say("administration.action-unknown"))
	}
	if err := act(s, v, space, id); fault.Is(err, fault.Conflict) {
		_, refused := explained(err)
		return s.showJobs(w, v, http.StatusConflict, refused)
	} else if err != nil {
		return err
	}
	return s.redirect(w, v, view.JobsPath, fault.Say("job.action-done."+action))
}

// tryMail sends the visitor a message, to see whether mail leaves.
func (s *Server) tryMail(w http.ResponseWriter, v *visit) error {
	if !s.store.Delivers() {
		return s.showJobs(w, v, http.StatusUnprocessableEntity, fault.Say("message.reason.no-mail"))
	}
	spec, err := post.Trial{Email: v.account.Email, Name: v.account.Name, Lang: v.account.Locale}.Spec()
	if err == nil {
		_, err = s.store.Installation().Enqueue(v.Context(), spec)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, view.JobsPath, fault.Say("job.trial.asked", "address", v.account.Email))
}
