package web

import (
	"net/http"
	"strconv"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/web/view"
)

// documentSettings completes what the page of administration shows of attached documents: what is admitted, unless a
// refused form says otherwise, and how the scanner stands.
func (s *Server) documentSettings(v *visit, d *view.DocumentSettings) error {
	limits, version, err := s.store.AttachmentLimits(v.Context())
	if err != nil {
		return err
	}
	if d.MaxSize == "" {
		d.MaxSize, d.Types = strconv.Itoa(limits.MiB()), limits.Types
	}
	d.Version, d.Scan = version, view.ScanOff
	if s.scanner == nil {
		return nil
	}
	d.Scan = view.ScanOn
	if err := s.scanner.Ping(v.Context()); err != nil {
		s.log.Warn("the virus scanner does not answer", "ref", reference(v.Context()), "error", err)
		d.Scan = view.ScanSilent
	}
	return nil
}

// setDocumentLimits sets what the installation admits as a document.
func (s *Server) setDocumentLimits(w http.ResponseWriter, v *visit) error {
	f, err := readForm(v.Request)
	if err != nil {
		return err
	}
	var limits governance.AttachmentLimits
	mib, err := strconv.ParseInt(f.text("max-size"), 10, 32)
	if err == nil {
		limits.MaxSize = mib << 20
	}
	for _, t := range governance.FileTypes() {
		if f.checked("type-" + t.Key) {
			limits.Types = append(limits.Types, t.Key)
		}
	}
	err = s.store.SetAttachmentLimits(v.Context(), v.actor("", ""), f.version(), limits)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		var d view.AccountsData
		d.Documents.Faults, d.Documents.Message = explained(err)
		if fault.Is(err, fault.Invalid) {
			d.Documents.MaxSize, d.Documents.Types = f.text("max-size"), limits.Types
		}
		return s.showAccounts(w, v, statuses[fault.KindOf(err)], d)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, v, view.AdminPath+"#documents", fault.Say("attachment.limits.saved"))
}
