package storagetest

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"lamsach/bot"
	"lamsach/core/civil"
	"lamsach/core/ledger"
	"lamsach/core/officer"
	"lamsach/core/report"
	"lamsach/storage"
	"lamsach/storage/seal"
)

// BenchmarkProgress: where all communes of the country stand, 301 people each, a million in all, on SQLite: read from kept counts
// (kept), and put together for a country by its provinces and for a province by its communes (country, province).
func BenchmarkProgress(b *testing.B) {
	sealer, err := seal.New(make([]byte, seal.KeySize))
	ok(b, err)
	s, err := storage.Open(ctx, "sqlite:"+filepath.Join(b.TempDir(), "lamsach.db"), storage.Options{Sealer: sealer, Now: time.Now})
	ok(b, err)
	b.Cleanup(func() { ok(b, s.Close()) })
	today := civil.Date{Year: 2026, Month: 11, Day: 22}
	tree := officer.Builtin()
	const each = 302
	communes := tree.Under("VN", officer.LevelCommune, today)
	for i, u := range communes {
		l := list(fmt.Sprint("l", i), u.Code, each)
		l.Tallies = []ledger.Tally{standing("Bản A", each/2, i%90), standing("Bản B", each/2, i%50)}
		ok(b, s.AddList(ctx, bot.Ending{Op: l.ID}, l, people(each)))
	}
	b.Run("kept", func(b *testing.B) {
		for b.Loop() {
			all, err := s.UnitTallies(ctx)
			ok(b, err)
			if len(all) != len(communes) {
				b.Fatalf("%d units", len(all))
			}
		}
	})
	for name, unit := range map[string]string{"country": "VN", "province": "14"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				all, err := s.UnitTallies(ctx)
				ok(b, err)
				p := report.Stand(tree, unit, "child", today, report.Sources{Units: all})
				if p.Sum.Counts.Now.People%each != 0 || p.Sum.Counts.Now.People == 0 {
					b.Fatalf("%d people", p.Sum.Counts.Now.People)
				}
			}
		})
	}
}
