package office

import (
	"context"
	"sync"

	"entente/internal/journal"
)

// memory keeps what was made of a space as long as its journal has the same end. Every change of a space writes its journal in the same
// transaction, so that the end, read from the database, tells every node at once that what it keeps is old. What is kept is
// read by many at the same time: nobody changes it.
type memory[K comparable, V any] struct {
	mu    sync.Mutex
	max   int
	kept  map[K]*remembered[V]
	order []K // oldest first
}

// remembered is one thing kept. Its lock is held while it is made: those who ask meanwhile wait for it instead of making it too.
type remembered[V any] struct {
	mu    sync.Mutex
	head  journal.Head
	value V
}

func newMemory[K comparable, V any](n int) *memory[K, V] {
	return &memory[K, V]{max: n, kept: map[K]*remembered[V]{}}
}

// of gives what is kept under a key for a journal that ends so; else what make gives, which is kept in its place.
func (m *memory[K, V]) of(ctx context.Context, key K, head journal.Head, make func(context.Context) (V, error)) (V, error) {
	x := m.entry(key)
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.head == head && head.Seq > 0 {
		return x.value, nil
	}
	value, err := make(ctx)
	if err == nil {
		x.head, x.value = head, value
	}
	return value, err
}

// entry finds the place of a key, that of the oldest where there is no room.
func (m *memory[K, V]) entry(key K) *remembered[V] {
	m.mu.Lock()
	defer m.mu.Unlock()
	if x := m.kept[key]; x != nil {
		return x
	}
	if len(m.order) >= m.max {
		delete(m.kept, m.order[0])
		m.order = m.order[1:]
	}
	x := &remembered[V]{}
	m.kept[key] = x
	m.order = append(m.order, key)
	return x
}
