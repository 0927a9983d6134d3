package storagetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lamsach/bot"
	"lamsach/core/fault"
	"lamsach/core/report"
)

func issued(id, unit string, number int) report.Issued {
	return report.Issued{
		ID: id, Unit: unit, Year: 2026, Number: number, Sort: report.AdHoc, Kind: "child", Officer: "officer-1", Before: "r0",
		CutOff: time.Date(2026, 11, 22, 9, number, 0, 0, time.UTC),
		Frame:  report.Frame{Issuer: "ỦY BAN NHÂN DÂN XÃ TÀ XÙA", Symbol: "BC-UBND", Place: "Tà Xùa", Post: "CHỦ TỊCH", Signer: "Lò Văn Người Ký", Recipients: []string{"UBND tỉnh", "Lưu: VT"}},
		Progress: report.Progress{
			Unit: unit, Kind: "child", Hamlets: true, Sum: report.Standing{Code: unit, Lists: 1, Counts: came(standing("", 5, 2)), Way: report.Way{Sent: 3, Unverified: [5]int{1}}},
			Rows: []report.Standing{{Name: "Bản A", Counts: came(standing("", 5, 2))}},
		},
	}
}

func TestReportsAreKeptAndNumbered(t *testing.T) {
	onEach(t, func(t *testing.T, b *bench) {
		n, err := b.NextReport(ctx, "09661", 2026)
		ok(t, err)
		first, second := issued("r1", "09661", n), issued("r2", "09661", n+1)
		for range 2 {
			ok(t, b.AddReport(ctx, bot.Ending{Op: "r1"}, first, 0, nil))
		}
		refused(t, b.AddReport(ctx, bot.Ending{Op: "x"}, issued("r3", "09661", n), 0, nil), fault.Conflict, "storage.report.numbered")
		ok(t, b.AddReport(ctx, bot.Ending{Op: "r2"}, second, 0, nil))
		ok(t, b.AddReport(ctx, bot.Ending{Op: "o"}, issued("r4", "09664", 1), 0, nil))
		b.restart()
		all, err := b.Reports(ctx, "09661", 10)
		ok(t, err)
		if diff := cmp.Diff([]report.Issued{second, first}, all); diff != "" {
			t.Error(diff)
		}
		if n, err = b.NextReport(ctx, "09661", 2026); n != 3 || err != nil {
			t.Errorf("next is %d, %v", n, err)
		}
		if n, err = b.NextReport(ctx, "09661", 2027); n != 1 || err != nil {
			t.Errorf("next year begins with %d, %v", n, err)
		}
		_, err = b.Report(ctx, "09664", "r1")
		refused(t, err, fault.NotFound, "storage.report.not_found")
		if b.Engine() == "sqlite" && b.count(`SELECT COUNT(*) FROM reports WHERE CAST(body AS TEXT) LIKE '%BC-UBND%'`) != 0 {
			t.Error("the signer's name lies open")
		}
	})
}
