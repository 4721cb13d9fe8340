package convention

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"entente/internal/calendar"
	"entente/internal/fault"
)

// maxList is how many elements a list may have over all blocks, so that a small file cannot take long to check.
const maxList = 1000

// maxFaults is how many faults a file may have before the blocks that follow are left unread.
const maxFaults = 500

// blockReader reads blocks into Facts, one after the other. It remembers across blocks how many elements each list has
// and which single facts were given.
type blockReader struct {
	*reading
	base  map[string]int
	given map[string]bool
	block piece
}

// read decodes one block. Whatever is wrong is reported; what could be read is given.
func (b *blockReader) read(p piece) *Facts {
	b.block = p
	facts := &Facts{}
	if len(b.faults) > maxFaults { // this is no convention: mend what is said already
		b.partly = true
		return facts
	}
	if at, ok := comment(p.text); ok {
		b.plain(b.place(at), Warning, "yaml.comment")
	}
	body, key, at := readYAML(p.text)
	switch {
	case key != "":
		b.partly = true
		b.plain(b.place(at), Error, key)
	case body != nil:
		b.facts(body, reflect.ValueOf(facts).Elem())
	}
	return facts
}

// place turns a place inside the block into one of the file.
func (b *blockReader) place(at spot) spot {
	last := strings.Count(b.block.text, "\n") + 1
	return spot{b.block.line + min(at.line, last) - 1, b.block.indent + at.column}
}

func (b *blockReader) at(n ast.Node) spot {
	if n == nil || n.GetToken() == nil {
		return b.place(spot{1, 1})
	}
	return b.place(spotOf(start(n)))
}

// facts reads the keys of a block. Every key of Facts may be absent; one that stands for a single fact may be given once
// in the whole file.
func (b *blockReader) facts(n ast.Node, v reflect.Value) {
	entries, ok := b.mapping(n)
	if !ok {
		return
	}
	b.keys(entries, fieldsOf(v.Type()), func(f field, e *ast.MappingValueNode) {
		to := v.Field(f.index)
		if to.Kind() == reflect.Slice {
			b.spots[f.key] = b.at(e.Value)
			b.list(e.Value, to, f.key, b.base[f.key])
			b.base[f.key] += to.Len()
			return
		}
		if b.given[f.key] {
			b.fault(b.at(e.Key), Error, fault.Say("convention.fault.given-twice", "key", f.key), fault.Say("convention.remedy.given-twice", "key", f.key))
			return
		}
		b.given[f.key] = true
		b.value(e.Value, to, f.key)
	})
}

// keys hands each known key to set; it reports those unknown or given twice, and gives the known keys that it met.
func (b *blockReader) keys(entries []*ast.MappingValueNode, fields []field, set func(field, *ast.MappingValueNode)) map[string]bool {
	met := map[string]bool{}
	for _, e := range entries {
		name, at := keyName(e), b.at(e.Key)
		i := slices.IndexFunc(fields, func(f field) bool { return f.key == name })
		switch {
		case i < 0:
			b.unknown(at, name, fields)
		case met[name]:
			b.fault(at, Error, fault.Say("convention.fault.key-twice", "key", name), fault.Say("convention.remedy.key-twice", "key", name))
		default:
			met[name] = true
			set(fields[i], e)
		}
	}
	return met
}

func (b *blockReader) unknown(at spot, name string, fields []field) {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	b.fault(at, Error, fault.Say("convention.fault.unknown-key", "key", name), suggest("convention.remedy.unknown-key", name, keys))
}

// suggest names what may be written, and the nearest of it where one is near.
func suggest(key, given string, allowed []string) fault.Message {
	if near := nearest(given, allowed); near != "" {
		return fault.Say(key+".near", "near", near, "allowed", allowed)
	}
	return fault.Say(key, "allowed", allowed)
}

// mapping gives the entries of a mapping, in order.
func (b *blockReader) mapping(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch m := n.(type) {
	case *ast.MappingNode:
		return m.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{m}, true
	}
	b.wrongType(n, "mapping")
	return nil, false
}

// wrongType reports a value that is not of the type wanted. Nothing more will be said of it.
func (b *blockReader) wrongType(n ast.Node, wanted string) {
	b.unread[b.at(n)] = true
	b.fault(b.at(n), Error, fault.Say("convention.fault.type."+wanted), fault.Say("convention.remedy.type."+wanted))
}

// value reads a node into v, by the type of v; path is where v stands among the facts.
func (b *blockReader) value(n ast.Node, v reflect.Value, path string) {
	if _, noted := b.spots[path]; !noted {
		b.spots[path] = b.at(n)
	}
	switch {
	case v.Type() == dateType:
		b.date(n, v)
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		b.value(n, v.Elem(), path)
	case v.Kind() == reflect.Struct:
		b.object(n, v, path)
	case v.Kind() == reflect.Slice:
		b.list(n, v, path, 0)
	case v.Kind() == reflect.String:
		b.words(n, v)
	case v.Kind() == reflect.Int:
		b.integer(n, v)
	case v.Kind() == reflect.Bool:
		b.truth(n, v)
	}
}

// object reads a mapping into a struct, reports the keys that it lacks, and notes its place.
func (b *blockReader) object(n ast.Node, v reflect.Value, path string) {
	entries, ok := b.mapping(n)
	if !ok {
		return
	}
	fields, at := fieldsOf(v.Type()), b.spots[path]
	met := b.keys(entries, fields, func(f field, e *ast.MappingValueNode) {
		b.value(e.Value, v.Field(f.index), path+"."+f.key)
	})
	for _, f := range fields {
		if !f.optional && !met[f.key] {
			b.fault(at, Error, fault.Say("convention.fault.missing-key", "key", f.key), fault.Say("convention.remedy.missing-key", "key", f.key))
		}
	}
	if p := v.FieldByName("Place"); p.IsValid() {
		p.Set(reflect.ValueOf(Place{Line: at.line}))
	}
}

// list reads a sequence; its first element has the rank base among the facts, because a list may be spread over blocks.
func (b *blockReader) list(n ast.Node, v reflect.Value, path string, base int) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		b.wrongType(n, "list")
		return
	}
	if base+len(seq.Values) > maxList {
		b.fault(b.at(n), Error, fault.Say("convention.fault.list-long", "most", maxList), fault.Say("convention.remedy.list-long"))
		return
	}
	for i, item := range seq.Values {
		x := reflect.New(v.Type().Elem()).Elem()
		b.value(item, x, indexed(path, base+i))
		v.Set(reflect.Append(v, x))
	}
}

func (b *blockReader) words(n ast.Node, v reflect.Value) {
	if s, ok := scalar(n); ok {
		v.SetString(s)
		return
	}
	b.wrongType(n, "text")
}

func (b *blockReader) integer(n ast.Node, v reflect.Value) {
	s, _ := scalar(n)
	i, err := strconv.Atoi(s)
	if _, quoted := n.(*ast.StringNode); quoted || err != nil {
		b.wrongType(n, "number")
		return
	}
	v.SetInt(int64(i))
}

// truths are the words for yes and no. YAML knows true and false; people write oui and non.
var truths = map[string]bool{"oui": true, "non": false, "true": true, "false": false}

func (b *blockReader) truth(n ast.Node, v reflect.Value) {
	s, _ := scalar(n)
	t, ok := truths[s]
	if !ok {
		b.wrongType(n, "truth")
		return
	}
	v.SetBool(t)
}

func (b *blockReader) date(n ast.Node, v reflect.Value) {
	s, _ := scalar(n)
	d, err := calendar.Parse(s)
	if err != nil || d.IsZero() {
		b.unread[b.at(n)] = true
		b.fault(b.at(n), Error, fault.Say("convention.fault.date", "text", s), fault.Say("convention.remedy.date"))
		return
	}
	v.Set(reflect.ValueOf(d))
}
