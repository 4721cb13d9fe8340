package job

import "time"

// Period names the period in which an instant lies. Work that is due once a period has that name as its key: whichever node
// asks for it first, it is kept once.
type Period func(now time.Time) string

// Hourly is once in each hour of UTC.
func Hourly(now time.Time) string { return now.UTC().Format("2006-01-02T15") }

// Daily is once a day at an hour in a place. Where the program was not running at that hour, it is made up for later.
func Daily(hour int, place *time.Location) Period {
	return func(now time.Time) string {
		local := now.In(place)
		if local.Hour() < hour {
			local = local.AddDate(0, 0, -1)
		}
		return local.Format(time.DateOnly)
	}
}
