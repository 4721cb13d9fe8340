package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/google/uuid"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/store"
	"entente/internal/web/view"
)

// policy lets the page use this server's own files and nothing else; no inline code, no inline style.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"

// maxBody bounds what a form may carry, in bytes; a convention file is the largest.
const maxBody = 4 << 20

// maxDeposit bounds the one form that carries a signed text, which may be a PDF with pictures; the rest is for its fields.
const maxDeposit = store.MaxReadingSize + 1<<20

// bodyBound is how much a request may carry, in bytes.
func bodyBound(r *http.Request) int64 {
	switch {
	case r.Method == http.MethodPost && r.URL.Path == view.ReadingsPath:
		return maxDeposit
	case r.Method == http.MethodPost && attaches(r.URL.Path):
		return governance.MostMaxSize + attachmentForm // the handler knows what the installation admits
	}
	return maxBody
}

type requestKey struct{}

// sameSite refuses forms that were sent from other sites.
func (s *Server) sameSite(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	for _, path := range personalLinks {
		cross.AddInsecureBypassPattern(path)
	}
	cross.SetDenyHandler(s.admit(route{access: open, handle: func(http.ResponseWriter, *visit) error {
		return fault.New(fault.Forbidden, "fault.cross-origin")
	}}))
	return cross.Handler(next)
}

// wrap puts around every request its reference and log line, the headers that protect, and the bound of its body.
func (s *Server) wrap(inner http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		ref := uuid.NewString()[:8]
		h := w.Header()
		h.Set("X-Request-Id", ref)
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if s.config.Secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		r.Body = http.MaxBytesReader(w, r.Body, bodyBound(r))
		rec := &recorder{ResponseWriter: w}
		inner.ServeHTTP(rec, r.WithContext(context.WithValue(r.Context(), requestKey{}, ref)))
		s.log.Info("request", "ref", ref, "method", r.Method, "path", logPath(r), "status", rec.code(), "bytes", rec.bytes,
			"ms", float64(time.Since(begin).Microseconds())/1000)
	})
}

// logPath is the path without what is secret in it: personal links end with their secret.
func logPath(r *http.Request) string {
	if secretPath(r.URL.Path) {
		return r.URL.Path[:len("/lien/")] + "…"
	}
	return r.URL.Path
}

// reference is the request's own name, shown on the page of an unknown failure and written in the log.
func reference(ctx context.Context) string {
	ref, _ := ctx.Value(requestKey{}).(string)
	return ref
}

func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if x := recover(); x != nil {
				if err, ok := x.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(x)
				}
				s.log.Error("panic", "ref", reference(r.Context()), "value", fmt.Sprint(x), "stack", string(debug.Stack()))
				s.showError(w, s.anonymousVisit(r), fault.Of(fault.Internal, fmt.Errorf("panic: %v", x), "web", logPath(r)))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// recorder remembers status and size for the log.
type recorder struct {
	http.ResponseWriter
	status, bytes int
}

func (r *recorder) code() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}

// WriteHeader notes the status.
func (r *recorder) WriteHeader(code int) {
	if r.status == 0 {
		r.status = code
	}
	r.ResponseWriter.WriteHeader(code)
}

// Write counts the bytes.
func (r *recorder) Write(b []byte) (int, error) {
	n, err := r.ResponseWriter.Write(b)
	r.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the writer underneath.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
