package store

import (
	"context"

	"entente/internal/fault"
	"entente/internal/governance"
	"entente/internal/sqldb"
)

// newsOf is how often a person wishes to have news: as their account says, where they have one, else as they chose by a link.
func newsOf(ctx context.Context, q sqldb.Queryer, space, person string) (governance.NewsChoice, error) {
	var choice governance.NewsChoice
	err := q.QueryRow(ctx, `SELECT COALESCE(a.news, n.choice, 'each') FROM person p LEFT JOIN account a ON a.id = p.account_id
		LEFT JOIN news_choice n ON n.space_id = p.space_id AND n.person_id = p.id WHERE p.space_id = $1 AND p.id = $2`, space, person).Scan(&choice)
	return choice, fault.Wrap(sqldb.Classify(err), "store.news", person)
}

// News tells how often a person wishes to have news.
func (sp *Space) News(ctx context.Context, person string) (governance.NewsChoice, error) {
	return newsOf(ctx, sp.q(), sp.id, person)
}

// ChooseNews keeps how often a person wishes to have news: for their account where they have one, which counts in every space, else for
// the person in this space.
func (sp *Space) ChooseNews(ctx context.Context, by Actor, person string, choice governance.NewsChoice) error {
	if !choice.Valid() {
		var f fault.Fields
		f.Add("news", "fault.field.choice")
		return f.Err()
	}
	who, err := sp.Person(ctx, person)
	if err != nil {
		return err
	}
	if who.Account != "" {
		_, err := sp.store.changeAccount(ctx, by, who.Account, "update", func(a *Account) error { a.News = choice; return nil })
		return err
	}
	err = sp.change(ctx, func(l *ledger) error {
		before, err := newsOf(ctx, l.tx, l.space, person)
		if err != nil || before == choice {
			return err
		}
		if _, err := l.tx.Exec(ctx, `INSERT INTO news_choice (space_id, person_id, choice) VALUES ($1, $2, $3)
			ON CONFLICT (space_id, person_id) DO UPDATE SET choice = excluded.choice`, l.space, person, string(choice)); err != nil {
			return err
		}
		return l.record(ctx, by, event{subject: "person", verb: "news", key: person, label: who.Name(),
			before: map[string]any{"news": before}, after: map[string]any{"news": choice}})
	})
	return fault.Wrap(err, "store.news.choose", person)
}

// Subscriber is somebody for whom news wait.
type Subscriber struct {
	Person string
	Choice governance.NewsChoice
}

// Subscribers lists those of the space for whom news wait.
func (sp *Space) Subscribers(ctx context.Context) ([]Subscriber, error) {
	rows, err := sp.q().Query(ctx, `SELECT DISTINCT p.id, COALESCE(a.news, n.choice, 'each') FROM message m
		JOIN person p ON p.space_id = m.space_id AND p.id = m.person_id LEFT JOIN account a ON a.id = p.account_id
		LEFT JOIN news_choice n ON n.space_id = p.space_id AND n.person_id = p.id WHERE m.space_id = $1 AND m.state = 'held' ORDER BY p.id`, sp.id)
	if err != nil {
		return nil, fault.Wrap(err, "store.subscribers", sp.id)
	}
	list, err := collect(rows, func(s *Subscriber) []any { return []any{&s.Person, &s.Choice} })
	return list, fault.Wrap(err, "store.subscribers", sp.id)
}

// Digest makes one message of the news that wait for a person. Compose is given those that still make sense, oldest first, and
// finds the words; where there are none, or the person wishes no news any more, no message is made.
func (sp *Space) Digest(ctx context.Context, person string, compose func([]governance.Message) (title, body string)) error {
	err := sp.Together(ctx, func(sp *Space) error {
		held, err := messages.find(ctx, sp, "AND person_id = $2 AND state = 'held' ORDER BY at, id", person)
		if err != nil || len(held) == 0 {
			return err
		}
		who, err := sp.Person(ctx, person)
		if err != nil {
			return err
		}
		choice, err := sp.News(ctx, person)
		if err != nil {
			return err
		}
		news, err := sp.gatherNews(ctx, held, choice)
		if err != nil || len(news) == 0 {
			return err
		}
		title, body := compose(news)
		_, err = sp.CreateMessage(ctx, Actor{}, governance.Message{Kind: governance.MessageDigest, Subject: person, Person: person, Email: who.Email, Title: title, Body: body})
		return err
	})
	return fault.Wrap(err, "store.digest", person)
}

// gatherNews takes news out of their waiting, each with the reason, and gives those that go into the digest.
func (sp *Space) gatherNews(ctx context.Context, held []governance.Message, choice governance.NewsChoice) ([]governance.Message, error) {
	var out []governance.Message
	for _, m := range held {
		o, err := sp.outlook(ctx, m)
		if err != nil {
			return nil, err
		}
		reason := m.Moot(o)
		switch {
		case choice == governance.NewsNone:
			reason = "message.reason.unsubscribed"
		case reason == "":
			reason = "message.reason.in-digest"
			out = append(out, m)
		}
		if err := sp.open.settle(ctx, Actor{}, m, governance.MessageDropped, reason); err != nil {
			return nil, err
		}
	}
	return out, nil
}
