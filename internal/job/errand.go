package job

import "time"

// Errand is a file that an account has asked for and that is made in the background. It is that account's alone; no matter of a space
// changes by it, so that no journal tells it.
type Errand struct {
	Space   string // identifier
	ID      string // of its job too
	Account string
	Kind    string // which file
	Subject string // identifier of what it is about; empty for the space
	Title   string
	Asked   time.Time
	Name    string // of the file; empty while there is none
	Media   string
	Size    int64
	Slug    string // of the space
	Place   string // name of the space
	Job     Job    // as far as its state, its progress and its error go
}

// Ready tells that the file can be fetched.
func (e Errand) Ready() bool { return e.Name != "" }
