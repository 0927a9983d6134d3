// Package kind names the kinds of list that the program knows: what each of them is checked by, and what it asks for.
//
// A kind is one file here and its texts. To add one (people of merit, say):
//
//   - a file with a function like Child, and its name in All;
//   - its rules: check.Common, and its own as check.Rule values, which read with RowView.Value and tell with RowView.Add,
//     giving severity and group of their codes;
//   - for each of its codes "finding.CODE" and "finding.CODE.detail" in locales/*/finding.json, and "review.ask.CODE"
//     where the common question is not good enough.
//
// The reader takes the kind's name in ReadOptions.Kind; what Guess can tell apart by itself stands in guess.go.
package kind

import (
	"slices"

	"lamsach/core/check"
	"lamsach/core/roster"
)

// Kind is one kind of list.
type Kind struct {
	Name   string         // as Roster.Kind: "child"
	Rules  []check.Rule   // what it is checked by
	Fields []roster.Field // what its lists tell of a person, in the order in which they are written out
}

// All gives every kind.
func All() []Kind { return []Kind{Child(), Beneficiary()} }

// Of gives the kind of a name; a name nobody knows is a list of children.
func Of(name string) Kind { return of(All(), name) }

func of(kinds []Kind, name string) Kind {
	for _, k := range kinds {
		if k.Name == name {
			return k
		}
	}
	return kinds[0]
}

// Codes gives every code that a list of any kind can be told, sorted: those that a deployment's check.Policy may name.
func Codes() []string {
	codes := check.Codes()
	for _, k := range All() {
		for _, r := range k.Rules {
			codes = append(codes, r.Codes...)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}
