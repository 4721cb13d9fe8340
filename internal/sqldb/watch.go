package sqldb

import "context"

type watchKey struct{}

// Watch gives a context whose statements are told to fn, each by its text, before they run: so that tests count the queries
// of a page and explain them. Fn is called by whoever runs the statement.
func Watch(ctx context.Context, fn func(text string)) context.Context {
	return context.WithValue(ctx, watchKey{}, fn)
}

func tell(ctx context.Context, text string) {
	if fn, ok := ctx.Value(watchKey{}).(func(string)); ok {
		fn(text)
	}
}
