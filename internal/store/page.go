package store

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"entente/internal/fault"
	"entente/internal/sqldb"
)

// PageSize is how many rows a list shows where nobody asks for another number; MaxPageSize is the most that it gives.
const (
	PageSize    = 50
	MaxPageSize = 500
)

// Paging asks for a part of a list: what follows the cursor After, or what precedes Before; with neither, the beginning.
// Cursors come from a Page. Limit 0 asks for PageSize.
type Paging struct {
	After, Before string
	Limit         int
}

// Page is a part of a list.
type Page[T any] struct {
	Items    []T
	Total    int    // of the whole list
	More     bool   // there are more than Total: they were counted so far and no further
	Next     string // cursor for After; empty on the last page
	Previous string // cursor for Before; empty on the first page
}

func (p Paging) limit() int {
	if p.Limit <= 0 {
		return PageSize
	}
	return min(p.Limit, MaxPageSize)
}

// conditions gathers the parts of a WHERE; each "?" becomes the next placeholder.
type conditions struct {
	text    strings.Builder
	args    []any
	noSpace bool   // the first placeholder is free, which otherwise is the space
	upTo    int    // how far the rows of the whole list are counted; 0 counts them all
	sought  bool   // the conditions leave few rows: they are sought, then sorted, and not met in the order of the list
	from    string // rows to choose from, named as the columns of the table; empty for the table itself
}

func (c *conditions) add(text string, args ...any) {
	c.text.WriteString(" AND ")
	for _, r := range text {
		if r != '?' {
			c.text.WriteRune(r)
			continue
		}
		c.args = append(c.args, args[0])
		args = args[1:]
		n := len(c.args)
		if !c.noSpace {
			n++
		}
		fmt.Fprintf(&c.text, "$%d", n)
	}
}

// addIf adds a condition on a value that is not empty.
func (c *conditions) addIf(text, value string) {
	if value != "" {
		c.add(text, value)
	}
}

// addWords asks that each word of a search begins a word of the folded column.
func (c *conditions) addWords(search string) {
	for _, w := range strings.Fields(fold(search)) {
		c.add("folded LIKE ?", "% "+w+"%")
	}
}

// cursor is a place in a list ordered by sort key, then identifier.
type cursor struct {
	sort []byte
	id   string
}

func (c cursor) String() string { return base64.RawURLEncoding.EncodeToString(c.sort) + "." + c.id }

// parseCursor reads a cursor; one that nobody gave out is NotFound.
func parseCursor(s string) (cursor, error) {
	head, id, ok := strings.Cut(s, ".")
	sort, err := base64.RawURLEncoding.DecodeString(head)
	if !ok || err != nil {
		return cursor{}, notFound("store.page", s)
	}
	return cursor{sort, id}, nil
}

// row is a thing with its place in the list.
type row[T any] struct {
	x  T
	at cursor
}

// page gives a part of the list of a table that has a column "sort", with the number of all that meet the conditions.
func (a *aggregate[T]) page(ctx context.Context, sp *Space, c *conditions, p Paging) (Page[T], error) {
	a.texts()
	where, args := " WHERE space_id = $1"+c.text.String(), append([]any{sp.id}, c.args...)
	order, err := c.seek(p)
	if err != nil {
		return Page[T]{}, err
	}
	from := cmp.Or(c.from, a.table)
	text := "SELECT sort, id, version, " + a.columns + " FROM " + from + " WHERE space_id = $1" + c.text.String() + order
	rows, err := sp.q().Query(ctx, text, append([]any{sp.id}, c.args...)...)
	if err != nil {
		return Page[T]{}, fault.Wrap(err, "store."+a.subject+".page", "")
	}
	found, err := collect(rows, func(r *row[T]) []any { return append([]any{&r.at.sort}, a.targets(&r.x)...) })
	if err != nil {
		return Page[T]{}, fault.Wrap(err, "store."+a.subject+".page", "")
	}
	for i := range found {
		id, _ := a.ident(&found[i].x)
		found[i].at.id = *id
	}
	out := Page[T]{Total: len(found)}
	if out.fill(found, p); out.Next == "" && out.Previous == "" && p.After == "" && p.Before == "" {
		return out, nil // the page is the whole list: there is nothing to count
	}
	counted := "SELECT count(*) FROM " + from + where
	if c.upTo > 0 {
		counted = fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s%s LIMIT %d) AS counted", from, where, c.upTo+1)
	}
	err = sp.q().QueryRow(ctx, counted, args...).Scan(&out.Total)
	if c.upTo > 0 && out.Total > c.upTo {
		out.Total, out.More = c.upTo, true
	}
	return out, fault.Wrap(sqldb.Classify(err), "store."+a.subject+".count", "")
}

// seek adds the condition of the cursor, and gives the order and the limit: one row more than the page, to know whether
// there is another page.
func (c *conditions) seek(p Paging) (string, error) {
	order := "ASC"
	given, compare := p.After, "(sort, id) > (?, ?)"
	if p.Before != "" {
		order, given, compare = "DESC", p.Before, "(sort, id) < (?, ?)"
	}
	if given != "" {
		at, err := parseCursor(given)
		if err != nil {
			return "", err
		}
		c.add(compare, at.sort, at.id)
	}
	by := "sort"
	if c.sought {
		by = "coalesce(sort, '')" // no index has this order
	}
	return fmt.Sprintf(" ORDER BY %s %s, id %s LIMIT %d", by, order, order, p.limit()+1), nil
}

// fill puts the rows into the page, in order, and sets the cursors.
func (out *Page[T]) fill(found []row[T], p Paging) {
	more := len(found) > p.limit()
	found = found[:min(len(found), p.limit())]
	if p.Before != "" {
		slices.Reverse(found)
	}
	if len(found) == 0 {
		return
	}
	for _, r := range found {
		out.Items = append(out.Items, r.x)
	}
	if more || p.Before != "" {
		out.Next = found[len(found)-1].at.String()
	}
	if p.After != "" || (more && p.Before != "") {
		out.Previous = found[0].at.String()
	}
	if p.Before != "" && !more {
		out.Previous = ""
	}
}
