// Package plan holds what the convention exists to do: actions, each on its sheet, with milestones, means, notes of progress and
// indicators, and the rules by which their figures add up. It is not the circuit by which an action is adopted (governance) nor
// its evaluation (evaluation); people, organizations, decisions and orientations are known by their identifiers. It owns the
// invariant that an action stands in one state at a time, and passes to another along one table of transitions or as its circuit settles it.
package plan
