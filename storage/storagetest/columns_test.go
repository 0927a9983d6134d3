package storagetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/ledger"
	"lamsach/core/roster"
)

func TestColumnAnswersHoldForALayout(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		say := func(op, unit string, f roster.Field, column int) {
			t.Helper()
			ok(t, b.AnswerColumn(ctx, bot.Ending{Op: op}, unit, "form1", f, column))
		}
		say("u1", "09661", roster.FullName, 1)
		say("u2", "09661", roster.NoField, 5)
		say("u3", "09661", roster.PersonalID, 5) // he thought again
		say("u3", "09661", roster.MotherID, 6)   // the same operation once more
		say("u4", "09661", roster.NoField, 7)
		say("u5", "09664", roster.NoField, 1)
		b.restart()
		got, err := b.ColumnAnswers(ctx, "09661", "form1")
		ok(t, err)
		want := ledger.ColumnAnswers{Fields: map[roster.Field]int{roster.FullName: 1, roster.PersonalID: 5}, Ignored: []int{7}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if other, err := b.ColumnAnswers(ctx, "09661", "form2"); err != nil || len(other.Fields) != 0 {
			t.Errorf("another layout has answers: %+v, %v", other, err)
		}
	})
}
