package storagetest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/difficulty"
	"lamsach/core/fault"
	"lamsach/core/officer"
)

var raiser = officer.Officer{ID: "o1", UnitCode: "03904", Role: officer.RoleOfficer}

func raised(id string, number int) difficulty.Difficulty {
	d := difficulty.Difficulty{ID: id, Number: number}
	return difficulty.Raise(d, "14", "Phần mềm không cho cập nhật", raiser, time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC))
}

func TestDifficultyIsKeptWithItsSteps(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		if n, err := b.NextDifficulty(ctx, "03904"); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		first := raised("d1", 1)
		first.List, first.Row, first.Photo = "l1", 57, "f1"
		ok(t, b.AddDifficulty(ctx, bot.Ending{Op: "1"}, first))
		ok(t, b.AddDifficulty(ctx, bot.Ending{Op: "1"}, raised("d9", 9))) // the same turn again is no second one
		ok(t, b.AddDifficulty(ctx, bot.Ending{Op: "2"}, raised("d2", 2)))
		if n, err := b.NextDifficulty(ctx, "03904"); n != 3 || err != nil {
			t.Error(n, err)
		}

		supervisor := officer.Officer{ID: "o2", UnitCode: "14", Role: officer.RoleSupervisor}
		answered, err := first.Reply("Đã báo Sở", supervisor, time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC))
		ok(t, err)
		ok(t, b.ChangeDifficulty(ctx, bot.Ending{Op: "3"}, answered))
		refused(t, b.ChangeDifficulty(ctx, bot.Ending{Op: "4"}, answered), fault.Conflict, "storage.difficulty.conflict")
		b.restart()
		got, err := b.Difficulty(ctx, "d1")
		ok(t, err)
		if diff := cmp.Diff(answered, got); diff != "" {
			t.Error(diff)
		}
		_, err = b.Difficulty(ctx, "d9")
		refused(t, err, fault.NotFound, "storage.difficulty.not_found")

		all, err := b.Difficulties(ctx, "14")
		ok(t, err)
		var ids []string
		for _, d := range all {
			ids = append(ids, d.ID)
		}
		if diff := cmp.Diff([]string{"d2", "d1"}, ids); diff != "" { // what waits for an answer comes first
			t.Error(diff)
		}
		counts, err := b.DifficultyCounts(ctx)
		ok(t, err)
		if diff := cmp.Diff([]difficulty.Count{{Unit: "03904", Raised: 2, Open: 1}}, counts); diff != "" {
			t.Error(diff)
		}
		passed, err := raised("d2", 2).Pass("VN", "", supervisor, time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC))
		ok(t, err)
		ok(t, b.ChangeDifficulty(ctx, bot.Ending{Op: "5"}, passed))
		for unit, want := range map[string]int{"14": 2, "VN": 1, "03904": 2} { // who passed it on still sees what becomes of it
			if all, err := b.Difficulties(ctx, unit); err != nil || len(all) != want {
				t.Errorf("%s sees %d, %v; want %d", unit, len(all), err, want)
			}
		}
		if none, err := b.Difficulties(ctx, "03901"); err != nil || len(none) != 0 {
			t.Error(none, err)
		}
	})
}

func TestPictureOfADifficultyStays(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		save := func() string {
			id, _, err := b.SaveFile(ctx, "a.jpg", "image/jpeg", strings.NewReader("ảnh"))
			ok(t, err)
			return id
		}
		kept, loose := save(), save()
		d := raised("d1", 1)
		d.Photo = kept
		ok(t, b.AddDifficulty(ctx, bot.Ending{Op: "1"}, d))
		b.clock.move(60 * 24 * time.Hour)
		ok(t, b.Purge(ctx, b.clock.Now()))
		f, err := b.OpenFile(ctx, kept)
		ok(t, err)
		ok(t, f.Close())
		_, err = b.OpenFile(ctx, loose)
		refused(t, err, fault.NotFound, "storage.file.not_found")
	})
}
