package view

import "github.com/a-h/templ"

// typedProse is a text that somebody typed, in Markdown, as HTML: raw HTML is left out, and a link that could run code leads nowhere.
// Where it cannot be read as Markdown, it stands as it was typed.
func typedProse(text string) templ.Component {
	html, err := proseHTML(text)
	if err != nil {
		return Text(text)
	}
	return templ.Raw(html)
}
