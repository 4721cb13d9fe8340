package view

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// strokes are the drawings of the icons, on a square of 16: lines of one width, round at their ends. Each status has a
// shape of its own, so that it is read without its colour.
var strokes = map[string]string{
	"kept":           `<circle cx="8" cy="8" r="6.25"/><path d="m5.2 8.2 2 2 3.7-4.2"/>`,
	"on-course":      `<path d="M2.5 8h9.5m-4-4 4 4-4 4"/>`,
	"at-risk":        `<path d="M8 2 14.5 13.5h-13zM8 6.5v3.2m0 1.9v.1"/>`,
	"broken":         `<path d="M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4l-3.65-3.65V5.4zM5.9 5.9l4.2 4.2m0-4.2-4.2 4.2"/>`,
	"unknown":        `<circle cx="8" cy="8" r="6.25" stroke-dasharray="2.4 2.2"/><path d="M6.3 6.4a1.8 1.8 0 1 1 2.4 1.9q-.7.3-.7 1.1m0 1.9v.1"/>`,
	"not-applicable": `<path d="M3 8h10"/>`,
	"filled":         `<circle cx="8" cy="5" r="2.75"/><path d="M2.75 14c.4-3 2.4-4.5 5.25-4.5s4.85 1.5 5.25 4.5z"/>`,
	"ends-soon":      `<circle cx="8" cy="8" r="6.25"/><path d="M8 4.25V8l2.5 1.75"/>`,
	"carried-over":   `<path d="M13.5 8a5.5 5.5 0 1 1-1.7-4m.2-2.25V4.5H9.25"/>`,
	"vacant":         `<circle cx="8" cy="5" r="2.75" stroke-dasharray="2 1.8"/><path stroke-dasharray="2 1.8" d="M2.75 14c.4-3 2.4-4.5 5.25-4.5s4.85 1.5 5.25 4.5"/>`,
	"planned":        `<path d="M2.5 3.5h11v10h-11zM2.5 6.75h11M5.5 1.75v3m5-3v3"/>`,
	"open":           `<path d="M2.5 3.5h11v10h-11zM5.5 1.75v3m5-3v3M6.75 7.5v4l3-2z"/>`,
	"held":           `<path d="M2.5 3.5h11v10h-11zM5.5 1.75v3m5-3v3M5.5 9l1.8 1.8L10.75 7.25"/>`,
	"cancelled":      `<path d="M2.5 3.5h11v10h-11zM5.5 1.75v3m5-3v3M6.25 7.5l3.5 3.5m0-3.5-3.5 3.5"/>`,
	"info":           `<circle cx="8" cy="8" r="6.25"/><path d="M8 7.25v4M8 4.7v.1"/>`,
	"menu":           `<path d="M2 4h12M2 8h12M2 12h12"/>`,
	"person":         `<circle cx="8" cy="5" r="2.75"/><path d="M2.75 14c.4-3 2.4-4.5 5.25-4.5s4.85 1.5 5.25 4.5"/>`,
	"next":           `<path d="m6 3 5 5-5 5"/>`,
	"previous":       `<path d="m10 3-5 5 5 5"/>`,
	"print":          `<path d="M4.5 6V2h7v4M4.5 12h-2.25V6h11.5v6H11.5M4.5 9.5h7V14h-7z"/>`,
	"download":       `<path d="M8 2v8m-3.5-3L8 10.5 11.5 7M2.5 13.5h11"/>`,
	"search":         `<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>`,
	"add":            `<path d="M8 3v10M3 8h10"/>`,
	"change":         `<path d="m2.5 13.5.6-3.2 7.7-7.7 2.6 2.6-7.7 7.7z"/>`,
	"remove":         `<path d="M2.5 4.25h11M6 4V2.25h4V4M4 4.5l.6 9.25h6.8L12 4.5"/>`,
	"document":       `<path d="M3.5 1.75h6l3 3v9.5h-9zM9.25 2v3h3M5.75 8h4.5m-4.5 2.75h4.5"/>`,
	"mail":           `<path d="M1.75 3.5h12.5v9H1.75zM2 4l6 4.75L14 4"/>`,
	"discussion":     `<path d="M2 3h12v8H7l-3.5 2.75V11H2zM5 6h6M5 8.25h4"/>`,
	"decision":       `<path d="M2.75 2.75h10.5v10.5H2.75zM5.25 8.25l2 2 3.75-4.5"/>`,
	"evaluation":     `<path d="M2.5 13.5h11M4.25 11V7.5M8 11V3m3.75 8V5.5"/>`,
	"order":          `<path d="M5 13V3m0 0L2.5 5.5M5 3l2.5 2.5M11 3v10m0 0 2.5-2.5M11 13l-2.5-2.5"/>`,
	"up":             `<path d="m3 10 5-5 5 5"/>`,
	"down":           `<path d="m3 6 5 5 5-5"/>`,
	"clock":          `<circle cx="8" cy="8" r="6.25"/><path d="M8 4.25V8l2.5 1.75"/>`,
}

// icons are the drawings as they are written, made once.
var icons = func() map[string]string {
	out := make(map[string]string, len(strokes))
	for name, path := range strokes {
		out[name] = `<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">` + path + `</svg>`
	}
	return out
}()

// Icon draws one of the icons, hidden from screen readers: a word always stands beside it. A name that is not there
// draws nothing.
func Icon(name string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, icons[name])
		return err
	})
}
