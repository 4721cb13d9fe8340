package calendar

import (
	"time"
	_ "time/tzdata" // Europe/Paris on machines that have no zone files
)

// Paris is the zone of every day and every hour that people read or write.
var Paris = mustLoad("Europe/Paris")

func mustLoad(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the zones are compiled in
	}
	return l
}
