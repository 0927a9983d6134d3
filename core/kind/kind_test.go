package kind_test

import (
	"testing"

	"lamsach/core/check"
	"lamsach/core/kind"
	"lamsach/core/roster"
)

func TestEveryKindFindsItself(t *testing.T) {
	for _, k := range kind.All() {
		if got := kind.Of(k.Name).Name; got != k.Name {
			t.Errorf("Of(%q) is %q", k.Name, got)
		}
		if got := kind.Guess(&roster.Roster{Kind: k.Name}).Name; got != k.Name {
			t.Errorf("a list of %q is guessed %q", k.Name, got)
		}
		if len(k.Rules) == 0 || len(k.Fields) == 0 {
			t.Errorf("%q has no rules or fields", k.Name)
		}
	}
	if got := kind.Of("something else").Name; got != roster.KindChild {
		t.Errorf("an unknown kind is %q", got)
	}
}

func TestRulesOfAKind(t *testing.T) {
	family := func(rules []check.Rule) bool {
		for _, r := range rules {
			if r.Name == "family" {
				return true
			}
		}
		return false
	}
	if !family(kind.Child().Rules) {
		t.Error("nobody asks for the family of children")
	}
	if family(kind.Beneficiary().Rules) {
		t.Error("adults are asked for their family")
	}
}
