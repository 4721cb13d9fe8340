package convention

import (
	"errors"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// What a block may not exceed. Facts nest five deep; whoever needs more than this attacks the reader.
const (
	maxBlock   = 256 << 10 // bytes
	maxKeys    = 4000      // keys, over all its mappings; the library's time grows with their square
	maxNesting = 16        // brackets inside brackets, or list marks on one line
)

// readYAML gives the tree of a block; nil where it says nothing. What is wrong comes as the key of a fault and its place
// inside the block. Only the plain part of YAML is read: no anchor, alias, tag, directive or second document, which
// no person writes and which could make a small file huge.
func readYAML(src string) (body ast.Node, key string, at spot) {
	defer func() { // the library reads what people wrote; a panic of its is one more fault of syntax
		if recover() != nil {
			body, key, at = nil, "yaml.syntax", spot{1, 1}
		}
	}()
	if len(src) > maxBlock {
		return nil, "yaml.too-large", spot{1, 1}
	}
	tokens := lexer.Tokenize(src)
	if key, at := refused(tokens); key != "" {
		return nil, key, at
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		key, at := syntax(err)
		return nil, key, at
	}
	for _, d := range file.Docs {
		if d.Body != nil {
			return d.Body, "", spot{1, 1}
		}
	}
	return nil, "", spot{1, 1}
}

// unwelcome are the parts of YAML that a block may not use.
var unwelcome = map[token.Type]string{
	token.AnchorType: "yaml.anchor", token.AliasType: "yaml.anchor", token.MergeKeyType: "yaml.anchor",
	token.TagType: "yaml.tag", token.DirectiveType: "yaml.tag", token.MappingKeyType: "yaml.tag",
	token.DocumentHeaderType: "yaml.document", token.DocumentEndType: "yaml.document",
}

// refused finds the first token that a block may not hold, or the first that nests too deep.
func refused(tokens token.Tokens) (string, spot) {
	depth, marks, line, keys := 0, 0, 0, 0
	for _, t := range tokens {
		if key, ok := unwelcome[t.Type]; ok {
			return key, spotOf(t)
		}
		if t.Position.Line != line {
			line, marks = t.Position.Line, 0
		}
		switch t.Type {
		case token.MappingValueType:
			keys++
		case token.SequenceEntryType:
			marks++
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		}
		if keys > maxKeys {
			return "yaml.many-keys", spotOf(t)
		}
		if depth > maxNesting || marks > maxNesting {
			return "yaml.depth", spotOf(t)
		}
	}
	return "", spot{}
}

// comment finds the first comment of a block, which no fact can hold.
func comment(src string) (spot, bool) {
	for _, t := range lexer.Tokenize(src) {
		if t.Type == token.CommentType {
			return spotOf(t), true
		}
	}
	return spot{}, false
}

// syntax gives the fault that a refusal of the library amounts to. Its sentences are English and speak of tokens, so
// that only the place is kept.
func syntax(err error) (string, spot) {
	var e yaml.Error
	if errors.As(err, &e) && e.GetToken() != nil {
		return "yaml.syntax", spotOf(e.GetToken())
	}
	return "yaml.syntax", spot{1, 1}
}

func spotOf(t *token.Token) spot {
	return spot{max(t.Position.Line, 1), max(t.Position.Column, 1)}
}
