package testkit

import (
	"context"
	"fmt"

	"entente/internal/calendar"
	"entente/internal/directory"
	"entente/internal/store"
)

// together is how many changes of Fill make one transaction.
const together = 1000

// Fill brings a space to a size: entries more in the directory, one organization for four people, each with a function;
// then changes to people until the journal holds at least journalEntries. Everything goes the way of any change, so the
// chain is valid; only the transactions are larger.
func Fill(ctx context.Context, s *store.Store, space string, entries, journalEntries int) error {
	sp := s.In(space)
	ids, err := fillDirectory(ctx, sp, entries)
	if err != nil || len(ids) == 0 {
		return err
	}
	last, err := sp.JournalEntries(ctx, store.JournalFilter{Limit: 1})
	if err != nil {
		return err
	}
	missing := journalEntries
	if len(last) > 0 {
		missing -= int(last[0].Seq)
	}
	for done := 0; done < missing; done += together {
		if err := touch(ctx, sp, ids, done, min(missing-done, together)); err != nil {
			return err
		}
	}
	return nil
}

// filler is who makes the changes.
var filler = store.Actor{Name: "Testkit"}

// fillDirectory adds organizations and people, and gives the identifiers of the people.
func fillDirectory(ctx context.Context, sp *store.Space, entries int) ([]string, error) {
	var ids []string
	for n := 0; n < entries; n += together {
		err := sp.Together(ctx, func(sp *store.Space) error {
			organization := ""
			for i := n; i < min(n+together, entries); i++ {
				id, err := fillOne(ctx, sp, i, &organization)
				if err != nil {
					return err
				}
				if id != "" {
					ids = append(ids, id)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// fillOne adds the entry of a number: each fifth, from the first, is an organization, to which the next four belong.
func fillOne(ctx context.Context, sp *store.Space, i int, organization *string) (person string, err error) {
	if i%5 == 0 || *organization == "" {
		kinds := directory.Kinds()
		o, err := sp.CreateOrganization(ctx, filler, directory.Organization{Kind: kinds[1+i/5%(len(kinds)-1)],
			Name: fmt.Sprintf("Structure %s n° %d", words[i/5%len(words)], i/5+1)})
		*organization = o.ID
		return "", err
	}
	p, err := sp.CreatePerson(ctx, filler, directory.Person{Given: words[i%len(words)], Family: fmt.Sprintf("%s-%d", words[i*7%len(words)], i),
		Email: fmt.Sprintf("personne%d@exemple.fr", i)})
	if err != nil {
		return "", err
	}
	_, err = sp.CreateFunction(ctx, filler, directory.Function{Person: p.ID, Organization: *organization, Title: "Chargé de mission",
		Period: calendar.Period{From: calendar.Must("2024-01-01")}})
	return p.ID, err
}

// words are invented names.
var words = []string{"Aubépine", "Bruyère", "Châtaigne", "Églantine", "Fougère", "Genêt", "Hêtre", "Jonquille", "Lilas", "Mélèze", "Noisetier", "Œillet"}

// touch changes the telephone of n people, round and round.
func touch(ctx context.Context, sp *store.Space, ids []string, from, n int) error {
	return sp.Together(ctx, func(sp *store.Space) error {
		for i := from; i < from+n; i++ {
			p, err := sp.Person(ctx, ids[i%len(ids)])
			if err != nil {
				return err
			}
			_, err = sp.UpdatePerson(ctx, filler, p.ID, p.Version, func(p *directory.Person) error {
				p.Phone = fmt.Sprintf("01 %02d %02d %02d %02d", i/1000000%100, i/10000%100, i/100%100, i%100)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
