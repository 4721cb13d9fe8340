package plan

import (
	"math/big"
	"slices"
	"strconv"
)

// Whole is a progress of 100 %, in hundredths of a per cent: figures are whole numbers, so that they add up exactly in any order.
const Whole = 10_000

// MaxPoints bounds what the progress of an indicator says, both ways: beyond ten times the way to the target, more says nothing.
const MaxPoints = 10 * Whole

// Why is the reason for which a progress is not computed.
type Why string

// The reasons, the first that applies being said. The zero value is a progress that is computed.
const (
	NothingToCount Why = "nothing"    // no milestone, no action, no indicator
	NoBaseline     Why = "baseline"   // nothing to start from
	NoTarget       Why = "target"     // none for that year
	TargetIsStart  Why = "same"       // the target is the baseline: there is no way to go
	AgainstWay     Why = "against"    // the target lies on the side that the indicator should leave
	NoValue        Why = "value"      // none is approved in that year
	Incomplete     Why = "incomplete" // some have a figure, some do not: Counted of Of
)

// Progress is how far something has come. Points mean something only where Why is empty.
type Progress struct {
	Points  int // hundredths of a per cent
	Why     Why
	Counted int // how many of what it is made of have a figure
	Of      int // how many there are
	Weight  int // the weights of those that have a figure, added up
}

// Computed tells a progress that is a figure.
func (p Progress) Computed() bool { return p.Why == "" }

// MilestoneProgress is the weight of the milestones reached in the weight of all.
func MilestoneProgress(list []Milestone) Progress {
	p := Progress{Counted: len(list), Of: len(list)}
	reached := 0
	for _, m := range list {
		p.Weight += m.Share()
		if !m.Done.IsZero() {
			reached += m.Share()
		}
	}
	if p.Weight == 0 {
		p.Why = NothingToCount
		return p
	}
	p.Points = rounded(int64(reached)*Whole, int64(p.Weight))
	return p
}

// Periods are how many periods of the rhythm a year has.
func (r Rhythm) Periods() int {
	switch r {
	case HalfYear:
		return 2
	case Quarterly:
		return 4
	case Monthly:
		return 12
	}
	return 1
}

// PeriodsOf lists the periods of a year in the form of the rhythm, first to last.
func (r Rhythm) PeriodsOf(year int) []string {
	y := strconv.Itoa(year)
	if r.Periods() == 1 {
		return []string{y}
	}
	list := make([]string, 0, r.Periods())
	for n := 1; n <= r.Periods(); n++ {
		switch r {
		case HalfYear:
			list = append(list, y+"-S"+strconv.Itoa(n))
		case Quarterly:
			list = append(list, y+"-T"+strconv.Itoa(n))
		default:
			list = append(list, y+"-"+strconv.Itoa(100 + n)[1:])
		}
	}
	return list
}

// YearFigure is what an indicator was in a year, by its approved values of the whole. Parts of a breakdown are never added up:
// some people stand in two of them, and rates have no sum.
type YearFigure struct {
	Amount Quantity
	Given  int // periods with an approved value
	Of     int // periods of the year
}

// YearOf is the figure of an indicator in a year: its approved values added up where it is cumulative, else the last of them. A
// period that the rhythm does not have is not counted.
func YearOf(x Indicator, year int, values []Value) YearFigure {
	periods := x.Rhythm.PeriodsOf(year)
	f := YearFigure{Of: len(periods)}
	last := -1
	for _, v := range values {
		at := slices.Index(periods, v.Period)
		if v.Indicator != x.ID || v.Year != year || v.Part != "" || v.State != ValueApproved || at < 0 {
			continue
		}
		f.Given++
		switch {
		case x.Cumulative:
			f.Amount += v.Amount
		case at > last:
			f.Amount, last = v.Amount, at
		}
	}
	return f
}

// IndicatorProgress is the way from the baseline to the target of a year that the figure of the year has gone:
// (value − baseline) / (target − baseline), which holds for what should rise and for what should fall. It is below zero where
// things went the wrong way, above Whole where the target is passed. Counted and Of are periods.
func IndicatorProgress(x Indicator, year int, values []Value) Progress {
	f := YearOf(x, year, values)
	p := Progress{Counted: f.Given, Of: f.Of, Weight: 1}
	target, has := x.Targets[year]
	switch {
	case x.Baseline == nil:
		p.Why = NoBaseline
	case !has:
		p.Why = NoTarget
	case target == *x.Baseline:
		p.Why = TargetIsStart
	case (target < *x.Baseline) != x.Decreasing:
		p.Why = AgainstWay
	case f.Given == 0:
		p.Why = NoValue
	}
	if p.Why != "" {
		return p
	}
	p.Points = way(f.Amount-*x.Baseline, target-*x.Baseline)
	return p
}

// way is gone in all, in points, rounded to the nearest and bounded; quantities are too large for the product to fit a word.
func way(gone, all Quantity) int {
	n := new(big.Int).Mul(big.NewInt(int64(gone)), big.NewInt(2*Whole))
	d := big.NewInt(int64(all))
	if d.Sign() < 0 {
		n.Neg(n)
		d.Neg(d)
	}
	n.Add(n, d)
	n.Div(n, d.Lsh(d, 1)) // d is positive: Div is the floor
	switch {
	case n.Cmp(big.NewInt(MaxPoints)) > 0:
		return MaxPoints
	case n.Cmp(big.NewInt(-MaxPoints)) < 0:
		return -MaxPoints
	}
	return int(n.Int64())
}

// Tally adds up the progress of several things by their weights. Tallies add up in any order and come apart again: that of an
// axis is the sum of those of its objectives, never the mean of their means. The zero value is empty.
type Tally struct {
	Of      int   // things
	Counted int   // of them, with a figure
	Weight  int   // of those with a figure
	Sum     int64 // of their points, each times its weight
}

// TallyOf is the tally of one thing of a weight. Its points count between nothing and Whole, so that a target far passed does
// not hide another that is missed.
func TallyOf(p Progress, weight int) Tally {
	if !p.Computed() {
		return Tally{Of: 1}
	}
	points := min(max(p.Points, 0), Whole)
	return Tally{Of: 1, Counted: 1, Weight: weight, Sum: int64(points) * int64(weight)}
}

// Plus is both together.
func (t Tally) Plus(u Tally) Tally {
	return Tally{t.Of + u.Of, t.Counted + u.Counted, t.Weight + u.Weight, t.Sum + u.Sum}
}

// Minus takes away what was added.
func (t Tally) Minus(u Tally) Tally {
	return Tally{t.Of - u.Of, t.Counted - u.Counted, t.Weight - u.Weight, t.Sum - u.Sum}
}

// Progress is the weighted mean where everything has a figure. Where some have none it is not computed: it says how many have.
func (t Tally) Progress() Progress {
	p := Progress{Counted: t.Counted, Of: t.Of, Weight: t.Weight}
	switch {
	case t.Of == 0:
		p.Why = NothingToCount
	case t.Counted < t.Of:
		p.Why = Incomplete
	case t.Weight > 0:
		p.Points = rounded(t.Sum, int64(t.Weight))
	}
	return p
}

// Counts tells an action that stands in the figures of its objective: one that is to be carried out, or was.
func (a Action) Counts() bool { return a.State.Live() || a.State == Done }

// RollUp adds up, by objective, the actions that count, each by its weight, from the progress of each by its identifier. An
// action that is not in it has no figure.
func RollUp(actions []Action, of map[string]Progress) map[string]Tally {
	sums := map[string]Tally{}
	for _, a := range actions {
		if !a.Counts() {
			continue
		}
		p, has := of[a.ID]
		if !has {
			p.Why = NothingToCount
		}
		sums[a.Objective] = sums[a.Objective].Plus(TallyOf(p, a.Share()))
	}
	return sums
}

// rounded is n over d to the nearest whole, for n of at least nothing and d above it.
func rounded(n, d int64) int { return int((2*n + d) / (2 * d)) }
