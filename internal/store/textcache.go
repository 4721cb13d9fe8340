package store

import (
	"sync"

	"entente/internal/convention"
)

// maxTexts bounds how many parsed conventions are kept in memory, some tens of kilobytes each.
const maxTexts = 256

// textCache keeps versions that were parsed, by identifier. A version never changes, so nothing ever has to be refreshed.
type textCache struct {
	mu    sync.Mutex
	max   int
	texts map[string]*convention.Version
	order []string // oldest first
}

func newTextCache(n int) *textCache {
	return &textCache{max: n, texts: make(map[string]*convention.Version, n)}
}

// get gives the versions that are known, and the identifiers of those that are not.
func (c *textCache) get(ids []string) (known map[string]*convention.Version, missing []string) {
	known = make(map[string]*convention.Version, len(ids))
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, id := range ids {
		if v := c.texts[id]; v != nil {
			known[id] = v
		} else {
			missing = append(missing, id)
		}
	}
	return known, missing
}

// put keeps a version, in the place of the oldest where there is no room.
func (c *textCache) put(v *convention.Version) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.texts[v.ID] != nil {
		return
	}
	if len(c.order) >= c.max {
		delete(c.texts, c.order[0])
		c.order = c.order[1:]
	}
	c.texts[v.ID] = v
	c.order = append(c.order, v.ID)
}
