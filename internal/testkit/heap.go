package testkit

import (
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// HeapPeak gives the most that the heap has grown while fn ran, in bytes, as seen every other millisecond. Meanwhile garbage
// is collected early, so that what is held is measured more than what was dropped.
func HeapPeak(fn func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	base := m.HeapAlloc
	var peak atomic.Uint64
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				peak.Store(max(peak.Load(), now.HeapAlloc))
			}
		}
	}()
	fn()
	close(stop)
	<-done
	return peak.Load() - min(base, peak.Load())
}
