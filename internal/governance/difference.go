package governance

import "entente/internal/fault"

// Differences says in words how a call differs from the one before. A message about a person carries their identifier as
// the value "person"; hours are written "14:00".
func Differences(old, now Manifest) []fault.Message {
	out := moved(old, now)
	out = append(out, itemChanges(old.Items, now.Items)...)
	out = append(out, documentChanges(old.Documents, now.Documents)...)
	return append(out, recipientChanges(old.Recipients, now.Recipients)...)
}

// moved tells another day, hour, length or place.
func moved(old, now Manifest) []fault.Message {
	var out []fault.Message
	if old.Day != now.Day {
		out = append(out, fault.Say("convocation.change.day", "before", old.Day, "after", now.Day))
	}
	switch {
	case old.Time == now.Time:
	case old.Time == "" || now.Time == "":
		out = append(out, fault.Say("convocation.change.time-set", "time", old.Time+now.Time))
	default:
		out = append(out, fault.Say("convocation.change.time", "before", old.Time, "after", now.Time))
	}
	if old.Minutes != now.Minutes {
		out = append(out, fault.Say("convocation.change.minutes", "count", now.Minutes))
	}
	switch {
	case old.Place == now.Place:
	case now.Place == "":
		out = append(out, fault.Say("convocation.change.no-place", "before", old.Place))
	case old.Place == "":
		out = append(out, fault.Say("convocation.change.place-set", "after", now.Place))
	default:
		out = append(out, fault.Say("convocation.change.place", "before", old.Place, "after", now.Place))
	}
	if old.Remote != now.Remote {
		out = append(out, fault.Say("convocation.change.remote"))
	}
	return out
}

func itemChanges(old, now []ManifestItem) []fault.Message {
	var out []fault.Message
	before := map[string]ManifestItem{}
	for _, i := range old {
		before[i.ID] = i
	}
	var kept []string
	for _, i := range now {
		b, known := before[i.ID]
		b.Rank = i.Rank
		switch {
		case !known:
			out = append(out, fault.Say("convocation.change.item-added", "title", i.Title))
			continue
		case b.Title != i.Title:
			out = append(out, fault.Say("convocation.change.item-renamed", "before", b.Title, "after", i.Title))
		case b != i:
			out = append(out, fault.Say("convocation.change.item", "title", i.Title))
		}
		kept = append(kept, i.ID)
	}
	next := 0
	reordered := false
	for _, i := range old {
		if !oneOf(i.ID, kept) {
			out = append(out, fault.Say("convocation.change.item-removed", "title", i.Title))
			continue
		}
		reordered = reordered || kept[next] != i.ID
		next++
	}
	if reordered {
		out = append(out, fault.Say("convocation.change.order"))
	}
	return out
}

// documentChanges knows a document by its identifier; one of the same name with another content has replaced it.
func documentChanges(old, now []ManifestDocument) []fault.Message {
	var out []fault.Message
	byID, byName, gone := map[string]ManifestDocument{}, map[string]ManifestDocument{}, map[string]bool{}
	for _, d := range old {
		byID[d.ID], gone[d.ID] = d, true
	}
	for _, d := range now {
		delete(gone, d.ID)
	}
	for _, d := range old {
		if gone[d.ID] {
			byName[d.Name] = d
		}
	}
	for _, d := range now {
		b, known := byID[d.ID]
		r, replaces := byName[d.Name]
		switch {
		case known && b.Digest != d.Digest:
			out = append(out, fault.Say("convocation.change.document-replaced", "name", d.Name))
		case known && b.Name != d.Name:
			out = append(out, fault.Say("convocation.change.document-renamed", "before", b.Name, "after", d.Name))
		case !known && replaces && gone[r.ID]:
			delete(gone, r.ID)
			if r.Digest != d.Digest {
				out = append(out, fault.Say("convocation.change.document-replaced", "name", d.Name))
			}
		case !known:
			out = append(out, fault.Say("convocation.change.document-added", "name", d.Name))
		}
	}
	for _, d := range old {
		if gone[d.ID] {
			out = append(out, fault.Say("convocation.change.document-removed", "name", d.Name))
		}
	}
	return out
}

// place is a seat as somebody is called for it.
type place struct {
	seat       string
	substitute bool
}

func recipientChanges(old, now []ManifestRecipient) []fault.Message {
	before, after := placesOf(old), placesOf(now)
	var out []fault.Message
	said := map[string]bool{}
	for _, r := range now {
		if said[r.Person] {
			continue
		}
		said[r.Person] = true
		switch b := before[r.Person]; {
		case b == nil:
			out = append(out, fault.Say("convocation.change.person-added", "person", r.Person))
		case !samePlaces(b, after[r.Person]):
			out = append(out, fault.Say("convocation.change.person-seats", "person", r.Person))
		}
	}
	for _, r := range old {
		if !said[r.Person] {
			said[r.Person] = true
			out = append(out, fault.Say("convocation.change.person-removed", "person", r.Person))
		}
	}
	return out
}

func placesOf(list []ManifestRecipient) map[string]map[place]bool {
	out := map[string]map[place]bool{}
	for _, r := range list {
		if out[r.Person] == nil {
			out[r.Person] = map[place]bool{}
		}
		out[r.Person][place{r.Seat, r.Substitute}] = true
	}
	return out
}

func samePlaces(a, b map[place]bool) bool {
	for p := range a {
		if !b[p] {
			return false
		}
	}
	return len(a) == len(b)
}
